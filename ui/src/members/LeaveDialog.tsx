import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Notice } from "../kit/Notice";
import { roomMembers } from "../stores/members";
import { closeRoomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { closeRoom } from "../stores/view";
import { isLastAdministrator } from "./roles";
import { useRoomHead } from "./useRoomHead";

/** Leaving is final where one must be invited again; worse for the last who administers. */
export function LeaveDialog({ roomId }: { roomId: string }) {
  const text = useText();
  const work = useWork();
  const head = useRoomHead(roomId);
  const last = useStore(roomMembers(roomId), (live) => isLastAdministrator(live.value.items));
  const kind = head?.kind ?? "private";
  const leave = () =>
    work.run(
      () => call("room_leave", { roomId }),
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
            {text(last && kind !== "direct" ? "leave-confirm-anyway" : "leave-confirm")}
          </Button>
        </>
      }
    >
      <p>{text(`leave-lead-${kind === "public" || kind === "direct" ? kind : "private"}`)}</p>
      {last && kind !== "direct" ? (
        <Notice tone="warning" announce title={text("leave-last")}>
          {text("leave-last-lead")}
        </Notice>
      ) : null}
      {work.error ? <ErrorNotice error={work.error} what={text("leave-failed")} /> : null}
    </Dialog>
  );
}
