import { Button } from "react-aria-components";

import { useLocale, useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { RoomDetails } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { Chip } from "../kit/Chip";
import { IconButton, IconToggle } from "../kit/IconButton";
import { IconChevronLeft, IconGear, IconGuest, IconPeople, IconStar } from "../kit/icons";
import { useKey, wordKey } from "../keys";
import { focusRoomList } from "../rooms/focusList";
import { guests } from "../stores/guests";
import { panel, showPanel, togglePanel } from "../stores/panel";
import { roomDetails } from "../stores/room";
import { useStore } from "../stores/store";
import { showList } from "../stores/view";
import { KindChips } from "./KindChips";
import styles from "./RoomHeader.module.css";
import { RoomMenu } from "./RoomMenu";
import { Topic } from "./Topic";
import { useFlag } from "./useFlag";
import { type RoomHead, useRoomHead } from "./useRoomHead";

/** Name, kind and topic of a room, and what opens its panel. */
export function RoomHeader({ roomId }: { roomId: string }) {
  const text = useText();
  const head = useRoomHead(roomId);
  const details = useStore(roomDetails(roomId), (live) => live.value);
  const goBack = () => {
    showList();
    requestAnimationFrame(focusRoomList);
  };
  return (
    <header className={styles.header}>
      <div className={styles.inside}>
        <span className={styles.back}>
          <IconButton label={text("room-back-to-list")} icon={<IconChevronLeft />} onPress={goBack} />
        </span>
        {head ? <Title head={head} details={details} /> : null}
        {details?.membership === "joined" ? <Acts room={details} /> : null}
      </div>
    </header>
  );
}

function Title({ head, details }: { head: RoomHead; details: RoomDetails | null }) {
  return (
    <>
      <Avatar
        id={head.roomId}
        name={head.name}
        src={mediaUrl(head.avatar)}
        shape={head.kind === "direct" ? "person" : "room"}
        size={38}
      />
      <div className={styles.words}>
        <h1 className={styles.name}>
          <bdi>{head.name}</bdi>
        </h1>
        <div className={styles.meta}>
          <KindChips kind={head.kind} encrypted={head.encrypted} />
          {details?.membership === "joined" ? <GuestChip roomId={head.roomId} /> : null}
          {details?.membership === "joined" ? <Members room={details} /> : null}
          {details?.topic ? <Topic topic={details.topic} /> : null}
        </div>
      </div>
    </>
  );
}

/** How many of those who read are from outside; the composer and the member list name them. */
function GuestChip({ roomId }: { roomId: string }) {
  const text = useText();
  const count = useStore(guests(roomId), (live) => live.value.length);
  if (count === 0) return null;
  return (
    <Chip tone="guest" icon={<IconGuest />}>
      {text("room-guests", { count })}
    </Chip>
  );
}

/** How many; of two there is nothing to say. */
function Members({ room }: { room: RoomDetails }) {
  const text = useText();
  if (room.kind === "direct" && room.joinedMembers <= 2) return null;
  return (
    <Button className={styles.members ?? ""} onPress={() => showPanel("members")}>
      {text("room-members-count", { count: room.joinedMembers })}
    </Button>
  );
}

function Acts({ room }: { room: RoomDetails }) {
  const text = useText();
  const locale = useLocale();
  const open = useStore(panel);
  const [favourite, setFavourite] = useFlag("room_set_favourite", room.roomId, room.favourite);
  useKey("panel", () => {
    const opening = panel.get() === "none";
    showPanel(opening ? "members" : "none");
    if (opening) requestAnimationFrame(focusPanel);
  });
  return (
    <div className={styles.acts}>
      <span className={styles.wide}>
        <IconToggle
          label={text(favourite ? "room-favourite-off" : "room-favourite-on")}
          icon={<IconStar />}
          isSelected={favourite}
          onChange={setFavourite}
        />
      </span>
      <IconToggle
        label={text("room-members")}
        keys={wordKey("panel", locale)}
        icon={<IconPeople />}
        isSelected={open === "members"}
        onChange={() => togglePanel("members")}
        data-panel-toggle
      />
      <span className={styles.wide}>
        <IconToggle
          label={text("room-settings-open")}
          icon={<IconGear />}
          isSelected={open === "settings"}
          onChange={() => togglePanel("settings")}
        />
      </span>
      <RoomMenu room={room} />
    </div>
  );
}

/** Whoever opened it by a key goes on by keys. */
function focusPanel(): void {
  document.querySelector<HTMLElement>("[data-room-panel] [role=tab][aria-selected=true]")?.focus();
}
