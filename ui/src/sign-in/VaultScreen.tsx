import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { IpcError, VaultProblem } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconKey } from "../kit/icons";
import { PasswordField } from "../kit/PasswordField";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";
import { StartAfresh } from "./StartAfresh";

/** As the shell has it: a shorter one is refused. */
const shortest = 12;

/** The keyring did not give the key: says why; a passphrase stands in for it. */
export function VaultScreen({ reason, hasPassphrase }: { reason: VaultProblem; hasPassphrase: boolean }) {
  const text = useText();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [refused, setRefused] = useState<"short" | "different" | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = error?.code === "wrongPassphrase" ? wordError(text, error) : null;
  // Without a keyring a first passphrase may be chosen; a keyring that is merely shut must be opened instead.
  const choosing = reason === "noKeyring" && !hasPassphrase;
  const asking = choosing || hasPassphrase;

  const unlock = async () => {
    if (choosing && [...passphrase].length < shortest) return setRefused("short");
    if (choosing && passphrase !== again) return setRefused("different");
    setBusy(true);
    setError(null);
    try {
      await call("vault_unlock", { passphrase });
    } catch (thrown) {
      setError(asIpcError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setRefused(null);
    setError(null);
  };

  return (
    <FirstRunCard
      sign={<IconKey size={26} />}
      tone="guest"
      title={text(hasPassphrase ? "vault-title-passphrase" : `vault-title-${reason}`)}
      lead={text(hasPassphrase ? "vault-lead-passphrase" : `vault-lead-${reason}`)}
    >
      {asking ? (
        <Form
          className={styles.form ?? ""}
          onSubmit={(event) => {
            event.preventDefault();
            if (passphrase !== "" && !busy) void unlock();
          }}
        >
          <PasswordField
            label={text(choosing ? "vault-new-passphrase" : "vault-passphrase")}
            showLabel={text("vault-passphrase-show")}
            hint={choosing ? text("vault-passphrase-hint", { shortest }) : undefined}
            error={wrong ? `${wrong.what} ${wrong.todo}` : refused === "short" ? text("vault-passphrase-short", { shortest }) : null}
            value={passphrase}
            onChange={change(setPassphrase)}
            autoFocus
            large
          />
          {choosing ? (
            <PasswordField
              label={text("vault-passphrase-again")}
              showLabel={text("vault-passphrase-show")}
              error={refused === "different" ? text("vault-passphrase-different") : null}
              value={again}
              onChange={change(setAgain)}
              large
            />
          ) : null}
          {error && !wrong ? <ErrorNotice error={error} /> : null}
          <Button type="submit" tone="primary" size="large" wide busy={busy} isDisabled={passphrase === ""}>
            {text("vault-open")}
          </Button>
        </Form>
      ) : null}
      {choosing ? null : <StartAfresh />}
    </FirstRunCard>
  );
}
