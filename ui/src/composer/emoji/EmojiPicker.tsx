import { type KeyboardEvent, memo, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from "react";

import { useLocale, useText } from "../../i18n/text";
import { IconFind } from "../../kit/icons";
import styles from "./EmojiPicker.module.css";
import { type Emoji, findEmojis, groups, inTone, recentEmojis, rememberEmoji, skinTone, useEmojis, type Words } from "./emojis";
import { SkinTones } from "./SkinTones";
import { useStore } from "../../stores/store";

/** As many as the style sheet draws in a row. */
const columns = 9;

interface Section {
  id: string;
  /** Index of its first emoji in the whole list. */
  from: number;
  emojis: readonly Emoji[];
}

/**
 * All emojis by group, or those found by name. The focus stays in the search field, from which the arrows walk through
 * the emojis: one tab stop. Everything picked is remembered for the time of this run.
 */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const text = useText();
  const words: Words = useLocale().startsWith("en") ? "en" : "fr";
  const all = useEmojis();
  const tone = useStore(skinTone);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState<number | null>(null);
  const [pointed, setPointed] = useState<Emoji | null>(null);
  const sections = useSections(all, useDeferredValue(typed), words);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const flat = useMemo(() => sections.flatMap((section) => section.emojis), [sections]);
  const searching = typed.trim() !== "";
  // What Enter takes: where the arrows are, else the best that was found.
  const current = active ?? (searching && flat.length > 0 ? 0 : null);
  const shown = pointed ?? (current === null ? null : (flat[current] ?? null));

  useEffect(() => {
    if (current !== null) document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [current, id]);

  const pick = (emoji: Emoji) => {
    const picked = inTone(emoji, tone);
    rememberEmoji(picked);
    onPick(picked);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, current, sections, typed === "" || active !== null);
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
      setPointed(null);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const chosen = current === null ? undefined : flat[current];
      if (chosen) pick(chosen);
    }
  };
  return (
    <div className={styles.picker}>
      <div className={styles.field}>
        <IconFind size={17} />
        <input
          className={styles.input}
          autoFocus
          role="combobox"
          aria-label={text("emoji-search")}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          {...(current === null ? {} : { "aria-activedescendant": `${id}-${current}` })}
          placeholder={text("emoji-search-placeholder")}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(null);
            setPointed(null);
            list.current?.scrollTo({ top: 0 });
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={text("emoji-list")}
        className={styles.list}
        onPointerLeave={() => setPointed(null)}
      >
        {sections.map((section) => {
          const inside = current !== null && current >= section.from && current < section.from + section.emojis.length;
          return (
            <SectionOf
              key={section.id}
              section={section}
              title={text(`emoji-group-${section.id}`)}
              words={words}
              tone={tone}
              active={inside ? current : null}
              id={id}
              onPick={pick}
              onPoint={setPointed}
            />
          );
        })}
        {all && searching && flat.length === 0 ? <p className={styles.none}>{text("emoji-none", { typed: typed.trim() })}</p> : null}
      </div>
      <footer className={styles.foot}>
        <span className={styles.name} aria-hidden>
          {shown ? (
            <>
              <span className={styles.big}>{inTone(shown, tone)}</span>
              <span className={styles.words}>{shown.name[words]}</span>
            </>
          ) : null}
        </span>
        <SkinTones />
      </footer>
      <span role="status" className="visually-hidden">
        {all && searching ? text("emoji-count", { count: flat.length }) : ""}
      </span>
    </div>
  );
}

function useSections(all: readonly Emoji[] | null, typed: string, words: Words): Section[] {
  // What is picked now moves to the front the next time, not under the hand.
  const [recent] = useState(() => recentEmojis.get());
  return useMemo(() => {
    if (!all) return [];
    const parts: [string, readonly Emoji[]][] =
      typed.trim() !== ""
        ? [["found", findEmojis(all, typed, words, 90)]]
        : [
            ["recent", recent.flatMap((emoji) => asPicked(all, emoji) ?? [])],
            ...groups.map((group): [string, Emoji[]] => [String(group), all.filter((one) => one.group === group)]),
          ];
    let from = 0;
    return parts
      .filter(([, emojis]) => emojis.length > 0)
      .map(([id, emojis]) => {
        const section = { id, from, emojis };
        from += emojis.length;
        return section;
      });
  }, [all, typed, words, recent]);
}

/** In the tone it had. */
function asPicked(all: readonly Emoji[], picked: string): Emoji | null {
  const known = all.find((one) => one.emoji === picked || one.tones?.includes(picked));
  return known ? { ...known, emoji: picked, tones: null } : null;
}

/** Where a key leads; `undefined` when it is not for the emojis. Rows end with their section. */
export function nextIndex(key: string, at: number | null, sections: readonly Section[], sideways: boolean): number | null | undefined {
  const last = sections.at(-1);
  if (!last) return undefined;
  const count = last.from + last.emojis.length;
  if (key === "ArrowDown" && at === null) return 0;
  if (at === null || (!sideways && (key === "ArrowLeft" || key === "ArrowRight"))) return key === "ArrowRight" && sideways ? 0 : undefined;
  const here = sections.findLastIndex((section) => section.from <= at);
  const section = sections[here];
  if (!section) return undefined;
  const column = (at - section.from) % columns;
  switch (key) {
    case "ArrowRight":
      return Math.min(count - 1, at + 1);
    case "ArrowLeft":
      return at === 0 ? null : at - 1;
    case "ArrowDown": {
      const end = section.from + section.emojis.length - 1;
      if (at - column + columns <= end) return Math.min(end, at + columns);
      const below = sections[here + 1];
      return below ? Math.min(below.from + below.emojis.length - 1, below.from + column) : at;
    }
    case "ArrowUp": {
      if (at - section.from >= columns) return at - columns;
      const above = sections[here - 1];
      if (!above) return null;
      const lastRow = above.from + Math.floor((above.emojis.length - 1) / columns) * columns;
      return Math.min(above.from + above.emojis.length - 1, lastRow + column);
    }
    default:
      return undefined;
  }
}

interface SectionProps {
  section: Section;
  title: string;
  words: Words;
  tone: number;
  active: number | null;
  id: string;
  onPick: (emoji: Emoji) => void;
  onPoint: (emoji: Emoji) => void;
}

const SectionOf = memo(
  function SectionOf({ section, title, words, tone, active, id, onPick, onPoint }: SectionProps) {
    return (
      <div role="group" aria-label={title} className={styles.section}>
        <div className={styles.title} aria-hidden>
          {title}
        </div>
        <div role="presentation" className={styles.grid}>
          {section.emojis.map((emoji, i) => {
            const index = section.from + i;
            return (
              <span
                key={emoji.emoji}
                id={`${id}-${index}`}
                role="option"
                aria-label={emoji.name[words]}
                aria-selected={index === active}
                className={styles.emoji}
                onPointerEnter={() => onPoint(emoji)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onPick(emoji)}
              >
                {inTone(emoji, tone)}
              </span>
            );
          })}
        </div>
      </div>
    );
  },
  // The callbacks do the same whenever they were made.
  (a, b) => a.section === b.section && a.title === b.title && a.tone === b.tone && a.active === b.active,
);
