import type { ReactNode } from "react";

import { classes } from "./classes";
import { IconCheck, IconInfo, IconWarning } from "./icons";
import styles from "./Notice.module.css";

export type NoticeTone = "info" | "safe" | "warning" | "alarm";

const icons = { info: IconInfo, safe: IconCheck, warning: IconWarning, alarm: IconWarning };

/** What happened, and what to do. `announce` reads it out when it appears. */
export function Notice({
  tone = "info",
  title,
  children,
  action,
  announce,
  icon,
}: {
  tone?: NoticeTone;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  announce?: boolean;
  icon?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={classes(styles.notice, styles[tone])} role={announce ? (tone === "alarm" ? "alert" : "status") : undefined}>
      <span className={styles.icon}>{icon ?? <Icon size={18} />}</span>
      <div className={styles.words}>
        {title ? <b>{title}</b> : null}
        {children ? <div>{children}</div> : null}
      </div>
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}
