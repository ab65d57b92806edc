import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call, mediaUrl } from "../ipc/backend";
import { Avatar } from "../kit/Avatar";
import { Button } from "../kit/Button";
import { roomDetails } from "../stores/room";
import { askRoom } from "../stores/roomDialog";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { KindChips } from "./KindChips";
import { Who } from "./MemberDialog";
import styles from "./NotJoined.module.css";
import { useRoomHead } from "./useRoomHead";

/** Who invites, into what; nothing of the room is fetched before it is accepted. */
export function InvitationScreen({ roomId }: { roomId: string }) {
  const text = useText();
  const work = useWork();
  const head = useRoomHead(roomId);
  const details = useStore(roomDetails(roomId), (live) => live.value);
  const inviter = useStore(roomList, (list) => list.value.byKey.get(roomId)?.inviter ?? null);
  if (!head) return null;
  const direct = head.kind === "direct";
  return (
    <section className={styles.screen} aria-labelledby="invitation-title">
      <div className={styles.card}>
        <h2 id="invitation-title" className={styles.title}>
          {text(direct ? "invitation-title-direct" : "invitation-title")}
        </h2>
        {inviter ? <Who member={inviter} /> : <p className={styles.lead}>{text("invitation-by-unknown")}</p>}
        {direct ? null : (
          <div className={styles.room}>
            <Avatar id={roomId} name={head.name} src={mediaUrl(head.avatar)} shape="room" size={44} />
            <div className={styles.roomWords}>
              <bdi className={styles.roomName}>{head.name}</bdi>
              {details?.topic ? <p className={styles.topic}>{details.topic}</p> : null}
              <span className={styles.chips}>
                <KindChips kind={head.kind} encrypted={head.encrypted} />
                {details && details.joinedMembers > 0 ? text("room-members-count", { count: details.joinedMembers }) : null}
              </span>
            </div>
          </div>
        )}
        <p className={styles.hint}>{text(direct ? "invitation-hint-direct" : "invitation-hint")}</p>
        {work.error ? <ErrorNotice error={work.error} what={text("invitation-accept-failed")} /> : null}
        <div className={styles.acts}>
          <Button onPress={() => askRoom({ kind: "decline", roomId })} isDisabled={work.busy}>
            {text("invitation-decline")}
          </Button>
          <Button tone="primary" busy={work.busy} onPress={() => work.run(() => call("room_accept_invite", { roomId }))}>
            {text("invitation-accept")}
          </Button>
        </div>
      </div>
    </section>
  );
}
