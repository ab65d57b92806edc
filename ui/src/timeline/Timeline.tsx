import { useMemo, useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import type { IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconArrowDown, IconRetry } from "../kit/icons";
import { Skeleton } from "../kit/Skeleton";
import { useStore } from "../stores/store";
import { timelineOf } from "../stores/timeline";
import { openRoom } from "../stores/view";
import { Messages } from "./Messages";
import styles from "./Timeline.module.css";

/** The messages of a room, at its end or around one event. */
export function Timeline({ roomId, focus }: { roomId: string; focus: string | null }) {
  const [attempt, setAttempt] = useState(0);
  // Odd attempts draw nothing for a moment: the subscription closes, and the next one opens it again.
  const again = () => {
    setAttempt((n) => n + 1);
    setTimeout(() => setAttempt((n) => n + 1), 20);
  };
  return (
    <div className={styles.timeline}>
      {attempt % 2 === 0 ? <Opened key={focus ?? ""} roomId={roomId} focus={focus} onRetry={again} /> : null}
    </div>
  );
}

function Opened({ roomId, focus, onRetry }: { roomId: string; focus: string | null; onRetry: () => void }) {
  const store = useMemo(() => timelineOf(roomId, focus), [roomId, focus]);
  const { ready, error } = useStore(store);
  if (error) return <Failed error={error} roomId={roomId} focus={focus} onRetry={onRetry} />;
  if (!ready) return <Loading />;
  return <Messages roomId={roomId} focus={focus} store={store} />;
}

function Failed({ error, roomId, focus, onRetry }: { error: IpcError; roomId: string; focus: string | null; onRetry: () => void }) {
  const text = useText();
  return (
    <div className={styles.problem}>
      <ErrorNotice error={error} what={text(focus === null ? "timeline-open-failed" : "timeline-focus-failed")} />
      <div className={styles.acts}>
        <Button icon={<IconRetry size={16} />} onPress={onRetry}>
          {text("retry")}
        </Button>
        {focus !== null ? (
          <Button tone="primary" icon={<IconArrowDown size={16} />} onPress={() => openRoom(roomId)}>
            {text("timeline-to-latest")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const widths = [62, 38, 74, 51, 30, 66];

function Loading() {
  const text = useText();
  return (
    <div className={styles.loading} role="status" aria-busy aria-label={text("timeline-loading")}>
      {widths.map((width) => (
        <div key={width} className={styles.loadingRow}>
          <Skeleton width="var(--message-avatar)" height="var(--message-avatar)" round />
          <div className={styles.loadingWords}>
            <Skeleton width={120} height={12} />
            <Skeleton width={`${width}%`} height={36} />
          </div>
        </div>
      ))}
    </div>
  );
}
