import { type ReactNode, useEffect, useState } from "react";

import { CopyButton } from "../errors/CopyButton";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Recipients as Counts, RoomDetails } from "../ipc/bindings";
import { IconClock, IconLock, IconShield, IconUnlock } from "../kit/icons";
import { kindIcon, kindTone } from "../rooms/kinds";
import styles from "./RoomSettings.module.css";
import { serverOf } from "./userId";

/** Who can read, from when on, and what the helpdesk asks. */
export function RoomAbout({ room }: { room: RoomDetails }) {
  const text = useText();
  const server = serverOf(room.roomId);
  const KindIcon = kindIcon[room.kind];
  const tones = { safe: undefined, guest: styles.guest, open: styles.open, alarm: undefined, neutral: undefined };
  return (
    <div className={styles.about}>
      <Card
        tone={room.encrypted ? styles.safe : styles.guest}
        sign={room.encrypted ? <IconLock /> : <IconUnlock />}
        title={text(room.encrypted ? "about-encrypted" : "about-not-encrypted")}
      >
        {text(room.encrypted ? "about-encrypted-lead" : "about-not-encrypted-lead", { count: room.joinedMembers })}
      </Card>
      {room.encrypted ? <Recipients roomId={room.roomId} /> : null}
      <Card tone={tones[kindTone[room.kind]]} sign={<KindIcon />} title={text(`room-kind-${room.kind}`)}>
        {text(`about-kind-${room.kind}`)}
      </Card>
      <Card sign={<IconClock />} title={text("about-history")}>
        {text(`about-history-${room.history}`)}
      </Card>
      <dl className={styles.facts}>
        {server ? (
          <div>
            <dt>{text("about-server")}</dt>
            <dd>
              <bdi>{server}</bdi>
            </dd>
          </div>
        ) : null}
        <div>
          <dt>{text("about-id")}</dt>
          <dd>
            <bdi>{room.roomId}</bdi>
            <div>
              <CopyButton value={room.roomId} label={text("about-id-copy")} />
            </div>
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** For which devices one writes, and which are left out; nothing while it is not known. */
function Recipients({ roomId }: { roomId: string }) {
  const text = useText();
  const [counts, setCounts] = useState<Counts | null>(null);
  useEffect(() => {
    let gone = false;
    call("room_recipients", { roomId }).then(
      (counted) => gone || setCounts(counted),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [roomId]);
  if (!counts) return null;
  const { devices, people, leftOut, verifiedPeople } = counts;
  const parts = [text("about-devices-count", { devices, people })];
  if (leftOut > 0) parts.push(text("about-devices-left-out", { count: leftOut }));
  if (verifiedPeople > 0) parts.push(text("about-devices-verified", { count: verifiedPeople }));
  return (
    <Card sign={<IconShield />} title={text("about-devices")}>
      {parts.join(" ")}
    </Card>
  );
}

function Card({ tone, sign, title, children }: { tone?: string | undefined; sign: ReactNode; title: string; children: string }) {
  return (
    <div className={styles.card}>
      <h3 className={`${styles.cardTitle} ${tone ?? ""}`}>
        {sign}
        {title}
      </h3>
      <p>{children}</p>
    </div>
  );
}
