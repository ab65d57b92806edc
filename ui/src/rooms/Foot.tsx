import { useText } from "../i18n/text";
import type { AccountInfo, SyncState } from "../ipc/bindings";
import { ProgressBar } from "../kit/ProgressBar";
import { history, sync } from "../stores/session";
import { app } from "../stores/settings";
import { useStore } from "../stores/store";
import styles from "./Foot.module.css";

/** State, server, version: what the helpdesk asks first. */
export function Foot({ account }: { account: AccountInfo }) {
  const text = useText();
  const state = useStore(sync, (live) => live.value);
  const version = useStore(app, (info) => info.version);
  return (
    <footer className={styles.foot}>
      <HistoryBar />
      <p className={styles.line}>
        <span className={styles.dot} data-state={state.kind} aria-hidden />
        <span className={styles.words}>
          <span>{text(`sync-${state.kind}`)}</span> · <bdi>{account.server}</bdi> · {`Pli ${version}`}
        </span>
      </p>
      <span className="visually-hidden" role="status">
        {spokenState(state) ? text(`sync-${state.kind}`) : ""}
      </span>
    </footer>
  );
}

/** Connecting is too short to be worth saying. */
function spokenState(state: SyncState): boolean {
  return state.kind === "offline" || state.kind === "failed" || state.kind === "expired";
}

/** Old messages being made readable after recovery. */
function HistoryBar() {
  const text = useText();
  const { roomsDone, roomsTotal } = useStore(history, (live) => live.value);
  if (roomsTotal === 0 || roomsDone >= roomsTotal) return null;
  return (
    <ProgressBar
      label={text("history-progress")}
      value={roomsDone}
      max={roomsTotal}
      valueLabel={text("history-progress-value", { done: roomsDone, total: roomsTotal })}
    />
  );
}
