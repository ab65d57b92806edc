import { useText } from "../i18n/text";
import { IconButton } from "../kit/IconButton";
import { IconClose, IconEdit, IconReply } from "../kit/icons";
import { wordKey } from "../keys";
import { useLocale } from "../i18n/text";
import { wordContent } from "../rooms/wordPreview";
import type { Composing } from "../stores/composing";
import { previewOfBody } from "../stores/preview";
import styles from "./Banner.module.css";
import { eventIn } from "./neighbours";

/** What sending will do, when it is not a new message. */
export function Banner({ roomId, mode, onCancel }: { roomId: string; mode: Composing; onCancel: () => void }) {
  const text = useText();
  const locale = useLocale();
  if (mode.kind === "new") return null;
  const reply = mode.kind === "reply";
  return (
    <div className={styles.banner}>
      {reply ? <IconReply size={17} /> : <IconEdit size={17} />}
      {reply ? <Replied roomId={roomId} mode={mode} /> : <b className={styles.words}>{text("banner-edit")}</b>}
      <IconButton
        label={text(reply ? "banner-reply-cancel" : "banner-edit-cancel")}
        keys={wordKey("composer-leave", locale)}
        icon={<IconClose size={16} />}
        size="small"
        onPress={onCancel}
      />
    </div>
  );
}

function Replied({ roomId, mode }: { roomId: string; mode: Extract<Composing, { kind: "reply" }> }) {
  const text = useText();
  // A draft only knows the event's id.
  const event = mode.sender ? null : eventIn(roomId, mode.eventId);
  const sender = mode.sender ?? event?.sender;
  const preview = mode.preview ?? (event && previewOfBody(event.body));
  return (
    <span className={styles.words}>
      <b>{sender ? text("banner-reply", { name: sender.name }) : text("banner-reply-message")}</b>
      {preview ? <span className={styles.quote}>{wordContent(text, preview)}</span> : null}
    </span>
  );
}
