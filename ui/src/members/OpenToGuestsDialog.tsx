import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Notice } from "../kit/Notice";
import { Switch } from "../kit/Switch";
import { toast } from "../kit/Toasts";
import { closeRoomDialog } from "../stores/roomDialog";
import { useRoomHead } from "./useRoomHead";

/** Guests can be invited from then on, for good: said, and said again by whoever does it. */
export function OpenToGuestsDialog({ roomId }: { roomId: string }) {
  const text = useText();
  const work = useWork();
  const head = useRoomHead(roomId);
  const [understood, setUnderstood] = useState(false);
  const open = () =>
    work.run(
      () => call("room_open_to_guests", { roomId }),
      () => {
        toast({ tone: "safe", text: text("open-guests-done") });
        closeRoomDialog();
      },
    );
  return (
    <Dialog
      open
      onClose={closeRoomDialog}
      role="alertdialog"
      width="narrow"
      title={text("open-guests-title", { name: head?.name ?? "" })}
      actions={
        <>
          <Button onPress={closeRoomDialog} isDisabled={work.busy} autoFocus>
            {text("cancel")}
          </Button>
          <Button tone="danger" isDisabled={!understood} busy={work.busy} onPress={open}>
            {text("open-guests-confirm")}
          </Button>
        </>
      }
    >
      <p>{text("open-guests-lead")}</p>
      <Notice tone="warning" title={text("open-guests-forever")}>
        {text("open-guests-forever-lead")}
      </Notice>
      <Switch label={text("open-guests-understood")} isSelected={understood} onChange={setUnderstood} />
      {work.error ? <ErrorNotice error={work.error} what={text("open-guests-failed")} /> : null}
    </Dialog>
  );
}
