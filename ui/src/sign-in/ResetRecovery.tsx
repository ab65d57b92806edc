import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { AccountInfo, IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconWarning } from "../kit/icons";
import { PasswordField } from "../kit/PasswordField";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";

/** A new identity without the old code: what is lost is said before, in plain words. */
export function ResetRecovery({
  account,
  onBack,
  onCode,
}: {
  account: AccountInfo;
  onBack: () => void;
  onCode: (code: string) => void;
}) {
  const text = useText();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = error?.code === "wrongPassword" ? wordError(text, error) : null;

  const reset = async () => {
    setBusy(true);
    setError(null);
    try {
      onCode((await call("recovery_reset", { password })).code);
    } catch (thrown) {
      setError(asIpcError(thrown));
      setBusy(false);
    }
  };

  return (
    <FirstRunCard sign={<IconWarning size={26} />} tone="guest" title={text("recovery-reset-title")} lead={text("recovery-reset-lead")} foot={account.server}>
      <ul className={styles.list}>
        <li>{text("recovery-reset-lost")}</li>
        <li>{text("recovery-reset-seen")}</li>
        <li>{text("recovery-reset-kept")}</li>
      </ul>
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "" && !busy) void reset();
        }}
      >
        <PasswordField
          label={text("sign-in-password")}
          showLabel={text("sign-in-password-show")}
          hint={text("recovery-reset-password")}
          error={wrong ? `${wrong.what} ${wrong.todo}` : null}
          value={password}
          onChange={(value) => {
            setPassword(value);
            setError(null);
          }}
          autoComplete="current-password"
          large
        />
        {error && !wrong ? <ErrorNotice error={error} /> : null}
        <Button type="submit" tone="danger" size="large" wide busy={busy} isDisabled={password === ""}>
          {text("recovery-reset-submit")}
        </Button>
        <Button tone="quiet" size="large" wide onPress={onBack} isDisabled={busy}>
          {text("recovery-reset-back")}
        </Button>
      </Form>
    </FirstRunCard>
  );
}
