import type { Editor } from "@tiptap/core";
import { type RefObject, useRef, useState } from "react";

import { toastError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import { chooseLifetime, takeLifetime } from "../retention/chosen";
import { type Composing, composing, composingIn, stopComposing } from "../stores/composing";
import { seeNewcomers } from "../stores/newcomers";
import { mayReachGuests } from "./attachments/guestFiles";
import { takeFile, trayOf, trays } from "./attachments/trays";
import { isTooLong, type Written, written } from "./editor/content";
import type { Session } from "./session";

export interface Sending {
  /** What was just refused, until the next change: an id of the catalogue. */
  refusal: "composer-too-long" | "tray-remove-first" | null;
  forgive: () => void;
  /** Files are being handed over. */
  busy: boolean;
  send: () => void;
}

/** Sends what is written and the files beside it: the files first, one by one, and the first of all is the reply. */
export function useSending(roomId: string, editor: Editor, session: RefObject<Session | null>, onSent: () => void): Sending {
  const text = useText();
  const [refusal, setRefusal] = useState<Sending["refusal"]>(null);
  const [busy, setBusy] = useState(false);
  /** A second press while an edit or files are being handed over. */
  const running = useRef(false);
  /** Messages, which go in the order in which they were written. */
  const line = useRef<Promise<unknown>>(Promise.resolve());

  async function edit(eventId: string): Promise<void> {
    const message = written(editor);
    if (!message) return;
    if (session.current?.isUnchanged()) return stopComposing(roomId);
    try {
      await call("timeline_edit", { roomId, eventId, markdown: message.markdown, mentions: message.users });
      session.current?.sent();
      onSent();
    } catch (thrown) {
      toastError(text, asIpcError(thrown), text("composer-edit-failed"));
    }
  }

  /** Whether files may go to everybody in the room, guests too. */
  async function agreed(): Promise<boolean> {
    try {
      return await mayReachGuests(roomId);
    } catch (thrown) {
      toastError(text, asIpcError(thrown), text("attach-failed"));
      return false;
    }
  }

  async function sendNew(): Promise<void> {
    const mode = composingIn(composing.get(), roomId);
    let replyTo = mode.kind === "reply" ? mode.eventId : null;
    const files = trayOf(trays.get(), roomId);
    if (files.length > 0 && !(await agreed())) return;
    const message = written(editor);
    const lifetime = message || files.length > 0 ? takeLifetime(roomId) : null;
    if (message || files.length > 0) seeNewcomers(roomId);
    setBusy(files.length > 0);
    for (const file of files) {
      try {
        await call("attachment_send", { roomId, id: file.id, caption: file.caption.trim() || null, replyTo, lifetime });
      } catch (thrown) {
        chooseLifetime(roomId, lifetime);
        return toastError(text, asIpcError(thrown), text("attach-send-failed", { name: file.name }));
      }
      takeFile(roomId, file.id);
      if (replyTo !== null && !message) stopComposing(roomId);
      replyTo = null;
    }
    if (message) sendText(message, mode, replyTo, lifetime);
  }

  function sendText({ markdown, users, room }: Written, mode: Composing, replyTo: string | null, lifetime: number | null): void {
    const here = session.current;
    here?.sent();
    onSent();
    line.current = line.current
      .then(() => call("timeline_send_text", { roomId, markdown, mentions: users, mentionsRoom: room, replyTo, lifetime }))
      .catch((thrown: unknown) => {
        here?.restore(markdown, mode);
        chooseLifetime(roomId, lifetime);
        toastError(text, asIpcError(thrown), text("composer-send-failed"));
      });
  }

  async function send(): Promise<void> {
    const mode = composingIn(composing.get(), roomId);
    if (isTooLong(editor)) return setRefusal("composer-too-long");
    if (mode.kind !== "edit" && trayOf(trays.get(), roomId).some((file) => file.tooLarge || file.blocked)) return setRefusal("tray-remove-first");
    await (mode.kind === "edit" ? edit(mode.eventId) : sendNew());
  }

  return {
    refusal,
    forgive: () => setRefusal(null),
    busy,
    send() {
      if (running.current) return;
      running.current = true;
      void send().finally(() => {
        running.current = false;
        setBusy(false);
      });
    },
  };
}
