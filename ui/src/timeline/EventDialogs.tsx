import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { EventItem } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { TextField } from "../kit/TextField";
import { toast } from "../kit/Toasts";

interface EventDialogProps {
  roomId: string;
  event: EventItem;
  onClose: () => void;
}

/** Redacting is for good, and for everybody: asked before, with room for a reason. */
export function RedactDialog({ roomId, event, onClose }: EventDialogProps) {
  const text = useText();
  const work = useWork();
  const [reason, setReason] = useState("");
  const { eventId } = event;
  const redact = () => {
    if (eventId !== null) work.run(() => call("event_redact", { roomId, eventId, reason: reason.trim() || null }), onClose);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      role="alertdialog"
      width="narrow"
      title={text("redact-title")}
      actions={
        <>
          <Button onPress={onClose} isDisabled={work.busy} autoFocus>
            {text("cancel")}
          </Button>
          <Button tone="danger" busy={work.busy} onPress={redact}>
            {text("redact-confirm")}
          </Button>
        </>
      }
    >
      <p>{text("redact-lead")}</p>
      <TextField label={text("redact-reason")} hint={text("redact-reason-hint")} value={reason} onChange={setReason} maxLength={500} />
      {work.error ? <ErrorNotice error={work.error} what={text("redact-failed")} /> : null}
    </Dialog>
  );
}

/** To those who run the server; it asks why. */
export function ReportDialog({ roomId, event, onClose }: EventDialogProps) {
  const text = useText();
  const work = useWork();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { eventId } = event;
  const report = () => {
    const why = reason.trim();
    setMissing(why === "");
    if (why === "" || eventId === null) return;
    work.run(
      () => call("event_report", { roomId, eventId, reason: why }),
      () => {
        toast({ tone: "safe", text: text("report-done") });
        onClose();
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      holds
      width="narrow"
      title={text("report-title")}
      closeLabel={text("close")}
      actions={
        <>
          <Button onPress={onClose} isDisabled={work.busy}>
            {text("cancel")}
          </Button>
          <Button tone="primary" busy={work.busy} onPress={report}>
            {text("report-confirm")}
          </Button>
        </>
      }
    >
      <p>{text("report-lead")}</p>
      <TextField
        label={text("report-reason")}
        rows={3}
        value={reason}
        onChange={setReason}
        error={missing && reason.trim() === "" ? text("report-reason-missing") : null}
        maxLength={1000}
        autoFocus
      />
      {work.error ? <ErrorNotice error={work.error} what={text("report-failed")} /> : null}
    </Dialog>
  );
}
