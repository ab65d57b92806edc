import { useEffect } from "react";

import { DeclineDialog } from "../members/DeclineDialog";
import { InviteDialog } from "../members/InviteDialog";
import { InviteManyDialog } from "../members/InviteManyDialog";
import { LeaveDialog } from "../members/LeaveDialog";
import { MemberDialog } from "../members/MemberDialog";
import { OpenToGuestsDialog } from "../members/OpenToGuestsDialog";
import { RoleDialog } from "../members/RoleDialog";
import { NewDirectDialog } from "../rooms/NewDirectDialog";
import { NewRoomDialog } from "../rooms/NewRoomDialog";
import { closeRoomDialog, roomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { IdentityDialog } from "../verification/IdentityDialog";
import { useFocusReturn } from "./useFocusReturn";

/** Whatever is being asked about rooms and members. */
export function RoomDialogs() {
  const asked = useStore(roomDialog);
  useFocusReturn(asked !== null);
  // A question of one account is not put to the next.
  useEffect(() => closeRoomDialog, []);
  switch (asked?.kind) {
    case "newDirect":
      return <NewDirectDialog />;
    case "newRoom":
      return <NewRoomDialog />;
    case "invite":
      return <InviteDialog roomId={asked.roomId} />;
    case "inviteMany":
      return <InviteManyDialog roomId={asked.roomId} userIds={asked.userIds} />;
    case "leave":
      return <LeaveDialog roomId={asked.roomId} />;
    case "openToGuests":
      return <OpenToGuestsDialog roomId={asked.roomId} />;
    case "decline":
      return <DeclineDialog roomId={asked.roomId} />;
    case "identity":
      return <IdentityDialog member={asked.member} />;
    case "member":
      return asked.act === "role" ? (
        <RoleDialog roomId={asked.roomId} member={asked.member} />
      ) : (
        <MemberDialog roomId={asked.roomId} member={asked.member} act={asked.act} />
      );
    default:
      return null;
  }
}
