import { useEffect } from "react";

import { useText } from "../i18n/text";
import type { SessionState } from "../ipc/bindings";
import { toast } from "../kit/Toasts";

/** Said once an opening: the copy on this computer was damaged, and fills again. */
export function useHistoryLost(state: SessionState): void {
  const text = useText();
  const lost = state.kind === "signedIn" && state.account.historyLost;
  useEffect(() => {
    if (lost) toast({ tone: "alarm", text: text("history-lost"), detail: text("history-lost-detail") });
    // Not again when only the language changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [lost]);
}
