import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { ExportedKeys } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconSave } from "../kit/icons";
import { Notice } from "../kit/Notice";
import { PasswordField } from "../kit/PasswordField";
import { KeyFileWork } from "./KeyFileWork";
import styles from "./settings.module.css";

/** As the shell has it: a shorter one is refused. */
const shortest = 12;

/** Room keys are written to a file, under a passphrase typed twice. */
export function ExportKeys() {
  const text = useText();
  const work = useWork();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [refused, setRefused] = useState<"short" | "different" | null>(null);
  const [written, setWritten] = useState<ExportedKeys | null>(null);
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setRefused(null);
    setWritten(null);
  };
  const write = () => {
    if ([...passphrase].length < shortest) return setRefused("short");
    if (passphrase !== again) return setRefused("different");
    work.run(
      () => call("room_keys_export", { passphrase }),
      (result) => {
        setWritten(result);
        setPassphrase("");
        setAgain("");
      },
    );
  };
  return (
    <Form
      className={styles.section ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== "") write();
      }}
    >
      <h3 className={styles.label}>{text("key-file-export")}</h3>
      <p className={styles.hint}>{text("key-file-export-hint")}</p>
      <PasswordField
        label={text("key-file-new-passphrase")}
        showLabel={text("vault-passphrase-show")}
        hint={text("key-file-passphrase-hint", { shortest })}
        error={refused === "short" ? text("vault-passphrase-short", { shortest }) : null}
        value={passphrase}
        onChange={change(setPassphrase)}
        autoComplete="new-password"
        isDisabled={work.busy}
      />
      <PasswordField
        label={text("vault-passphrase-again")}
        showLabel={text("vault-passphrase-show")}
        error={refused === "different" ? text("vault-passphrase-different") : null}
        value={again}
        onChange={change(setAgain)}
        autoComplete="new-password"
        isDisabled={work.busy}
      />
      {work.error ? <ErrorNotice error={work.error} what={text("key-file-export-failed")} /> : null}
      {written ? (
        <Notice tone="safe" announce title={text("key-file-exported", { count: written.keys })}>
          <bdi>{written.name}</bdi>. {text("key-file-exported-hint")}
        </Notice>
      ) : null}
      {work.busy ? (
        <KeyFileWork label={text("key-file-exporting")} />
      ) : (
        <div>
          <Button type="submit" icon={<IconSave />} isDisabled={passphrase === ""}>
            {text("key-file-export-submit")}
          </Button>
        </div>
      )}
    </Form>
  );
}
