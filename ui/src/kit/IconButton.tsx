import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  ToggleButton as AriaToggleButton,
  type ToggleButtonProps as AriaToggleButtonProps,
} from "react-aria-components";

import styles from "./Button.module.css";
import { classes } from "./classes";
import { Tooltip } from "./Tooltip";

interface Common {
  /** Spoken, and shown as a tooltip. */
  label: string;
  /** Keys that do the same, shown in the tooltip. */
  keys?: string | undefined;
  icon: ReactNode;
  size?: "small" | "normal";
  danger?: boolean;
}

export interface IconButtonProps
  extends Common, Omit<AriaButtonProps, "className" | "style" | "children" | "aria-label"> {}

export function IconButton({ label, keys, icon, size, danger, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classes(styles.iconButton, size === "small" && styles.iconSmall, danger && styles.iconDanger)}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}

export interface IconToggleProps
  extends Common, Omit<AriaToggleButtonProps, "className" | "style" | "children" | "aria-label"> {}

export function IconToggle({ label, keys, icon, size, danger, ...rest }: IconToggleProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <AriaToggleButton
        {...rest}
        aria-label={label}
        className={classes(styles.iconButton, size === "small" && styles.iconSmall, danger && styles.iconDanger)}
      >
        {icon}
      </AriaToggleButton>
    </Tooltip>
  );
}
