import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { ImportedKeys } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconFile, IconKey } from "../kit/icons";
import { Notice } from "../kit/Notice";
import { PasswordField } from "../kit/PasswordField";
import { KeyFileWork } from "./KeyFileWork";
import styles from "./settings.module.css";

/** Room keys are taken in from a file, chosen first. */
export function ImportKeys() {
  const text = useText();
  const choosing = useWork();
  const reading = useWork();
  const [file, setFile] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [read, setRead] = useState<ImportedKeys | null>(null);
  const [typedSince, setTypedSince] = useState(false);
  const failure = typedSince ? null : reading.error;
  const wrong = failure?.code === "wrongPassphrase" ? wordError(text, failure) : null;
  const choose = () =>
    choosing.run(
      () => call("room_keys_pick"),
      ({ name }) => {
        setFile(name);
        setRead(null);
        setTypedSince(true);
      },
    );
  const takeIn = () => {
    setTypedSince(false);
    setRead(null);
    reading.run(
      () => call("room_keys_import", { passphrase }),
      (result) => {
        setRead(result);
        setPassphrase("");
        setFile(null);
      },
    );
  };
  return (
    <Form
      className={styles.section ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null && passphrase !== "") takeIn();
      }}
    >
      <h3 className={styles.label}>{text("key-file-import")}</h3>
      <p className={styles.hint}>{text("key-file-import-hint")}</p>
      <div className={styles.chosen}>
        <Button icon={<IconFile />} onPress={choose} busy={choosing.busy} isDisabled={reading.busy}>
          {text("key-file-choose")}
        </Button>
        {file === null ? null : <bdi>{file}</bdi>}
      </div>
      {file === null ? null : (
        <PasswordField
          label={text("key-file-passphrase")}
          showLabel={text("vault-passphrase-show")}
          error={wrong ? `${wrong.what} ${text("key-file-passphrase-wrong")}` : null}
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value);
            setTypedSince(true);
          }}
          autoComplete="off"
          isDisabled={reading.busy}
          autoFocus
        />
      )}
      {choosing.error ? <ErrorNotice error={choosing.error} /> : null}
      {failure && !wrong ? <ErrorNotice error={failure} what={text("key-file-import-failed")} /> : null}
      {read ? (
        <Notice tone="safe" announce title={text("key-file-imported", { count: read.total })}>
          {text("key-file-imported-new", { count: read.new })}
        </Notice>
      ) : null}
      {reading.busy ? <KeyFileWork label={text("key-file-importing")} /> : null}
      {file !== null && !reading.busy ? (
        <div>
          <Button type="submit" tone="primary" icon={<IconKey />} isDisabled={passphrase === ""}>
            {text("key-file-import-submit")}
          </Button>
        </div>
      ) : null}
    </Form>
  );
}
