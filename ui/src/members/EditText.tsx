import { type FormEvent, useEffect, useRef, useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { TextField } from "../kit/TextField";
import styles from "./RoomSettings.module.css";

interface EditTextProps {
  label: string;
  /** As the room has it. */
  value: string;
  save: (text: string) => Promise<unknown>;
  /** Said when it could not be saved. */
  failed: string;
  /** What an empty field means, when it is not accepted. */
  missing?: string;
  rows?: number;
  maxLength: number;
}

/** A text of the room, saved on purpose: everybody sees it change. */
export function EditText({ label, value, save, failed, missing, rows, maxLength }: EditTextProps) {
  const text = useText();
  const work = useWork();
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Saved: from now on the room's own text is shown, whoever changes it.
  useEffect(() => setTyped((now) => (now?.trim() === value ? null : now)), [value]);
  const shown = typed ?? value;
  const changed = typed !== null && typed.trim() !== value;
  const empty = missing !== undefined && shown.trim() === "";
  // The buttons go: the focus returns to the field.
  const focusField = () => form.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!changed || empty) return;
    work.run(() => save(shown.trim()), focusField);
  };
  const undo = () => {
    setTyped(null);
    setAsked(false);
    focusField();
  };
  return (
    <form ref={form} className={styles.edit} noValidate onSubmit={submit}>
      <TextField
        label={label}
        value={shown}
        onChange={setTyped}
        maxLength={maxLength}
        autoComplete="off"
        error={asked && empty ? missing : null}
        {...(rows ? { rows } : {})}
      />
      {changed ? (
        <div className={styles.editActs}>
          <Button size="small" onPress={undo} isDisabled={work.busy}>
            {text("cancel")}
          </Button>
          <Button size="small" tone="primary" type="submit" busy={work.busy}>
            {text("save")}
          </Button>
        </div>
      ) : null}
      {work.error ? <ErrorNotice error={work.error} what={failed} /> : null}
    </form>
  );
}
