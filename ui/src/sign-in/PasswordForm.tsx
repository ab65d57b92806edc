import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { DiscoveredServer, IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { PasswordField } from "../kit/PasswordField";
import styles from "./FirstRunCard.module.css";
import type { Typed } from "./SignInScreen";
import { TypedAddress } from "./TypedAddress";

/** The password of the address just typed. */
export function PasswordForm({ typed, found, onBack }: { typed: Typed; found: DiscoveredServer; onBack: () => void }) {
  const text = useText();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = error?.code === "wrongPassword" ? wordError(text, error) : null;

  const signIn = async () => {
    setBusy(true);
    setError(null);
    try {
      await call("account_sign_in", { address: typed.address.trim(), password, server: typed.server?.trim() || null });
    } catch (thrown) {
      setError(asIpcError(thrown));
      setBusy(false);
    }
  };

  return (
    <Form
      className={styles.form ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== "" && !busy) void signIn();
      }}
    >
      <TypedAddress address={found.userId ?? typed.address.trim()} onBack={onBack} />
      <PasswordField
        label={text("sign-in-password")}
        showLabel={text("sign-in-password-show")}
        error={wrong ? `${wrong.what} ${wrong.todo}` : null}
        value={password}
        onChange={(value) => {
          setPassword(value);
          setError(null);
        }}
        name="password"
        autoComplete="current-password"
        autoFocus
        large
      />
      {error && !wrong ? <ErrorNotice error={error} /> : null}
      <Button type="submit" tone="primary" size="large" wide busy={busy} isDisabled={password === ""}>
        {text("sign-in-submit")}
      </Button>
    </Form>
  );
}
