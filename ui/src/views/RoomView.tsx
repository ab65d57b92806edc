import { useRef } from "react";

import { Composer } from "../composer/Composer";
import { NotJoined, useMembership } from "../members/NotJoined";
import { RoomHeader } from "../members/RoomHeader";
import { RoomPanel } from "../members/RoomPanel";
import { panel } from "../stores/panel";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { Timeline } from "../timeline/Timeline";
import { IdentityBanner } from "../verification/IdentityBanner";
import styles from "./RoomView.module.css";
import { useFocusOnOpen } from "./useFocusOnOpen";

/** A room: header, timeline, composer, panel. */
export function RoomView({ roomId, focus }: { roomId: string; focus: string | null }) {
  const name = useStore(roomList, (list) => list.value.byKey.get(roomId)?.name ?? "");
  const membership = useMembership(roomId);
  const open = useStore(panel, (now) => now !== "none") && membership === "joined";
  const main = useRef<HTMLElement>(null);
  useFocusOnOpen(main);
  return (
    <div className={styles.room} data-panel={open || undefined}>
      <main ref={main} className={styles.main} aria-label={name} data-landmark tabIndex={-1}>
        <RoomHeader roomId={roomId} />
        {membership === null || membership === "joined" ? (
          <>
            <Timeline roomId={roomId} focus={focus} />
            <IdentityBanner roomId={roomId} />
            <Composer roomId={roomId} />
          </>
        ) : (
          <NotJoined roomId={roomId} membership={membership} />
        )}
      </main>
      {open ? <RoomPanel roomId={roomId} /> : null}
    </div>
  );
}
