import { Button, Tag, TagGroup, TagList } from "react-aria-components";

import { useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { FoundUser } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { classes } from "../kit/classes";
import { IconClose, IconWarning } from "../kit/icons";
import styles from "./people.module.css";
import { PeopleSearch, type PeopleSearchProps } from "./PeopleSearch";

export interface PeoplePickerProps extends Pick<PeopleSearchProps, "label" | "refusal" | "autoFocus" | "isDisabled" | "roomy"> {
  chosen: readonly FoundUser[];
  onChange: (chosen: readonly FoundUser[]) => void;
  /** User ids that are marked: what was asked for them failed. */
  failed?: ReadonlySet<string>;
}

/** Several people: found by name or address, kept as chips until all is sent. */
export function PeoplePicker({ chosen, onChange, failed, refusal, ...rest }: PeoplePickerProps) {
  const text = useText();
  const without = (ids: ReadonlySet<unknown>) => onChange(chosen.filter((user) => !ids.has(user.userId)));
  return (
    <PeopleSearch
      {...rest}
      refusal={(userId) => {
        if (chosen.some((user) => user.userId === userId)) return text("people-chosen");
        return refusal?.(userId) ?? null;
      }}
      onPick={(user) => onChange([...chosen, user])}
      onErase={() => onChange(chosen.slice(0, -1))}
      chips={
        chosen.length === 0 ? null : (
          <TagGroup aria-label={text("people-chips")} onRemove={without} className={styles.chips ?? ""}>
            <TagList className={styles.chipList ?? ""} items={chosen.map((user) => ({ id: user.userId, user }))} dependencies={[failed]}>
              {({ id, user }) => (
                <Tag key={id} id={id} textValue={user.name} className={classes(styles.chip, failed?.has(id) && styles.chipFailed)}>
                  <Avatar id={id} name={user.name} src={mediaUrl(user.avatar)} size={20} />
                  <bdi className={styles.chipName}>{user.name}</bdi>
                  {failed?.has(id) ? <IconWarning size={14} label={text("people-failed-chip")} /> : null}
                  <Button slot="remove" aria-label={text("people-remove")} className={styles.chipRemove ?? ""}>
                    <IconClose size={13} />
                  </Button>
                </Tag>
              )}
            </TagList>
          </TagGroup>
        )
      }
    />
  );
}
