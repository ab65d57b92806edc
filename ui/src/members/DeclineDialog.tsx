import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Switch } from "../kit/Switch";
import { closeRoomDialog } from "../stores/roomDialog";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { closeRoom } from "../stores/view";
import { Who } from "./MemberDialog";
import { useRoomHead } from "./useRoomHead";

/** Declines an invitation, and on request hears no more of who sent it. */
export function DeclineDialog({ roomId }: { roomId: string }) {
  const text = useText();
  const work = useWork();
  const head = useRoomHead(roomId);
  const found = useStore(roomList, (list) => list.value.byKey.get(roomId)?.inviter ?? null);
  // The row goes while it is being declined.
  const [inviter] = useState(found);
  const [ignore, setIgnore] = useState(false);
  const decline = async () => {
    if (ignore && inviter) await call("user_ignore", { userId: inviter.userId, on: true });
    await call("room_leave", { roomId });
  };
  const done = () => {
    closeRoomDialog();
    closeRoom(roomId);
  };
  return (
    <Dialog
      open
      onClose={closeRoomDialog}
      role="alertdialog"
      width="narrow"
      title={text("decline-title")}
      actions={
        <>
          <Button onPress={closeRoomDialog} isDisabled={work.busy} autoFocus>
            {text("cancel")}
          </Button>
          <Button tone="danger" busy={work.busy} onPress={() => work.run(decline, done)}>
            {text("invitation-decline")}
          </Button>
        </>
      }
    >
      <p>{text("decline-lead", { name: head?.name ?? "" })}</p>
      {inviter ? (
        <>
          <Who member={inviter} />
          <Switch label={text("decline-ignore")} hint={text("decline-ignore-hint")} isSelected={ignore} onChange={setIgnore} />
        </>
      ) : null}
      {work.error ? <ErrorNotice error={work.error} what={text("decline-failed")} /> : null}
    </Dialog>
  );
}
