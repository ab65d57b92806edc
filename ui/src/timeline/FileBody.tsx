import { useLocale, useText } from "../i18n/text";
import type { MediaInfo } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconFile } from "../kit/icons";
import styles from "./Media.module.css";
import { saveMedia } from "./saveMedia";
import { wordSize } from "./wordSize";

/** "PDF", "ODS": what the name ends in. */
function extension(name: string): string | null {
  const found = /\.([\p{L}\p{N}]{1,5})$/u.exec(name);
  return found?.[1]?.toUpperCase() ?? null;
}

/** A file: saved where one likes. While it is being sent there is nothing to save. */
export function FileBody({ media, here }: { media: MediaInfo; here: boolean }) {
  const text = useText();
  const locale = useLocale();
  const facts = [media.size !== null ? wordSize(text, locale, media.size) : null, extension(media.name)];
  return (
    <div className={styles.card}>
      <span className={styles.sign}>
        <IconFile />
      </span>
      <div className={styles.words}>
        <bdi className={styles.name} title={media.name}>
          {media.name}
        </bdi>
        <p className={styles.facts}>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      {here ? null : (
        <Button
          excludeFromTabOrder
          tone="quiet"
          size="small"
          aria-label={text("media-save-label", { name: media.name })}
          onPress={() => void saveMedia(text, media)}
        >
          {text("media-save")}
        </Button>
      )}
    </div>
  );
}
