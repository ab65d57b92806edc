import { useText } from "../i18n/text";
import { IconButton } from "../kit/IconButton";
import { IconPeople, IconPerson, IconPlus } from "../kit/icons";
import { Menu, MenuItem } from "../kit/Menu";
import { askRoom } from "../stores/roomDialog";

/** Starts a direct conversation or a room. */
export function NewRoomButton() {
  const text = useText();
  return (
    <Menu label={text("new-menu")} placement="bottom start" trigger={<IconButton label={text("new-menu")} icon={<IconPlus />} />}>
      <MenuItem icon={<IconPerson />} onAction={() => askRoom({ kind: "newDirect" })}>
        {text("new-direct")}
      </MenuItem>
      <MenuItem icon={<IconPeople />} onAction={() => askRoom({ kind: "newRoom" })}>
        {text("new-room")}
      </MenuItem>
    </Menu>
  );
}
