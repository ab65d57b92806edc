import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";

import styles from "./Button.module.css";
import { classes } from "./classes";
import { Spinner } from "./Spinner";

export type ButtonTone = "primary" | "plain" | "quiet" | "danger" | "dangerQuiet";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  tone?: ButtonTone;
  size?: "small" | "normal" | "large";
  /** Takes the whole width. */
  wide?: boolean;
  icon?: ReactNode;
  /** Its work is under way: stays focusable, does nothing. */
  busy?: boolean;
  children: ReactNode;
}

export function Button({ tone = "plain", size = "normal", wide, icon, busy, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      isPending={busy ?? false}
      className={classes(styles.button, styles[tone], styles[size], wide && styles.wide)}
    >
      {busy ? <Spinner size={16} /> : icon}
      <span>{children}</span>
    </AriaButton>
  );
}
