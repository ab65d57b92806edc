import { useEffect, useState } from "react";

import { wordError } from "../errors/wordError";
import { useLocale, useText } from "../i18n/text";
import { ipcError } from "../ipc/backend";
import { IconOffline, IconWarning } from "../kit/icons";
import { sync } from "../stores/session";
import { useStore } from "../stores/store";
import { ExpiredBanner } from "./ExpiredBanner";
import styles from "./OfflineBanner.module.css";

const patience = 2000;

/** After 2 s without network, or once the disk takes nothing: what still works. Never in the way. */
export function OfflineBanner() {
  const text = useText();
  const locale = useLocale();
  const state = useStore(sync, (live) => live.value);
  const gone = useAfterWhile(state.kind === "offline" || state.kind === "failed");
  if (state.kind === "diskFull" || state.kind === "diskFailing") {
    const words = state.kind === "diskFull" ? "disk-full" : "disk-failing";
    return (
      <p className={styles.banner} role="status">
        <IconWarning size={17} />
        <span>
          <b>{text(words)}</b> {text(`${words}-what-works`)}
        </span>
      </p>
    );
  }
  if (state.kind === "expired") return <ExpiredBanner />;
  if (!gone) return null;
  if (state.kind === "failed") {
    const worded = wordError(text, ipcError(state.code));
    return (
      <p className={styles.banner} role="status">
        <IconWarning size={17} />
        <span>
          <b>{worded.what}</b> {worded.todo} ({worded.reference})
        </span>
      </p>
    );
  }
  if (state.kind !== "offline") return null;
  const since = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(state.since);
  return (
    <p className={styles.banner} role="status">
      <IconOffline size={17} />
      <span>
        <b>{text("offline-since", { since })}</b> {text("offline-what-works")}
      </span>
    </p>
  );
}

function useAfterWhile(on: boolean): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setPassed(true), patience);
    return () => {
      clearTimeout(timer);
      setPassed(false);
    };
  }, [on]);
  return on && passed;
}
