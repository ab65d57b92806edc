import { useState } from "react";
import { Button } from "react-aria-components";

import { useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { MediaInfo } from "../ipc/bindings";
import { IconImage, IconRetry } from "../kit/icons";
import { useTimelineActions } from "./actions";
import styles from "./Media.module.css";
import { mediaBox } from "./mediaBox";

/** A thumbnail in a place of known size; a click shows it large. */
export function ImageBody({ media, sender }: { media: MediaInfo; sender: string }) {
  const text = useText();
  const { openDialog } = useTimelineActions();
  const picture = usePicture(media.thumbnail ?? media.id);
  const box = mediaBox(media.width, media.height);
  if (picture.broken) {
    return (
      <Button excludeFromTabOrder className={styles.broken ?? ""} style={box} onPress={picture.retry}>
        <IconRetry />
        <span>{text("media-image-failed")}</span>
        <b>{text("retry")}</b>
      </Button>
    );
  }
  return (
    <Button
      excludeFromTabOrder
      className={styles.picture ?? ""}
      style={box}
      aria-label={text("media-image-open", { name: media.name })}
      onPress={() => openDialog({ kind: "image", media, sender })}
    >
      {picture.loaded ? null : <IconImage size={22} />}
      <img key={picture.attempt} src={picture.src} alt="" draggable={false} data-loaded={picture.loaded || undefined} onLoad={picture.onLoad} onError={picture.onError} />
    </Button>
  );
}

export function StickerBody({ media }: { media: MediaInfo }) {
  const text = useText();
  const picture = usePicture(media.thumbnail ?? media.id);
  const { width, height } = mediaBox(media.width, media.height);
  const scale = Math.min(1, 160 / Math.max(width, height));
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  if (picture.broken) return <p className={styles.quiet}>{text("media-sticker", { name: media.name })}</p>;
  return (
    <img
      className={styles.sticker}
      style={size}
      src={picture.src}
      alt={text("media-sticker", { name: media.name })}
      title={media.name}
      draggable={false}
      onError={picture.onError}
    />
  );
}

/** The state of loading one picture; `retry` asks for it again. */
export function usePicture(id: string) {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<"loading" | "loaded" | "broken">("loading");
  return {
    src: mediaUrl(id),
    attempt,
    loaded: state === "loaded",
    broken: state === "broken",
    onLoad: () => setState("loaded"),
    onError: () => setState("broken"),
    retry: () => {
      setAttempt((n) => n + 1);
      setState("loading");
    },
  };
}
