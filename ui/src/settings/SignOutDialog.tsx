import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { AccountInfo, IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { useStore } from "../stores/store";
import { closeDialog, view } from "../stores/view";
import styles from "./settings.module.css";

/** Signing out erases this computer's copy: said before. */
export function SignOutDialog({ account }: { account: AccountInfo }) {
  const text = useText();
  const open = useStore(view, (now) => now.dialog === "signOut");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<IpcError | null>(null);
  const signOut = async () => {
    setBusy(true);
    setError(null);
    try {
      await call("account_sign_out");
      closeDialog();
    } catch (thrown) {
      setError(asIpcError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={closeDialog}
      role="alertdialog"
      width="narrow"
      title={text("sign-out-title")}
      actions={
        <>
          <Button onPress={closeDialog} isDisabled={busy} autoFocus>
            {text("cancel")}
          </Button>
          <Button tone="danger" busy={busy} onPress={() => void signOut()}>
            {text("sign-out-confirm")}
          </Button>
        </>
      }
    >
      <p>{text("sign-out-lead", { name: account.displayName })}</p>
      <ul className={styles.list}>
        <li>{text("sign-out-erased")}</li>
        <li>{text("sign-out-code")}</li>
        <li>{text("sign-out-unsent")}</li>
      </ul>
      {error ? <ErrorNotice error={error} what={text("sign-out-failed")} /> : null}
    </Dialog>
  );
}
