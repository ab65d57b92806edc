import type { ReactNode } from "react";

import styles from "./Chip.module.css";
import { classes } from "./classes";

export type ChipTone = "safe" | "guest" | "open" | "alarm" | "neutral";

/** A word with a sign: never the colour alone. */
export function Chip({ tone = "neutral", icon, children }: { tone?: ChipTone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes(styles.chip, styles[tone])}>
      {icon}
      {children}
    </span>
  );
}
