import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { AccountInfo, IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconKey } from "../kit/icons";
import { TextField } from "../kit/TextField";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";

/** A known account on a new computer: the code brings its history back. */
export function EnterCode({ account, onReset }: { account: AccountInfo; onReset: () => void }) {
  const text = useText();
  const [code, setCode] = useState("");
  const [error, setError] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = error && (error.code === "wrongRecoveryCode" || error.code === "recoveryMalformed") ? wordError(text, error) : null;

  const enter = async () => {
    setBusy(true);
    setError(null);
    try {
      await call("recovery_enter", { code: code.trim() });
    } catch (thrown) {
      setError(asIpcError(thrown));
      setBusy(false);
    }
  };

  const submit = () => {
    if (code.trim() !== "" && !busy) void enter();
  };

  return (
    <FirstRunCard sign={<IconKey size={26} />} title={text("recovery-enter-title")} lead={text("recovery-enter-lead")} foot={account.server}>
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
            setError(null);
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
        <Button type="submit" tone="primary" size="large" wide busy={busy} isDisabled={code.trim() === ""}>
          {text("recovery-enter-submit")}
        </Button>
      </Form>
      <div className={styles.links}>
        <button type="button" className={styles.link} onClick={onReset}>
          {text("recovery-lost")}
        </button>
      </div>
    </FirstRunCard>
  );
}
