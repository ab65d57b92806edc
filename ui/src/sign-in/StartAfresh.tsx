import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import styles from "./FirstRunCard.module.css";

/** Erases this computer's copy, after saying so. */
export function StartAfresh() {
  const text = useText();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<IpcError | null>(null);
  const erase = async () => {
    setBusy(true);
    try {
      await call("vault_start_afresh");
      setAsking(false);
    } catch (thrown) {
      setError(asIpcError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className={styles.links}>
        <button type="button" className={styles.link} onClick={() => setAsking(true)}>
          {text("afresh-open")}
        </button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        role="alertdialog"
        title={text("afresh-title")}
        width="narrow"
        actions={
          <>
            <Button onPress={() => setAsking(false)} autoFocus>
              {text("cancel")}
            </Button>
            <Button tone="danger" busy={busy} onPress={() => void erase()}>
              {text("afresh-confirm")}
            </Button>
          </>
        }
      >
        <p>{text("afresh-lead")}</p>
        <ul className={styles.list}>
          <li>{text("afresh-lost")}</li>
          <li>{text("afresh-kept")}</li>
        </ul>
        {error ? <ErrorNotice error={error} /> : null}
      </Dialog>
    </>
  );
}
