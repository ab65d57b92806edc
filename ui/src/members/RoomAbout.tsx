import type { ReactNode } from "react";

import { CopyButton } from "../errors/CopyButton";
import { useText } from "../i18n/text";
import type { RoomDetails } from "../ipc/bindings";
import { IconClock, IconGlobe, IconLock, IconPeople, IconPerson, IconUnlock } from "../kit/icons";
import styles from "./RoomSettings.module.css";
import { serverOf } from "./userId";

/** Who can read, from when on, and what the helpdesk asks. */
export function RoomAbout({ room }: { room: RoomDetails }) {
  const text = useText();
  const server = serverOf(room.roomId);
  const signs = { public: <IconGlobe />, direct: <IconPerson />, private: <IconPeople />, space: <IconPeople /> };
  return (
    <div className={styles.about}>
      <Card
        tone={room.encrypted ? styles.safe : styles.guest}
        sign={room.encrypted ? <IconLock /> : <IconUnlock />}
        title={text(room.encrypted ? "about-encrypted" : "about-not-encrypted")}
      >
        {text(room.encrypted ? "about-encrypted-lead" : "about-not-encrypted-lead", { count: room.joinedMembers })}
      </Card>
      <Card tone={room.kind === "public" ? styles.open : undefined} sign={signs[room.kind]} title={text(`room-kind-${room.kind}`)}>
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
