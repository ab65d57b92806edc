import type { ReactNode } from "react";
import { Label, Radio, RadioGroup as AriaRadioGroup, Text } from "react-aria-components";

import styles from "./choices.module.css";
import { classes } from "./classes";
import { IconLock } from "./icons";

export interface Choice<T extends string> {
  id: T;
  label: string;
  hint?: string;
  icon?: ReactNode;
}

/** One of a few, all in view. `row` draws them as joined segments. */
export function RadioGroup<T extends string>({
  label,
  labelHidden,
  value,
  onChange,
  options,
  row,
  locked,
}: {
  label: string;
  labelHidden?: boolean;
  value: T;
  onChange: (value: T) => void;
  options: readonly Choice<T>[];
  row?: boolean;
  /** Why nobody can choose. */
  locked?: string | null;
}) {
  return (
    <AriaRadioGroup
      value={value}
      onChange={(chosen) => onChange(chosen as T)}
      orientation={row ? "horizontal" : "vertical"}
      isReadOnly={Boolean(locked)}
      className={styles.group ?? ""}
    >
      <Label className={labelHidden ? "visually-hidden" : styles.label}>{label}</Label>
      <div className={row ? styles.segments : styles.radios}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={classes(row ? styles.segment : styles.radio)}>
            {row ? option.icon : <span className={styles.ring} />}
            <span className={styles.words}>
              <span>{option.label}</span>
              {option.hint ? <span className={styles.hint}>{option.hint}</span> : null}
            </span>
          </Radio>
        ))}
      </div>
      {locked ? (
        <Text slot="description" className={styles.locked}>
          <IconLock size={14} />
          {locked}
        </Text>
      ) : null}
    </AriaRadioGroup>
  );
}
