import { useEffect, useState } from "react";

import { toastError } from "../../errors/wordError";
import { useText } from "../../i18n/text";
import { asIpcError, backend, call } from "../../ipc/backend";
import { addFiles } from "./trays";

export interface Attachments {
  /** Files hover over the window. */
  hovering: boolean;
  /** Asks the system for files. */
  pick: () => Promise<void>;
  /** Takes the picture on the clipboard, if there is one. */
  paste: () => Promise<void>;
}

/** Files that are chosen, dropped or pasted go to the tray; none while a message is edited. */
export function useAttachments(roomId: string, enabled: boolean): Attachments {
  const text = useText();
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    const end = backend().subscribe("attachment_subscribe", null, (event) => {
      setHovering(event.kind === "dragEntered");
      if (event.kind === "dropped") addFiles(roomId, event.drafts);
    });
    return () => {
      setHovering(false);
      end();
    };
  }, [roomId, enabled]);
  const failed = (thrown: unknown) => toastError(text, asIpcError(thrown), text("attach-failed"));
  return {
    hovering,
    async pick() {
      if (enabled) await call("attachment_pick").then((drafts) => addFiles(roomId, drafts), failed);
    },
    async paste() {
      if (enabled) await call("attachment_paste").then((draft) => draft && addFiles(roomId, [draft]), failed);
    },
  };
}
