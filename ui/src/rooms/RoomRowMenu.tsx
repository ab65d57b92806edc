import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { NotificationMode, RoomSummary } from "../ipc/bindings";
import { IconArrowDown, IconAt, IconBell, IconBellOff, IconCheck, IconClose, IconLeave, IconMarkUnread, IconStar } from "../kit/icons";
import { MenuAt, MenuChoice, MenuItem, MenuLine } from "../kit/Menu";
import { useNotificationChoices } from "../members/useNotificationChoices";
import { roomDetails } from "../stores/room";
import { askRoom } from "../stores/roomDialog";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { isUnread } from "./sections";

interface RowMenuProps {
  roomId: string;
  anchor: HTMLElement;
  onClose: () => void;
}

/** What can be done with a room from its row. */
export function RoomRowMenu(props: RowMenuProps) {
  const room = useStore(roomList, (list) => list.value.byKey.get(props.roomId));
  if (room?.membership === "invited") return <InvitationMenu {...props} room={room} />;
  if (room?.membership === "joined") return <JoinedMenu {...props} room={room} />;
  return null;
}

const place = { placement: "bottom start", offset: -6, crossOffset: 60 } as const;

function JoinedMenu({ roomId, room, anchor, onClose }: RowMenuProps & { room: RoomSummary }) {
  const text = useText();
  const work = useToastedWork();
  const notifying = useToastedWork(text("room-notifications-failed"));
  const choices = useNotificationChoices();
  // The row tells only whether it is muted.
  const known = useStore(roomDetails(roomId), (live) => live.value?.notificationMode ?? null);
  const mode = known ?? (room.muted ? "mute" : "all");
  const signs = { all: <IconBell />, mentions: <IconAt />, mute: <IconBellOff /> };
  const setMode = (next: NotificationMode) => notifying.run(() => call("room_set_notification_mode", { roomId, mode: next }));
  const unread = isUnread(room) || room.unreadMessages > 0;
  return (
    <MenuAt anchor={anchor} label={text("room-menu", { name: room.name })} {...place} onClose={onClose}>
      <MenuItem
        icon={unread ? <IconCheck /> : <IconMarkUnread />}
        onAction={() => work.run(() => (unread ? call("room_mark_read", { roomId }) : call("room_set_marked_unread", { roomId, on: true })))}
      >
        {text(unread ? "room-mark-read" : "room-mark-unread")}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<IconStar />} onAction={() => work.run(() => call("room_set_favourite", { roomId, on: !room.favourite }))}>
        {text(room.favourite ? "room-favourite-off" : "room-favourite-on")}
      </MenuItem>
      <MenuItem icon={<IconArrowDown />} onAction={() => work.run(() => call("room_set_low_priority", { roomId, on: !room.lowPriority }))}>
        {text(room.lowPriority ? "room-low-off" : "room-low-on")}
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label={text("room-notifications")}
        value={mode}
        options={choices.map(({ id, label }) => ({ id, label, icon: signs[id] }))}
        onChange={setMode}
      />
      <MenuLine />
      <MenuItem icon={<IconLeave />} danger onAction={() => askRoom({ kind: "leave", roomId })}>
        {text("room-leave-open")}
      </MenuItem>
    </MenuAt>
  );
}

function InvitationMenu({ roomId, room, anchor, onClose }: RowMenuProps & { room: RoomSummary }) {
  const text = useText();
  const work = useToastedWork(text("invitation-accept-failed"));
  return (
    <MenuAt anchor={anchor} label={text("room-menu", { name: room.name })} {...place} onClose={onClose}>
      <MenuItem icon={<IconCheck />} onAction={() => work.run(() => call("room_accept_invite", { roomId }))}>
        {text("invitation-accept")}
      </MenuItem>
      <MenuItem icon={<IconClose />} danger onAction={() => askRoom({ kind: "decline", roomId })}>
        {text("invitation-decline")}
      </MenuItem>
    </MenuAt>
  );
}
