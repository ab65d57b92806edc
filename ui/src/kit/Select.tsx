import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from "react-aria-components";

import styles from "./choices.module.css";
import { IconCheck, IconChevronDown } from "./icons";
import menu from "./Menu.module.css";
import type { Choice } from "./RadioGroup";

export function Select<T extends string>({
  label,
  labelHidden,
  value,
  onChange,
  options,
  isDisabled,
}: {
  label: string;
  labelHidden?: boolean;
  value: T;
  onChange: (value: T) => void;
  options: readonly Choice<T>[];
  isDisabled?: boolean;
}) {
  return (
    <AriaSelect
      value={value}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen as T);
      }}
      isDisabled={isDisabled ?? false}
      className={styles.group ?? ""}
    >
      <Label className={labelHidden ? "visually-hidden" : styles.label}>{label}</Label>
      <Button className={styles.select ?? ""}>
        <SelectValue className={styles.value ?? ""} />
        <IconChevronDown size={16} />
      </Button>
      <Popover className={menu.popover ?? ""}>
        <ListBox className={menu.menu ?? ""}>
          {options.map((option) => (
            <ListBoxItem key={option.id} id={option.id} textValue={option.label} className={menu.item ?? ""}>
              {({ isSelected }) => (
                <>
                  <span className={menu.words}>{option.label}</span>
                  <span className={menu.tick}>{isSelected ? <IconCheck size={16} /> : null}</span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
