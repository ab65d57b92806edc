import { useText } from "../i18n/text";
import type { IpcError } from "../ipc/bindings";
import { Notice } from "../kit/Notice";
import { CopyButton } from "./CopyButton";
import styles from "./ErrorNotice.module.css";
import { wordError } from "./wordError";

/** What happened, what to do, a reference for the helpdesk. */
export function ErrorNotice({ error, what }: { error: IpcError; what?: string }) {
  const text = useText();
  const worded = wordError(text, error);
  return (
    <Notice tone="alarm" title={what ?? worded.what} announce>
      <p>{what ? `${worded.what} ${worded.todo}` : worded.todo}</p>
      <p className={styles.reference}>
        <span>{text("error-reference", { reference: worded.reference })}</span>
        <CopyButton value={`Pli · ${worded.reference} · ${new Date().toISOString()}`} label={text("error-copy")} />
      </p>
    </Notice>
  );
}
