import { useText } from "../i18n/text";
import { roomDetails } from "../stores/room";
import { useStore } from "../stores/store";
import { GuestFilesDialog } from "./attachments/GuestFilesDialog";
import styles from "./Composer.module.css";
import { ComposerBox } from "./ComposerBox";
import { Guests } from "./Guests";
import { Newcomers } from "./Newcomers";

/** Writes to a room, where one may. */
export function Composer({ roomId }: { roomId: string }) {
  const text = useText();
  const room = useStore(roomDetails(roomId), (live) => live.value);
  // Kept free, so that nothing moves when it comes.
  if (!room) return <div className={styles.waiting} />;
  if (room.membership !== "joined") return null;
  if (!room.can.send) return <p className={styles.forbidden}>{text("composer-forbidden")}</p>;
  return (
    <>
      <Newcomers roomId={roomId} />
      <Guests roomId={roomId} />
      <GuestFilesDialog roomId={roomId} />
      <ComposerBox key={roomId} roomId={roomId} room={room} />
    </>
  );
}
