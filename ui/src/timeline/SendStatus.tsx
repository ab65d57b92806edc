import { toastError, wordError } from "../errors/wordError";
import { type Text, useLocale, useText } from "../i18n/text";
import { asIpcError, call, ipcError } from "../ipc/backend";
import type { EventItem, SendState } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconButton } from "../kit/IconButton";
import { IconCheck, IconClock, IconClose, IconWarning } from "../kit/icons";
import { ProgressBar } from "../kit/ProgressBar";
import { useTimelineActions } from "./actions";
import styles from "./EventRow.module.css";
import { wordSize } from "./wordSize";

export function retrySend(text: Text, roomId: string, transactionId: string): void {
  call("timeline_retry_send", { roomId, transactionId }).catch((thrown: unknown) =>
    toastError(text, asIpcError(thrown), text("action-retry-failed")),
  );
}

export function cancelSend(text: Text, roomId: string, transactionId: string): void {
  call("timeline_cancel_send", { roomId, transactionId }).catch((thrown: unknown) =>
    toastError(text, asIpcError(thrown), text("action-cancel-failed")),
  );
}

/** Where an own message stands. Once the server has it, it is sent. */
export function SendStatus({ event }: { event: EventItem }) {
  const text = useText();
  const state = event.sendState;
  if (state?.kind === "failed") return <Failed event={event} state={state} />;
  if (state?.kind === "sending") {
    return (
      <span className={styles.status}>
        <IconClock size={13} /> {text("message-sending")}
      </span>
    );
  }
  return (
    <span className={styles.status}>
      <IconCheck size={13} /> {text("message-sent")}
    </span>
  );
}

function Failed({ event, state }: { event: EventItem; state: Extract<SendState, { kind: "failed" }> }) {
  const text = useText();
  const { roomId } = useTimelineActions();
  const { transactionId } = event;
  const worded = wordError(text, ipcError(state.code));
  return (
    <span className={styles.failed}>
      <span className={styles.failedWords}>
        <IconWarning size={14} /> <b>{text("message-failed")}</b> <span>{worded.what}</span>
      </span>
      {transactionId !== null ? (
        <span className={styles.failedActs}>
          <Button excludeFromTabOrder tone="quiet" size="small" onPress={() => retrySend(text, roomId, transactionId)}>
            {text("message-retry")}
          </Button>
          <Button excludeFromTabOrder tone="dangerQuiet" size="small" onPress={() => cancelSend(text, roomId, transactionId)}>
            {text("message-delete")}
          </Button>
        </span>
      ) : null}
    </span>
  );
}

/** A file on its way: how far, and a way out. */
export function Upload({ event }: { event: EventItem }) {
  const text = useText();
  const locale = useLocale();
  const { roomId } = useTimelineActions();
  const { sendState, transactionId } = event;
  if (sendState?.kind !== "sending" || !sendState.progress) return null;
  const { current, total } = sendState.progress;
  const size = (bytes: number) => wordSize(text, locale, bytes);
  return (
    <div className={styles.upload}>
      <ProgressBar
        label={text("message-upload")}
        labelHidden
        value={current}
        max={total}
        valueLabel={text("message-upload-value", { current: size(current), total: size(total) })}
      />
      {transactionId !== null ? (
        <IconButton excludeFromTabOrder size="small" label={text("message-cancel")} icon={<IconClose size={15} />} onPress={() => cancelSend(text, roomId, transactionId)} />
      ) : null}
    </div>
  );
}
