import { type ReactNode, useState } from "react";

import styles from "./Avatar.module.css";
import { classes } from "./classes";

const small = new Set("a à au aux d de des du en et l la le les of on pour sur the and for in".split(" "));

/** First letters of the first two words that say something: "Cellule de crise" is CC. */
export function initials(name: string): string {
  const all = name.split(/[\s\-–—_.·'’]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const telling = all.filter((word) => !small.has(word.toLowerCase()));
  const words = telling.length > 1 ? telling : all;
  const first = (word: string) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? "";
  const picked = words.slice(0, 2).map(first);
  return (picked.join("") || [...name.trim()][0] || "?").toLocaleUpperCase("fr");
}

/** The same id always gets the same colour. */
export function avatarColour(id: string): number {
  let hash = 2166136261;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0) % 10;
}

export interface AvatarProps {
  /** Decides the colour. */
  id: string;
  name: string;
  /** Address of the picture. */
  src?: string | null;
  /** A person is round, a room has corners. */
  shape?: "person" | "room";
  /** Pixels, or a CSS length. */
  size?: number | string;
  /** A small sign at the corner. */
  sign?: ReactNode;
}

/** Decoration: the name is always written beside it. */
export function Avatar({ id, name, src, shape = "person", size = 38, sign }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const length = typeof size === "number" ? `${size / 16}rem` : size;
  return (
    <span
      aria-hidden
      // Drawn by the style sheet: as text they would be part of what a button says.
      data-initials={src && broken !== src ? undefined : initials(name)}
      className={classes(styles.avatar, styles[shape])}
      style={{
        width: length,
        height: length,
        fontSize: `calc(${length} * 0.345)`,
        background: `var(--avatar-${avatarColour(id)})`,
      }}
    >
      {src && broken !== src ? (
        <img src={src} alt="" draggable={false} onError={() => setBroken(src)} />
      ) : null}
      {sign ? <span className={styles.sign}>{sign}</span> : null}
    </span>
  );
}
