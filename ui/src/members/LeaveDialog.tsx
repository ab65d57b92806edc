import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Notice } from "../kit/Notice";
import { roomMembers } from "../stores/members";
import { roomDetails } from "../stores/room";
import { closeRoomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { closeRoom } from "../stores/view";
import { isLastAdministrator } from "./roles";
import { Successor } from "./Successor";
import { useRoomHead } from "./useRoomHead";

/** Leaving is final where one must be invited again; worse for the last who administers. */
export function LeaveDialog({ roomId }: { roomId: string }) {
  const text = useText();
  const work = useWork();
  const head = useRoomHead(roomId);
  const members = useStore(roomMembers(roomId), (live) => live.value.items);
  const maySetRoles = useStore(roomDetails(roomId), (live) => live.value?.can.setRoles ?? false);
  const last = isLastAdministrator(members);
  const [successor, setSuccessor] = useState<string | null>(null);
  const kind = head?.kind ?? "private";
  const leave = () =>
    work.run(
      async () => {
        if (successor !== null) await call("room_member_set_role", { roomId, userId: successor, role: "administrator" });
        await call("room_leave", { roomId });
      },
      () => {
        closeRoomDialog();
        closeRoom(roomId);
      },
    );
  return (
    <Dialog
      open
      onClose={closeRoomDialog}
      role="alertdialog"
      width="narrow"
      title={text(kind === "direct" ? "leave-title-direct" : "leave-title", { name: head?.name ?? "" })}
      actions={
        <>
          <Button onPress={closeRoomDialog} isDisabled={work.busy} autoFocus>
            {text("cancel")}
          </Button>
          <Button tone="danger" busy={work.busy} onPress={leave}>
            {text(!last || kind === "direct" ? "leave-confirm" : successor === null ? "leave-confirm-anyway" : "leave-confirm-successor")}
          </Button>
        </>
      }
    >
      <p>{text(`leave-lead-${kind === "public" || kind === "direct" ? kind : "private"}`)}</p>
      {last && kind !== "direct" ? (
        <>
          <Notice tone="warning" announce title={text("leave-last")}>
            {text("leave-last-lead")}
          </Notice>
          {maySetRoles ? <Successor members={members} value={successor} onChange={setSuccessor} /> : null}
        </>
      ) : null}
      {work.error ? <ErrorNotice error={work.error} what={text("leave-failed")} /> : null}
    </Dialog>
  );
}
