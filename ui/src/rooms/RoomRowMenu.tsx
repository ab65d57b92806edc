import { useRef } from "react";
import { Menu, Popover } from "react-aria-components";

import { toastError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import { IconArrowDown, IconBell, IconBellOff, IconCheck, IconMarkUnread, IconStar } from "../kit/icons";
import { MenuItem, MenuLine } from "../kit/Menu";
import menu from "../kit/Menu.module.css";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { isUnread } from "./sections";

/** What can be done with a room from its row. */
export function RoomRowMenu({ roomId, anchor, onClose }: { roomId: string; anchor: HTMLElement; onClose: () => void }) {
  const text = useText();
  const room = useStore(roomList, (list) => list.value.byKey.get(roomId));
  const trigger = useRef(anchor);
  trigger.current = anchor;
  if (!room || room.membership !== "joined") return null;
  const run = (work: Promise<unknown>) => {
    onClose();
    work.catch((thrown: unknown) => toastError(text, asIpcError(thrown)));
  };
  const unread = isUnread(room) || room.unreadMessages > 0;
  return (
    <Popover
      isOpen
      aria-label={text("room-menu", { name: room.name })}
      triggerRef={trigger}
      placement="bottom start"
      offset={-6}
      crossOffset={60}
      className={menu.popover ?? ""}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Menu aria-label={text("room-menu", { name: room.name })} className={menu.menu ?? ""} autoFocus="first" onClose={onClose}>
        <MenuItem
          icon={unread ? <IconCheck /> : <IconMarkUnread />}
          onAction={() => run(unread ? call("room_mark_read", { roomId }) : call("room_set_marked_unread", { roomId, on: true }))}
        >
          {text(unread ? "room-mark-read" : "room-mark-unread")}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<IconStar />} onAction={() => run(call("room_set_favourite", { roomId, on: !room.favourite }))}>
          {text(room.favourite ? "room-favourite-off" : "room-favourite-on")}
        </MenuItem>
        <MenuItem icon={<IconArrowDown />} onAction={() => run(call("room_set_low_priority", { roomId, on: !room.lowPriority }))}>
          {text(room.lowPriority ? "room-low-off" : "room-low-on")}
        </MenuItem>
        <MenuItem
          icon={room.muted ? <IconBell /> : <IconBellOff />}
          onAction={() => run(call("room_set_notification_mode", { roomId, mode: room.muted ? "all" : "mute" }))}
        >
          {text(room.muted ? "room-unmute" : "room-mute")}
        </MenuItem>
      </Menu>
    </Popover>
  );
}
