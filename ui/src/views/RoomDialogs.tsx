import { useEffect } from "react";

import { NewDirectDialog } from "../rooms/NewDirectDialog";
import { NewRoomDialog } from "../rooms/NewRoomDialog";
import { closeRoomDialog, roomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";

/** Whatever is being asked about rooms and members. */
export function RoomDialogs() {
  const asked = useStore(roomDialog);
  // A question of one account is not put to the next.
  useEffect(() => closeRoomDialog, []);
  switch (asked?.kind) {
    case "newDirect":
      return <NewDirectDialog />;
    case "newRoom":
      return <NewRoomDialog />;
    default:
      return null;
  }
}
