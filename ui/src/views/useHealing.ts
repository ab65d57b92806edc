import { useEffect } from "react";

import { useText } from "../i18n/text";
import type { SessionState } from "../ipc/bindings";
import { toast } from "../kit/Toasts";

/** Said once an opening: what was damaged on this computer, and how it was healed. */
export function useHealing(state: SessionState): void {
  const text = useText();
  const account = state.kind === "signedIn" ? state.account : null;
  const lost = account?.historyLost ?? false;
  const restored = account?.keysRestored ?? false;
  // Not again when only the language changes.
  /* eslint-disable react-hooks/exhaustive-deps */
  useEffect(() => {
    if (lost) toast({ tone: "alarm", text: text("history-lost"), detail: text("history-lost-detail") });
  }, [lost]);
  useEffect(() => {
    if (restored) toast({ tone: "info", lasting: true, text: text("keys-restored") });
  }, [restored]);
  /* eslint-enable react-hooks/exhaustive-deps */
}
