import styles from "./Badge.module.css";
import { classes } from "./classes";

/** A count; `label` is what is spoken for it. */
export function Badge({
  count,
  quiet,
  label,
  sign,
}: {
  count: number;
  /** Counts that do not call. */
  quiet?: boolean;
  label?: string;
  /** Drawn before the number, "@" for a mention. */
  sign?: string;
}) {
  const shown = count > 999 ? "999+" : String(count);
  return (
    <span className={classes(styles.badge, quiet && styles.quiet)}>
      <span aria-hidden={label ? true : undefined}>
        {sign}
        {shown}
      </span>
      {label ? <span className="visually-hidden">{label}</span> : null}
    </span>
  );
}
