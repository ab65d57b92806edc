import { useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";

import { useLocale, useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { MediaInfo } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconButton } from "../kit/IconButton";
import { IconClose, IconMic, IconPlay, IconSave, IconVideo, IconVolume } from "../kit/icons";
import { ProgressBar } from "../kit/ProgressBar";
import { loadMedia, MediaTooLarge, mostPlayed } from "./loadMedia";
import styles from "./Media.module.css";
import { mediaBox } from "./mediaBox";
import { saveMedia } from "./saveMedia";
import { wordDuration, wordSize } from "./wordSize";

type State =
  | { kind: "idle" }
  | { kind: "loading"; bytes: number }
  | { kind: "playing"; url: string }
  | { kind: "failed"; tooLarge: boolean };

/** Loads a medium when asked, plays it from memory, and gives the memory back. */
function usePlayable(media: MediaInfo) {
  const [state, setState] = useState<State>({ kind: "idle" });
  const loading = useRef<AbortController | null>(null);
  const url = useRef<string | null>(null);
  const drop = () => {
    loading.current?.abort();
    loading.current = null;
    if (url.current) URL.revokeObjectURL(url.current);
    url.current = null;
  };
  useEffect(() => drop, []);
  const load = async () => {
    drop();
    const abort = new AbortController();
    loading.current = abort;
    setState({ kind: "loading", bytes: 0 });
    try {
      const blob = await loadMedia(media.id, abort.signal, (bytes) => {
        if (!abort.signal.aborted) setState({ kind: "loading", bytes });
      });
      if (abort.signal.aborted) return;
      url.current = URL.createObjectURL(blob);
      setState({ kind: "playing", url: url.current });
    } catch (thrown) {
      if (!abort.signal.aborted) setState({ kind: "failed", tooLarge: thrown instanceof MediaTooLarge });
    }
  };
  return {
    state: (media.size ?? 0) > mostPlayed ? ({ kind: "failed", tooLarge: true } as State) : state,
    load: () => void load(),
    cancel: () => {
      drop();
      setState({ kind: "idle" });
    },
    fail: () => {
      drop();
      setState({ kind: "failed", tooLarge: false });
    },
  };
}

export function VideoBody({ media }: { media: MediaInfo }) {
  const text = useText();
  const { state, load, cancel, fail } = usePlayable(media);
  const duration = media.durationMs !== null ? wordDuration(media.durationMs) : null;
  const box = mediaBox(media.width, media.height);
  if (state.kind === "playing") {
    return <video className={styles.video} style={box} src={state.url} controls autoPlay tabIndex={-1} onError={fail} aria-label={media.name} />;
  }
  return (
    <div className={styles.stack} style={{ width: box.width }}>
      <AriaButton
        excludeFromTabOrder
        className={styles.picture ?? ""}
        style={box}
        aria-label={[text("media-play", { name: media.name }), duration].filter(Boolean).join(", ")}
        isDisabled={state.kind !== "idle"}
        onPress={load}
      >
        {media.thumbnail ? <img src={mediaUrl(media.thumbnail)} alt="" draggable={false} data-loaded /> : <IconVideo size={26} />}
        {state.kind === "idle" ? (
          <span className={styles.playSign}>
            <IconPlay size={26} />
          </span>
        ) : null}
        {duration !== null ? <span className={styles.length}>{duration}</span> : null}
      </AriaButton>
      <PlayState media={media} state={state} onCancel={cancel} />
    </div>
  );
}

export function AudioBody({ media, voice }: { media: MediaInfo; voice: boolean }) {
  const text = useText();
  const locale = useLocale();
  const { state, load, cancel, fail } = usePlayable(media);
  const duration = media.durationMs !== null ? wordDuration(media.durationMs) : null;
  const size = media.size !== null ? wordSize(text, locale, media.size) : null;
  return (
    <div className={styles.card} data-wide={state.kind === "playing" || undefined}>
      <span className={styles.sign}>{voice ? <IconMic /> : <IconVolume />}</span>
      <div className={styles.words}>
        <bdi className={styles.name}>{voice ? text("media-voice") : media.name}</bdi>
        {state.kind === "playing" ? (
          <audio src={state.url} controls autoPlay tabIndex={-1} onError={fail} aria-label={media.name} />
        ) : (
          <p className={styles.facts}>{[duration, voice ? null : size].filter(Boolean).join(" · ")}</p>
        )}
        <PlayState media={media} state={state} onCancel={cancel} bare />
      </div>
      {state.kind === "idle" ? (
        <IconButton excludeFromTabOrder label={text("media-play", { name: voice ? text("media-voice") : media.name })} icon={<IconPlay />} onPress={load} />
      ) : null}
      {state.kind !== "loading" ? <SaveButton media={media} /> : null}
    </div>
  );
}

function PlayState({ media, state, onCancel, bare }: { media: MediaInfo; state: State; onCancel: () => void; bare?: boolean }) {
  const text = useText();
  const locale = useLocale();
  if (state.kind === "loading") {
    const total = media.size ?? 0;
    return (
      <div className={styles.loading}>
        <ProgressBar
          label={text("media-loading", { name: media.name })}
          labelHidden
          value={Math.min(state.bytes, total)}
          max={total}
          valueLabel={wordSize(text, locale, state.bytes)}
        />
        <IconButton excludeFromTabOrder size="small" label={text("cancel")} icon={<IconClose size={15} />} onPress={onCancel} />
      </div>
    );
  }
  if (state.kind !== "failed") return null;
  return (
    <p className={styles.failed} role="status">
      <span>{text(state.tooLarge ? "media-too-large" : "media-play-failed")}</span>
      {bare ? null : (
        <Button excludeFromTabOrder size="small" icon={<IconSave size={15} />} onPress={() => void saveMedia(text, media)}>
          {text("media-save")}
        </Button>
      )}
    </p>
  );
}

function SaveButton({ media }: { media: MediaInfo }) {
  const text = useText();
  return <IconButton excludeFromTabOrder label={text("media-save-label", { name: media.name })} icon={<IconSave />} onPress={() => void saveMedia(text, media)} />;
}
