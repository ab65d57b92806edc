import type { ReactNode } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import type { RoomMembership } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconClock, IconLeave } from "../kit/icons";
import { roomDetails } from "../stores/room";
import { askRoom } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { closeRoom } from "../stores/view";
import { InvitationScreen } from "./InvitationScreen";
import styles from "./NotJoined.module.css";
import { useRoomHead } from "./useRoomHead";

/** Where the user stands in a room; `null` while it is not known. */
export function useMembership(roomId: string): RoomMembership | "gone" | null {
  const head = useRoomHead(roomId);
  const failed = useStore(roomDetails(roomId), (live) => live.error !== null);
  if (head) return head.membership;
  return failed ? "gone" : null;
}

/** What stands in place of messages and composer for those who are not in the room. */
export function NotJoined({ roomId, membership }: { roomId: string; membership: Exclude<RoomMembership, "joined"> | "gone" }) {
  const text = useText();
  const error = useStore(roomDetails(roomId), (live) => live.error);
  if (membership === "invited") return <InvitationScreen roomId={roomId} />;
  const close = <Button onPress={() => closeRoom(roomId)}>{text("not-joined-close")}</Button>;
  if (membership === "knocked") {
    return (
      <Screen sign={<IconClock size={28} />} title={text("knocked-title")} lead={text("knocked-lead")}>
        <Button tone="dangerQuiet" onPress={() => askRoom({ kind: "leave", roomId })}>
          {text("knocked-withdraw")}
        </Button>
      </Screen>
    );
  }
  if (membership === "left") {
    return (
      <Screen sign={<IconLeave size={28} />} title={text("left-title")} lead={text("left-lead")}>
        {close}
      </Screen>
    );
  }
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{text("gone-title")}</h1>
      {error ? <ErrorNotice error={error} what={text("gone-title")} /> : null}
      {close}
    </div>
  );
}

function Screen({ sign, title, lead, children }: { sign: ReactNode; title: string; lead: string; children: ReactNode }) {
  return (
    <div className={styles.screen}>
      <span className={styles.sign}>{sign}</span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.lead}>{lead}</p>
      <div className={styles.acts}>{children}</div>
    </div>
  );
}
