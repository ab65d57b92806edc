import type { ReactNode, Ref } from "react";
import {
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components";

import { classes } from "./classes";
import { IconWarning } from "./icons";
import styles from "./TextField.module.css";

export interface TextFieldProps extends Omit<AriaTextFieldProps, "className" | "style" | "children"> {
  label: string;
  /** Kept for screen readers only. */
  labelHidden?: boolean;
  hint?: ReactNode;
  /** What is wrong and what to do; shown and spoken. */
  error?: string | null;
  placeholder?: string;
  before?: ReactNode;
  after?: ReactNode;
  /** Several lines. */
  rows?: number;
  large?: boolean;
  mono?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  labelHidden,
  hint,
  error,
  placeholder,
  before,
  after,
  rows,
  large,
  mono,
  inputRef,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} validationBehavior="aria" className={styles.field ?? ""}>
      <Label className={labelHidden ? "visually-hidden" : styles.label}>{label}</Label>
      <span className={classes(styles.box, large && styles.large, mono && styles.mono)} data-invalid={Boolean(error) || undefined}>
        {before}
        {rows ? (
          <TextArea rows={rows} placeholder={placeholder} className={styles.input ?? ""} />
        ) : (
          <Input ref={inputRef} placeholder={placeholder} className={styles.input ?? ""} />
        )}
        {after}
      </span>
      {hint && !error ? (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.error ?? ""}>
        <IconWarning size={15} />
        <span>{error}</span>
      </FieldError>
    </AriaTextField>
  );
}
