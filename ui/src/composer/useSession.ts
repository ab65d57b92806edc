import type { Editor } from "@tiptap/core";
import { type RefObject, useEffect, useRef } from "react";

import { toastError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { fill, written } from "./editor/content";
import { createSession, type Session } from "./session";
import { createTyping, type Typing } from "./typing";

/** What was left in the room comes back, and what is written now is kept when the room or the window goes. */
export function useSession(roomId: string, editor: Editor, mayNotifyRoom: boolean): RefObject<Session | null> {
  const text = useText();
  const session = useRef<Session | null>(null);
  const latest = useRef({ text, mayNotifyRoom });
  useEffect(() => {
    latest.current = { text, mayNotifyRoom };
  });
  useEffect(() => {
    const page = {
      markdown: () => written(editor)?.markdown ?? "",
      fill: (markdown: string) => fill(editor, markdown, latest.current.mayNotifyRoom),
      focus: () => void editor.commands.focus(),
    };
    const opened = createSession(roomId, page, (error) => {
      const { text: word } = latest.current;
      toastError(word, error, word("composer-edit-gone"));
    });
    session.current = opened;
    void opened.open();
    const onHide = () => {
      if (document.visibilityState === "hidden") opened.flush();
    };
    document.addEventListener("visibilitychange", onHide);
    window.addEventListener("pagehide", opened.flush);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("pagehide", opened.flush);
      opened.close();
      session.current = null;
    };
  }, [roomId, editor]);
  return session;
}

export function useTyping(roomId: string): RefObject<Typing | null> {
  const typing = useRef<Typing | null>(null);
  useEffect(() => {
    const begun = createTyping(roomId);
    typing.current = begun;
    return () => begun.stop();
  }, [roomId]);
  return typing;
}
