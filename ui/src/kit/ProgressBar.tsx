import { Label, ProgressBar as AriaProgressBar } from "react-aria-components";

import styles from "./ProgressBar.module.css";

/** A known length; `valueLabel` words where it stands ("42 / 310"). */
export function ProgressBar({
  label,
  labelHidden,
  value,
  max,
  valueLabel,
}: {
  label: string;
  labelHidden?: boolean;
  value: number;
  max: number;
  valueLabel?: string;
}) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <AriaProgressBar value={value} maxValue={max || 1} {...(valueLabel ? { valueLabel } : {})} className={styles.progress ?? ""}>
      <span className={styles.words}>
        <Label className={labelHidden ? "visually-hidden" : undefined}>{label}</Label>
        {valueLabel ? <span className={styles.value}>{valueLabel}</span> : null}
      </span>
      <span className={styles.track}>
        <span className={styles.bar} style={{ width: `${share * 100}%` }} />
      </span>
    </AriaProgressBar>
  );
}
