import { EditorContent, useEditorState } from "@tiptap/react";
import { exitSuggestion } from "@tiptap/suggestion";
import { useEffect, useRef, useState } from "react";

import { useLocale, useText } from "../i18n/text";
import type { RoomDetails, SyncState } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconCheck, IconOffline, IconSend, IconWarning } from "../kit/icons";
import { Tooltip } from "../kit/Tooltip";
import { useKey, wordCombo } from "../keys";
import { LifetimeButton } from "../retention/LifetimeButton";
import { useVanished } from "../retention/useVanished";
import { composing, composingIn, startEdit, startReply, stopComposing } from "../stores/composing";
import { sync } from "../stores/session";
import { settings } from "../stores/settings";
import { useStore } from "../stores/store";
import { DropOverlay } from "./attachments/DropOverlay";
import { Tray } from "./attachments/Tray";
import { trayOf, trays } from "./attachments/trays";
import { useAttachments } from "./attachments/useAttachments";
import { Banner } from "./Banner";
import styles from "./Composer.module.css";
import { Completions } from "./completion/Completions";
import { createCompletion } from "./completion/completion";
import { isTooLong, says } from "./editor/content";
import { emojiKey, mentionKey } from "./editor/extensions";
import { useComposerEditor } from "./editor/useComposerEditor";
import { saveAgain } from "./drafts";
import { lastAnswerable, lastEditable } from "./neighbours";
import { Toolbar } from "./Toolbar";
import { useSending } from "./useSending";
import { useSession, useTyping } from "./useSession";

/** The editor and all around it: what is replied to, files, formats, sending. */
export function ComposerBox({ roomId, room }: { roomId: string; room: RoomDetails }) {
  const text = useText();
  const mode = useStore(composing, (rooms) => composingIn(rooms, roomId));
  const hint = useStore(sync, (live) => hintOf(live.value));
  useEffect(() => {
    if (hint === null) saveAgain();
  }, [hint]);
  const hasFiles = useStore(trays, (all) => trayOf(all, roomId).length > 0);
  const attachments = useAttachments(roomId, mode.kind !== "edit");
  const [completion] = useState(createCompletion);
  const root = useRef<HTMLDivElement>(null);
  const placeholder = text(
    mode.kind === "new" ? (room.encrypted ? "composer-placeholder-encrypted" : "composer-placeholder") : `composer-placeholder-${mode.kind}`,
  );
  const mayNotifyRoom = room.can.notifyRoom;

  const editor = useComposerEditor(
    completion,
    { label: text("composer-label-room", { room: room.name }), placeholder },
    {
      onAsk(asked) {
        if (asked === "send") sending.send();
        else if (asked === "editLast") return editLast();
        else if (asked === "replyLast") replyLast();
        else if (asked === "bold") editor.commands.toggleBold();
        else if (asked === "italic") editor.commands.toggleItalic();
        else editor.commands.toggleCode();
        return true;
      },
      onChange() {
        sending.forgive();
        session.current?.changed();
        if (editor.isEmpty) typing.current?.stop();
        else typing.current?.typed();
      },
      onPastePicture: () => void attachments.paste(),
    },
  );
  const session = useSession(roomId, editor, mayNotifyRoom);
  const typing = useTyping(roomId);
  const sending = useSending(roomId, editor, session, () => typing.current?.stop());
  const { empty, silent, tooLong } = useEditorState({
    editor,
    selector: ({ editor: now }) => ({ empty: now.isEmpty, silent: !says(now), tooLong: isTooLong(now) }),
  });

  function editLast(): boolean {
    const event = mode.kind === "new" ? lastEditable(roomId) : null;
    if (event) startEdit(roomId, event);
    return event !== null;
  }
  function replyLast(): void {
    if (mode.kind === "edit") return;
    const event = lastAnswerable(roomId, mode.kind === "reply" ? mode.eventId : null);
    if (event) startReply(roomId, event);
  }
  const leave = () => stopComposing(roomId);
  // What is answered or edited ends: its words leave the composer too.
  useVanished(mode.kind === "new" ? null : (mode.endsAt ?? null), leave);
  useKey("attach", () => {
    // Under a dialog nothing is reached.
    if (root.current?.closest("[inert], [aria-hidden=true]")) return false;
    void attachments.pick();
    return true;
  });
  useKey("composer-leave", () => {
    if (!root.current?.contains(document.activeElement)) return false;
    if (completion.isOpen()) {
      exitSuggestion(editor.view, completion.asked.get()?.kind === "emoji" ? emojiKey : mentionKey);
      return true;
    }
    if (mode.kind === "new") return false;
    leave();
    return true;
  });

  const refusal = tooLong ? "composer-too-long" : sending.refusal;
  return (
    <>
      <div ref={root} className={styles.composer} role="group" aria-label={text("composer-region")} data-landmark tabIndex={-1}>
        <div className={styles.box}>
          <Completions completion={completion} editor={editor.view.dom} roomId={roomId} mayNotifyRoom={mayNotifyRoom} />
          <Banner roomId={roomId} mode={mode} onCancel={leave} />
          {mode.kind === "edit" ? null : <Tray roomId={roomId} onEnter={sending.send} onLeave={() => editor.commands.focus()} />}
          <div className={styles.editor}>
            <EditorContent editor={editor} />
            {empty ? (
              <span className={styles.placeholder} aria-hidden>
                {placeholder}
              </span>
            ) : null}
          </div>
          {refusal ? (
            <p className={styles.refusal} role="alert">
              <IconWarning size={15} />
              {text(refusal)}
            </p>
          ) : null}
          {hint ? (
            <p className={styles.hint}>
              {hint === "composer-offline" ? <IconOffline size={15} /> : <IconWarning size={15} />}
              {text(hint)}
            </p>
          ) : null}
          <div className={styles.bar}>
            <Toolbar editor={editor} onAttach={mode.kind === "edit" ? null : () => void attachments.pick()}>
              {mode.kind === "edit" ? null : <LifetimeButton roomId={roomId} retention={room.retention} />}
            </Toolbar>
            <SendButton
              saves={mode.kind === "edit"}
              nothing={silent && (mode.kind === "edit" || !hasFiles)}
              busy={sending.busy}
              onPress={() => {
                sending.send();
                editor.commands.focus();
              }}
            />
          </div>
        </div>
      </div>
      {attachments.hovering ? <DropOverlay room={room.name} /> : null}
    </>
  );
}

function SendButton({ saves, nothing, busy, onPress }: { saves: boolean; nothing: boolean; busy: boolean; onPress: () => void }) {
  const text = useText();
  const locale = useLocale();
  const enterSends = useStore(settings, (now) => now.enterSends);
  const words = text(saves ? "composer-save" : "composer-send");
  return (
    <span className={styles.send}>
      <Tooltip text={words} keys={wordCombo(enterSends ? "Enter" : "Shift+Enter", locale)}>
        <Button
          tone="primary"
          size="small"
          icon={saves ? <IconCheck size={15} /> : <IconSend size={15} />}
          isDisabled={nothing}
          busy={busy}
          onPress={onPress}
        >
          {words}
        </Button>
      </Tooltip>
    </span>
  );
}

/** What becomes of a message that is sent now, if it is out of the ordinary. */
function hintOf({ kind }: SyncState): "composer-offline" | "composer-disk-full" | "composer-disk-failing" | "composer-expired" | null {
  switch (kind) {
    case "offline":
      return "composer-offline";
    case "expired":
      return "composer-expired";
    case "diskFull":
      return "composer-disk-full";
    case "diskFailing":
      return "composer-disk-failing";
    default:
      return null;
  }
}
