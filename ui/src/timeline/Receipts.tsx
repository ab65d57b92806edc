import { useLocale, useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { Sender } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import styles from "./EventRow.module.css";

const shown = 3;
const named = 8;

/** Who has read as far as here. */
export function Receipts({ readers }: { readers: readonly Sender[] }) {
  const text = useText();
  const locale = useLocale();
  if (readers.length === 0) return null;
  const names = readers.slice(0, named).map((reader) => reader.name);
  const more = readers.length - names.length;
  const label =
    more > 0
      ? text("message-read-by-more", { names: names.join(", "), count: more })
      : text("message-read-by", { names: new Intl.ListFormat(locale, { type: "conjunction" }).format(names) });
  const hidden = readers.length - shown;
  return (
    <span className={styles.receipts} role="img" aria-label={label} title={label}>
      {hidden > 0 ? <span className={styles.receiptsMore}>+{hidden}</span> : null}
      {readers.slice(0, shown).map((reader) => (
        <Avatar key={reader.userId} id={reader.userId} name={reader.name} src={mediaUrl(reader.avatar)} size={16} />
      ))}
    </span>
  );
}
