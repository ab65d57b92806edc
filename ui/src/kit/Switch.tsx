import { Switch as AriaSwitch, Text } from "react-aria-components";

import styles from "./choices.module.css";

export function Switch({
  label,
  hint,
  isSelected,
  onChange,
  isDisabled,
}: {
  label: string;
  hint?: string;
  isSelected: boolean;
  onChange: (on: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <AriaSwitch isSelected={isSelected} onChange={onChange} isDisabled={isDisabled ?? false} className={styles.switch ?? ""}>
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
        {hint ? <Text className={styles.hint}>{hint}</Text> : null}
      </span>
      <span className={styles.track}>
        <span className={styles.knob} />
      </span>
    </AriaSwitch>
  );
}
