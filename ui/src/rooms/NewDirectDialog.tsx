import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { PeopleSearch } from "../members/PeopleSearch";
import { closeRoomDialog } from "../stores/roomDialog";
import { openRoom } from "../stores/view";

/** Picks one person; opens the direct room there is with them, or starts one. */
export function NewDirectDialog() {
  const text = useText();
  const work = useWork();
  const start = (userId: string) =>
    work.run(
      () => call("room_create_direct", { userId }),
      ({ roomId }) => {
        closeRoomDialog();
        openRoom(roomId);
      },
    );
  return (
    <Dialog
      open
      onClose={closeRoomDialog}
      title={text("new-direct-title")}
      closeLabel={text("close")}
      actions={
        work.busy ? (
          <Button busy>{text("new-direct-opening")}</Button>
        ) : undefined
      }
    >
      {work.error ? <ErrorNotice error={work.error} what={text("new-direct-failed")} /> : null}
      <PeopleSearch label={text("new-direct-who")} autoFocus roomy isDisabled={work.busy} onPick={(user) => start(user.userId)} />
    </Dialog>
  );
}
