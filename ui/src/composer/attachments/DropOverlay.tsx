import { useText } from "../../i18n/text";
import { IconClip } from "../../kit/icons";
import styles from "./DropOverlay.module.css";

/** Over the room, while files hover over the window. */
export function DropOverlay({ room }: { room: string }) {
  const text = useText();
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.card}>
        <span className={styles.sign}>
          <IconClip size={26} />
        </span>
        <b>{text("drop-title")}</b>
        <span>{text("drop-room", { room })}</span>
      </div>
    </div>
  );
}
