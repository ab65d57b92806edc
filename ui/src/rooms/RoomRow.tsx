import { memo, type MouseEvent } from "react";

import { useToastedWork } from "../errors/useWork";
import { useLocale, useText } from "../i18n/text";
import { call, mediaUrl } from "../ipc/backend";
import type { RoomSummary } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { Badge } from "../kit/Badge";
import { classes } from "../kit/classes";
import { IconBellOff, IconUnlock, IconWarning } from "../kit/icons";
import { Spinner } from "../kit/Spinner";
import { readText } from "../markdown/tree";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { openRoom, view } from "../stores/view";
import { kindIcon, kindTone } from "./kinds";
import styles from "./RoomList.module.css";
import { isUnread } from "./sections";
import { wordPreview } from "./wordPreview";
import { wordTime } from "./wordTime";

/** Drawn again only when its own room changes. */
export const RoomRow = memo(function RoomRow({ roomId, today }: { roomId: string; today: number }) {
  const room = useStore(roomList, (list) => list.value.byKey.get(roomId));
  const open = useStore(view, (now) => now.room?.roomId === roomId);
  const locale = useLocale();
  const text = useText();
  if (!room) return null;
  return (
    <div className={classes(styles.room, open && styles.on, isUnread(room) && styles.unread)} data-testid="room">
      <Avatar
        id={room.roomId}
        name={room.name}
        src={mediaUrl(room.avatar)}
        shape={room.kind === "direct" ? "person" : "room"}
        size="var(--row-avatar)"
        sign={kindSign(room)}
      />
      <div className={styles.words}>
        <bdi className={styles.name}>{room.name}</bdi>
        <span className="visually-hidden">{kindWords(room).map((id) => `, ${text(id)}`).join("")}. </span>
        <Preview room={room} />
      </div>
      <div className={styles.end}>
        {room.timestamp !== null ? (
          <time className={styles.time} dateTime={new Date(room.timestamp).toISOString()}>
            {wordTime(room.timestamp, Math.max(today, Date.now()), locale, text)}
          </time>
        ) : null}
        {room.membership === "invited" ? <AcceptButton room={room} /> : <Counts room={room} />}
      </div>
    </div>
  );
});

/** Spoken for the sign. */
function kindWords({ kind, encrypted }: RoomSummary): ("room-kind-public" | "room-kind-open" | "room-encrypted" | "room-not-encrypted")[] {
  const secret = encrypted ? "room-encrypted" : "room-not-encrypted";
  if (kind === "public" || kind === "open") return [`room-kind-${kind}`, secret];
  return kind === "direct" && encrypted ? [] : [secret];
}

const tones = { safe: styles.signSafe, open: styles.signOpen, guest: styles.signGuest, alarm: styles.signGuest, neutral: styles.signGuest };

function kindSign({ kind, encrypted }: RoomSummary) {
  if (!encrypted && kind !== "public" && kind !== "open") return <IconUnlock className={styles.signGuest} />;
  if (kind === "direct") return null;
  const Icon = kindIcon[kind];
  return <Icon className={tones[kindTone[kind]]} />;
}

function Preview({ room }: { room: RoomSummary }) {
  const text = useText();
  if (room.membership === "invited") {
    return (
      <p className={styles.preview}>
        {room.inviter ? text("room-invited-by", { name: room.inviter.name }) : text("room-invited")}
      </p>
    );
  }
  if (room.draft) {
    return (
      <p className={styles.preview}>
        <span className={styles.draft}>{text("room-draft")}</span> {readText(room.draft)}
      </p>
    );
  }
  if (!room.latest) return <p className={styles.preview}>{text("room-no-message")}</p>;
  return (
    <p className={styles.preview}>
      {room.latest.failed ? <IconWarning size={13} className={styles.failed} label={text("room-send-failed")} /> : null}
      {wordPreview(text, room.latest, room.kind)}
    </p>
  );
}

/** For the mouse; by keys it is in the row's menu and in the room. */
function AcceptButton({ room }: { room: RoomSummary }) {
  const text = useText();
  const work = useToastedWork(text("invitation-accept-failed"));
  const accept = (event: MouseEvent) => {
    event.stopPropagation();
    work.run(
      () => call("room_accept_invite", { roomId: room.roomId }),
      () => openRoom(room.roomId),
    );
  };
  return (
    <button type="button" tabIndex={-1} className={styles.accept} aria-busy={work.busy} aria-label={text("room-accept", { name: room.name })} onClick={accept}>
      {work.busy ? <Spinner size={14} /> : text("invitation-accept")}
    </button>
  );
}

function Counts({ room }: { room: RoomSummary }) {
  const text = useText();
  if (room.unreadMentions > 0) {
    return <Badge count={room.unreadMentions} sign="@" label={text("room-mentions", { count: room.unreadMentions })} />;
  }
  if (room.unreadNotifications > 0) {
    return <Badge count={room.unreadNotifications} label={text("room-unread", { count: room.unreadNotifications })} />;
  }
  if (room.unreadMessages > 0) {
    return <Badge quiet count={room.unreadMessages} label={text("room-unread", { count: room.unreadMessages })} />;
  }
  if (room.markedUnread) return <span className={styles.marked} role="img" aria-label={text("room-marked-unread")} />;
  if (room.muted) return <IconBellOff size={14} className={styles.muted} label={text("room-muted")} />;
  return null;
}
