import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from "react-aria-components";

import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { FoundUser } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { classes } from "../kit/classes";
import { IconFind } from "../kit/icons";
import { Skeleton } from "../kit/Skeleton";
import { session } from "../stores/session";
import { useStore } from "../stores/store";
import styles from "./people.module.css";
import { type People, usePeople } from "./usePeople";
import { asUserId } from "./userId";

/** A person, or why they cannot be chosen. */
interface Choice {
  user: FoundUser;
  refusal: string | null;
}

export interface PeopleSearchProps {
  label: string;
  onPick: (user: FoundUser) => void;
  /** Why a person cannot be chosen ("already in the room"); `null` for those who can. */
  refusal?: (userId: string) => string | null;
  /** Drawn in the field before what is typed. */
  chips?: ReactNode;
  /** Backspace in an empty field. */
  onErase?: () => void;
  autoFocus?: boolean;
  isDisabled?: boolean;
  /** The results keep their place while there are none. */
  roomy?: boolean;
}

/** Finds people by name in the directory, or takes a complete address. Arrows choose, Enter takes. */
export function PeopleSearch({ label, onPick, refusal, chips, onErase, autoFocus, isDisabled, roomy }: PeopleSearchProps) {
  const text = useText();
  const own = useStore(session, ({ value }) => ("account" in value ? value.account.userId : null));
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const people = usePeople(typed);
  const choices = choicesOf(typed, people, (userId) => {
    if (userId === own) return text("people-self");
    return refusal?.(userId) ?? null;
  });
  const refused = choices.filter((choice) => choice.refusal !== null).map((choice) => choice.user.userId);
  const pick = (userId: string) => {
    const choice = choices.find((one) => one.user.userId === userId);
    if (!choice || choice.refusal !== null) return;
    setTyped("");
    // React Aria gives the focus to a list whose focused row goes.
    requestAnimationFrame(() => input.current?.focus());
    onPick(choice.user);
  };
  // Enter takes the address as typed, or else the best that was found.
  const pickFirst = () => {
    const first = choices.find((choice) => choice.refusal === null);
    if (first) pick(first.user.userId);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Backspace" && typed === "") onErase?.();
  };
  return (
    <div className={classes(styles.search, roomy && styles.roomy)}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <div className={styles.box}>
          {chips}
          <SearchField
            aria-label={label}
            onSubmit={pickFirst}
            autoFocus={autoFocus ?? false}
            isDisabled={isDisabled ?? false}
            className={styles.field ?? ""}
          >
            <IconFind size={17} />
            <Input ref={input} placeholder={text("people-placeholder")} className={styles.input ?? ""} spellCheck="false" onKeyDown={onKeyDown} />
          </SearchField>
        </div>
        <ListBox
          aria-label={text("people-results")}
          items={choices.map((choice) => ({ id: choice.user.userId, choice }))}
          dependencies={[text]}
          className={styles.list ?? ""}
          selectionMode="none"
          disabledKeys={isDisabled ? choices.map((choice) => choice.user.userId) : refused}
          onAction={(key) => pick(String(key))}
          renderEmptyState={() => <Nobody typed={typed} people={people} />}
        >
          {({ id, choice }) => <Person key={id} choice={choice} />}
        </ListBox>
      </Autocomplete>
    </div>
  );
}

/**
 * The address typed comes first when the directory does not know it: it may be on another server.
 * Who cannot be chosen comes last.
 */
function choicesOf(typed: string, { found }: People, refusal: (userId: string) => string | null): Choice[] {
  const address = asUserId(typed);
  const unknown = address !== null && !found.some((user) => user.userId === address);
  const users = unknown ? [{ userId: address, name: address, avatar: null }, ...found] : found;
  const choices = users.map((user) => ({ user, refusal: refusal(user.userId) }));
  return [...choices.filter((choice) => choice.refusal === null), ...choices.filter((choice) => choice.refusal !== null)];
}

function Person({ choice: { user, refusal } }: { choice: Choice }) {
  return (
    <ListBoxItem id={user.userId} textValue={user.name} className={styles.choice ?? ""}>
      <Avatar id={user.userId} name={user.name} src={mediaUrl(user.avatar)} size={32} />
      <span className={styles.who}>
        <bdi className={styles.name}>{user.name}</bdi>
        <bdi className={styles.id}>{user.name === user.userId ? null : user.userId}</bdi>
      </span>
      {refusal === null ? null : <span className={styles.refusal}>{refusal}</span>}
    </ListBoxItem>
  );
}

/** What an empty list means. */
function Nobody({ typed, people }: { typed: string; people: People }) {
  const text = useText();
  if (people.error) {
    const worded = wordError(text, people.error);
    return (
      <p className={styles.nobody} role="alert">
        {text("people-failed")} {worded.what} {worded.todo}
      </p>
    );
  }
  if (people.searching) {
    return (
      <div className={styles.waiting} role="status" aria-label={text("people-searching")}>
        {[62, 44, 54].map((width) => (
          <span key={width} className={styles.waitingRow}>
            <Skeleton width={32} height={32} round />
            <Skeleton width={`${width}%`} />
          </span>
        ))}
      </div>
    );
  }
  if (typed.trim().length < 2) return <p className={styles.nobody}>{text("people-hint")}</p>;
  return <p className={styles.nobody}>{text("people-none", { typed: typed.trim() })}</p>;
}
