import { Input, TextField } from "react-aria-components";

import { useLocale, useText } from "../../i18n/text";
import { mediaUrl } from "../../ipc/backend";
import { IconButton } from "../../kit/IconButton";
import { IconClose, IconFile, IconWarning } from "../../kit/icons";
import { useStore } from "../../stores/store";
import { wordSize } from "../../timeline/wordSize";
import styles from "./Tray.module.css";
import { discardFile, setCaption, type TrayFile, trayOf, trays } from "./trays";

/** Files that wait to be sent: what they are, whether they may, and a caption for each. */
export function Tray({ roomId, onEnter, onLeave }: { roomId: string; onEnter: () => void; onLeave: () => void }) {
  const text = useText();
  const files = useStore(trays, (all) => trayOf(all, roomId));
  if (files.length === 0) return null;
  return (
    <ul className={styles.tray} aria-label={text("tray")}>
      {files.map((file) => (
        <TrayItem
          key={file.id}
          roomId={roomId}
          file={file}
          onEnter={onEnter}
          onRemove={() => {
            discardFile(roomId, file.id);
            onLeave();
          }}
        />
      ))}
    </ul>
  );
}

function TrayItem({ roomId, file, onEnter, onRemove }: { roomId: string; file: TrayFile; onEnter: () => void; onRemove: () => void }) {
  const text = useText();
  const locale = useLocale();
  const preview = mediaUrl(file.preview);
  const tooLarge = file.limit === null ? text("tray-too-large") : text("tray-too-large-limit", { limit: wordSize(text, locale, file.limit) });
  const refusal = file.blocked ? text("tray-blocked") : file.tooLarge ? tooLarge : null;
  return (
    <li className={styles.file} data-refused={refusal !== null || undefined}>
      <span className={styles.picture}>{preview ? <img src={preview} alt="" draggable={false} /> : <IconFile size={22} />}</span>
      <div className={styles.facts}>
        <bdi className={styles.name} title={file.name}>
          {file.name}
        </bdi>
        <span className={styles.size}>{wordSize(text, locale, file.size)}</span>
        {refusal !== null ? (
          <span className={styles.refusal} role="alert">
            <IconWarning size={14} />
            {refusal}
          </span>
        ) : (
          <TextField
            aria-label={text("tray-caption", { name: file.name })}
            value={file.caption}
            onChange={(caption) => setCaption(roomId, file.id, caption)}
          >
            <Input
              className={styles.caption ?? ""}
              placeholder={text("tray-caption-placeholder")}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.nativeEvent.isComposing || event.keyCode === 229) return;
                event.preventDefault();
                onEnter();
              }}
            />
          </TextField>
        )}
      </div>
      <IconButton label={text("tray-remove", { name: file.name })} icon={<IconClose size={15} />} size="small" onPress={onRemove} />
    </li>
  );
}
