import { useEffect } from "react";

import { useText } from "../i18n/text";
import { backend, call } from "../ipc/backend";
import type { AccountInfo } from "../ipc/bindings";
import { IconShieldCheck } from "../kit/icons";
import { focusComposer } from "../rooms/focusComposer";
import { Foot } from "../rooms/Foot";
import { OfflineBanner } from "../rooms/OfflineBanner";
import { Rail } from "../rooms/Rail";
import { RoomList } from "../rooms/RoomList";
import { RoomSearch } from "../rooms/RoomSearch";
import { isUnread } from "../rooms/sections";
import { Switcher } from "../rooms/Switcher";
import { KeysDialog } from "../settings/KeysDialog";
import { SettingsDialog } from "../settings/SettingsDialog";
import { SignOutDialog } from "../settings/SignOutDialog";
import { loadOwnGuest, ownGuest } from "../stores/ownGuest";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { openDialog, openRoom, view } from "../stores/view";
import { VerificationDialog } from "../verification/VerificationDialog";
import { VerificationRequests } from "../verification/VerificationRequests";
import { AccessBanner } from "./AccessBanner";
import { CodeDialog } from "./CodeDialog";
import styles from "./MainFrame.module.css";
import { NewRoomButton } from "./NewRoomButton";
import { RoomDialogs } from "./RoomDialogs";
import { RoomView } from "./RoomView";
import { useFrameKeys } from "./useFrameKeys";

/** Rail, list, room. */
export function MainFrame({ account }: { account: AccountInfo }) {
  const text = useText();
  const room = useStore(view, (now) => now.room);
  const guest = useStore(ownGuest);
  useFrameKeys();
  useEffect(loadOwnGuest, [account.userId]);
  useNavigation();
  useWindowTitle();
  const roomId = room?.roomId ?? null;
  useEffect(() => {
    // It gets no notification while the window has focus; a refusal changes nothing on screen.
    void call("window_set_room", { roomId }).catch(() => {});
  }, [roomId]);
  return (
    <div className={styles.frame} data-room-open={room !== null || undefined}>
      <Rail account={account} />
      <section className={styles.list} aria-label={text("room-list")} data-landmark tabIndex={-1}>
        <header className={styles.head}>
          <RoomSearch />
          {guest ? null : <NewRoomButton />}
        </header>
        <RoomList />
        <Foot account={account} />
      </section>
      <div className={styles.room}>
        <OfflineBanner />
        <AccessBanner />
        <VerificationRequests />
        {room ? <RoomView key={room.roomId} roomId={room.roomId} focus={room.focus} /> : <NoRoom />}
      </div>
      <Switcher />
      <SettingsDialog account={account} />
      <KeysDialog />
      <SignOutDialog account={account} />
      <CodeDialog />
      <RoomDialogs />
      <VerificationDialog />
    </div>
  );
}

function NoRoom() {
  const text = useText();
  const guest = useStore(ownGuest);
  const none = useStore(roomList, (list) => list.ready && list.value.items.length === 0);
  const title = text(none ? "no-rooms-title" : "no-room-title");
  return (
    <main className={styles.none} data-landmark tabIndex={-1} aria-label={title}>
      <span className={styles.noneSign}>
        <IconShieldCheck size={28} />
      </span>
      <h1>{title}</h1>
      <p>{text(!none ? "no-room-lead" : guest ? "no-rooms-lead-guest" : "no-rooms-lead")}</p>
    </main>
  );
}

/** Clicked notifications, a second start. */
function useNavigation() {
  useEffect(
    () =>
      backend().subscribe("navigation_subscribe", null, (asked) => {
        if (asked.kind === "openRoom") {
          openRoom(asked.roomId, asked.eventId);
          focusComposer();
        } else openDialog("settings");
      }),
    [],
  );
}

/** How many rooms call, for the task bar. */
function useWindowTitle() {
  const count = useStore(roomList, (list) => list.value.items.filter((room) => isUnread(room) && !room.muted).length);
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Pli` : "Pli";
  }, [count]);
}
