import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { NotificationMode, RoomDetails } from "../ipc/bindings";
import { IconButton } from "../kit/IconButton";
import { IconArrowDown, IconAt, IconBell, IconBellOff, IconGear, IconInfo, IconLeave, IconMore, IconPersonAdd, IconStar } from "../kit/icons";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../kit/Menu";
import { showPanel } from "../stores/panel";
import { askRoom } from "../stores/roomDialog";
import { useFlag } from "./useFlag";
import { useNotificationChoices } from "./useNotificationChoices";

/** Everything that can be done with the open room. */
export function RoomMenu({ room }: { room: RoomDetails }) {
  const text = useText();
  const { roomId } = room;
  const [favourite, setFavourite] = useFlag("room_set_favourite", roomId, room.favourite);
  const [low, setLow] = useFlag("room_set_low_priority", roomId, room.lowPriority);
  const notifying = useToastedWork(text("room-notifications-failed"));
  const setMode = (mode: NotificationMode) => notifying.run(() => call("room_set_notification_mode", { roomId, mode }));
  const choices = useNotificationChoices();
  const signs = { all: <IconBell />, mentions: <IconAt />, mute: <IconBellOff /> };
  return (
    <Menu label={text("room-menu", { name: room.name })} trigger={<IconButton label={text("room-more")} icon={<IconMore />} />}>
      {room.can.invite && room.kind !== "direct" ? (
        <MenuItem icon={<IconPersonAdd />} onAction={() => askRoom({ kind: "invite", roomId })}>
          {text("room-invite-open")}
        </MenuItem>
      ) : null}
      <MenuItem icon={<IconStar />} onAction={() => setFavourite(!room.favourite)}>
        {text(favourite ? "room-favourite-off" : "room-favourite-on")}
      </MenuItem>
      <MenuItem icon={<IconArrowDown />} onAction={() => setLow(!room.lowPriority)}>
        {text(low ? "room-low-off" : "room-low-on")}
      </MenuItem>
      <MenuItem icon={<IconGear />} onAction={() => showPanel("settings")}>
        {text("room-settings-open")}
      </MenuItem>
      <MenuItem icon={<IconInfo />} onAction={() => showPanel("about")}>
        {text("room-about-open")}
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label={text("room-notifications")}
        value={room.notificationMode}
        options={choices.map(({ id, label }) => ({ id, label, icon: signs[id] }))}
        onChange={setMode}
      />
      <MenuLine />
      <MenuItem icon={<IconLeave />} danger onAction={() => askRoom({ kind: "leave", roomId })}>
        {text("room-leave-open")}
      </MenuItem>
    </Menu>
  );
}
