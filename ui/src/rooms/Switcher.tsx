import { useState } from "react";
import { Autocomplete, Collection, Header, Input, ListBox, ListBoxItem, ListBoxSection, SearchField } from "react-aria-components";

import { toastError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call, mediaUrl } from "../ipc/backend";
import type { RoomSummary } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { Dialog } from "../kit/Dialog";
import { IconFind } from "../kit/icons";
import { usePeople } from "../members/usePeople";
import { ownGuest } from "../stores/ownGuest";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { closeDialog, openRoom, view } from "../stores/view";
import { focusComposer } from "./focusComposer";
import { fold, rank } from "./fold";
import styles from "./Switcher.module.css";

const most = 12;
const mostPeople = 6;

/** The best rooms for what is typed; the most recent for nothing. */
export function findRooms(rooms: readonly RoomSummary[], typed: string, current: string | null): RoomSummary[] {
  const wanted = fold(typed.trim());
  const listed = rooms.filter((room) => room.kind !== "space" && room.membership !== "left");
  if (wanted === "") return listed.filter((room) => room.roomId !== current).slice(0, most);
  return listed
    .flatMap((room) => {
      const place = rank(fold(room.name), wanted);
      return place === null ? [] : [{ room, place }];
    })
    .sort((a, b) => a.place - b.place || (b.room.timestamp ?? 0) - (a.room.timestamp ?? 0))
    .slice(0, most)
    .map(({ room }) => room);
}

/** Rooms and people by name, from anywhere. */
export function Switcher() {
  const text = useText();
  const open = useStore(view, (now) => now.dialog === "switcher");
  return (
    <Dialog open={open} onClose={closeDialog} title={text("switcher-open")} titleHidden top>
      <Finder />
    </Dialog>
  );
}

function Finder() {
  const text = useText();
  const [typed, setTyped] = useState("");
  const current = useStore(view, (now) => now.room?.roomId ?? null);
  const rooms = useStore(roomList, (list) => list.value.items);
  const found = findRooms(rooms, typed, current);
  // Guests start no conversation.
  const guest = useStore(ownGuest);
  // Offline the rooms are still found: people are only left out.
  const people = usePeople(guest ? "" : typed).found.slice(0, mostPeople);
  const choose = (key: string) => {
    closeDialog();
    const open = (roomId: string) => {
      openRoom(roomId);
      focusComposer();
    };
    if (!key.startsWith("user:")) return open(key);
    call("room_create_direct", { userId: key.slice("user:".length) }).then(
      ({ roomId }) => open(roomId),
      (thrown: unknown) => toastError(text, asIpcError(thrown), text("switcher-direct-failed")),
    );
  };
  return (
    <div className={styles.finder}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <SearchField aria-label={text("switcher-open")} autoFocus className={styles.field ?? ""}>
          <IconFind />
          <Input role="combobox" aria-expanded placeholder={text("switcher-placeholder")} className={styles.input ?? ""} spellCheck="false" />
        </SearchField>
        <ListBox
          aria-label={text("switcher-results")}
          className={styles.list ?? ""}
          selectionMode="none"
          onAction={(key) => choose(String(key))}
          renderEmptyState={() => <p className={styles.empty}>{text("switcher-nothing", { typed })}</p>}
        >
          {found.length > 0 ? (
            <ListBoxSection>
              <Header className={styles.header ?? ""}>{text(typed.trim() ? "switcher-rooms" : "switcher-recent")}</Header>
              <Collection items={found.map((room) => ({ id: room.roomId, room }))}>
                {({ id, room }) => <RoomChoice key={id} room={room} />}
              </Collection>
            </ListBoxSection>
          ) : null}
          {people.length > 0 ? (
            <ListBoxSection>
              <Header className={styles.header ?? ""}>{text("switcher-people")}</Header>
              <Collection items={people.map((user) => ({ id: `user:${user.userId}`, user }))}>
                {({ id, user }) => (
                  <ListBoxItem id={id} textValue={user.name} className={styles.choice ?? ""}>
                    <Avatar id={user.userId} name={user.name} src={mediaUrl(user.avatar)} size={30} />
                    <bdi className={styles.name}>{user.name}</bdi>
                    <span className={styles.detail}>{user.userId}</span>
                  </ListBoxItem>
                )}
              </Collection>
            </ListBoxSection>
          ) : null}
        </ListBox>
      </Autocomplete>
    </div>
  );
}

function RoomChoice({ room }: { room: RoomSummary }) {
  const text = useText();
  return (
    <ListBoxItem id={room.roomId} textValue={room.name} className={styles.choice ?? ""}>
      <Avatar id={room.roomId} name={room.name} src={mediaUrl(room.avatar)} shape={room.kind === "direct" ? "person" : "room"} size={30} />
      <bdi className={styles.name}>{room.name}</bdi>
      <span className={styles.detail}>{room.membership === "invited" ? text("room-invitation") : text(`room-kind-${room.kind}`)}</span>
    </ListBoxItem>
  );
}
