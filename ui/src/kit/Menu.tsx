import { type ReactElement, type ReactNode, useRef } from "react";
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  type MenuItemProps as AriaMenuItemProps,
} from "react-aria-components";

import { classes } from "./classes";
import { IconCheck } from "./icons";
import { Kbd } from "./Kbd";
import styles from "./Menu.module.css";

/** `trigger` is a button of the kit; children are `MenuItem`, `MenuGroup`, `MenuLine`. */
export function Menu({
  trigger,
  label,
  placement = "bottom end",
  children,
}: {
  trigger: ReactElement;
  label: string;
  placement?: "bottom end" | "bottom start" | "top start" | "top end" | "right bottom";
  children: ReactNode;
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={4} className={styles.popover ?? ""}>
        <AriaMenu aria-label={label} className={styles.menu ?? ""}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** A menu opened by something else than a button of its own: a row's context menu. */
export function MenuAt({
  anchor,
  label,
  placement = "bottom start",
  offset = 4,
  crossOffset = 0,
  onClose,
  children,
}: {
  anchor: HTMLElement;
  label: string;
  placement?: "bottom start" | "bottom end" | "left top";
  offset?: number;
  crossOffset?: number;
  onClose: () => void;
  children: ReactNode;
}) {
  const trigger = useRef(anchor);
  trigger.current = anchor;
  return (
    <Popover
      isOpen
      aria-label={label}
      triggerRef={trigger}
      placement={placement}
      offset={offset}
      crossOffset={crossOffset}
      className={styles.popover ?? ""}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <AriaMenu aria-label={label} className={styles.menu ?? ""} autoFocus="first" onClose={onClose}>
        {children}
      </AriaMenu>
    </Popover>
  );
}

export interface MenuItemProps extends Omit<AriaMenuItemProps, "className" | "style" | "children"> {
  icon?: ReactNode;
  keys?: string | undefined;
  danger?: boolean;
  children: string;
}

export function MenuItem({ icon, keys, danger, children, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem {...rest} textValue={children} className={classes(styles.item, danger && styles.danger)}>
      {({ isSelected, selectionMode }) => (
        <>
          {icon}
          <span className={styles.words}>{children}</span>
          {keys ? <Kbd keys={keys} /> : null}
          {selectionMode !== "none" ? <span className={styles.tick}>{isSelected ? <IconCheck size={16} /> : null}</span> : null}
        </>
      )}
    </AriaMenuItem>
  );
}

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { id: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
}

/** One of several, inside a menu. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        if (keys === "all") return;
        for (const key of keys) onChange(key as T);
      }}
    >
      <Header className={styles.header ?? ""}>{label}</Header>
      {options.map((option) => (
        <MenuItem key={option.id} id={option.id} icon={option.icon}>
          {option.label}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

export function MenuLine() {
  return <Separator className={styles.line ?? ""} />;
}
