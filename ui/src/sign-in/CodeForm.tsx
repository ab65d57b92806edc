import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { TextField } from "../kit/TextField";
import styles from "./FirstRunCard.module.css";

/** The recovery code is typed, and opens the account's keys. */
export function CodeForm({ onDone }: { onDone?: () => void }) {
  const text = useText();
  const work = useWork();
  const [code, setCode] = useState("");
  const [typedSince, setTypedSince] = useState(false);
  const error = typedSince ? null : work.error;
  const wrong = error && (error.code === "wrongRecoveryCode" || error.code === "recoveryMalformed") ? wordError(text, error) : null;

  const submit = () => {
    if (code.trim() === "") return;
    setTypedSince(false);
    work.run(() => call("recovery_enter", { code: code.trim() }), onDone);
  };

  return (
    <Form
      className={styles.form ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={text("recovery-code")}
        hint={text("recovery-enter-hint")}
        error={wrong ? `${wrong.what} ${wrong.todo}` : null}
        value={code}
        onChange={(value) => {
          setCode(value);
          setTypedSince(true);
        }}
        onKeyDown={(event) => {
          // Two lines for the eye only: a code is one word.
          if (event.key !== "Enter") return;
          event.preventDefault();
          submit();
        }}
        spellCheck="false"
        autoComplete="off"
        rows={2}
        autoFocus
        mono
      />
      {error && !wrong ? <ErrorNotice error={error} /> : null}
      <Button type="submit" tone="primary" size="large" wide busy={work.busy} isDisabled={code.trim() === ""}>
        {text("recovery-enter-submit")}
      </Button>
    </Form>
  );
}
