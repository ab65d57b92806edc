import { useRef } from "react";
import { Menu } from "react-aria-components";

import { copyText } from "../errors/copyText";
import { useLocale, useText } from "../i18n/text";
import type { EventItem, MediaInfo } from "../ipc/bindings";
import { IconClose, IconCopy, IconEdit, IconFlag, IconKey, IconReply, IconRetry, IconSave, IconSmileAdd, IconTrash } from "../kit/icons";
import { MenuItem, MenuLine } from "../kit/Menu";
import menu from "../kit/Menu.module.css";
import { toast } from "../kit/Toasts";
import { wordKey } from "../keys";
import { startEdit, startReply } from "../stores/composing";
import { useTimelineActions } from "./actions";
import { copyable } from "./copyable";
import { remedyOf, tryRemedy } from "./remedy";
import { saveMedia } from "./saveMedia";
import { cancelSend, retrySend } from "./SendStatus";

/** Whether the menu of a message would have anything in it. */
export function hasActions(event: EventItem): boolean {
  const { can } = event;
  return can.reply || can.react || can.edit || can.redact || can.report || event.eventId === null || copyable(event.body) !== null || remedyOf(event) !== null;
}

function mediaOf(event: EventItem): MediaInfo | null {
  return "media" in event.body && event.body.kind !== "sticker" && event.eventId !== null ? event.body.media : null;
}

/** Everything that can be done with a message. `onClose` is told whether the focus goes back to it, or elsewhere. */
export function RowMenu({ event, onReact, onClose }: { event: EventItem; onReact: () => void; onClose: (focusBack: boolean) => void }) {
  const text = useText();
  const locale = useLocale();
  const { roomId, openDialog } = useTimelineActions();
  const { can, transactionId } = event;
  const sent = event.eventId !== null;
  const words = copyable(event.body);
  const media = mediaOf(event);
  const remedy = remedyOf(event);
  const elsewhere = useRef(false);
  const reacting = useRef(false);
  const leave = (act: () => void) => () => {
    elsewhere.current = true;
    act();
  };
  const copy = (value: string) =>
    void copyText(value).then((copied) => {
      toast({ tone: copied ? "safe" : "alarm", text: text(copied ? "action-copied" : "action-copy-failed") });
    });
  return (
    <Menu aria-label={text("action-menu", { name: event.sender.name })} className={menu.menu ?? ""} autoFocus="first" onClose={() => (reacting.current ? undefined : onClose(!elsewhere.current))}>
      {remedy && remedy !== "ask" ? (
        <MenuItem icon={<IconKey />} onAction={leave(() => tryRemedy(remedy, roomId, event))}>
          {text(`undecryptable-${remedy}`)}
        </MenuItem>
      ) : null}
      {sent && can.reply ? (
        <MenuItem icon={<IconReply />} keys={wordKey("message-reply", locale)} onAction={leave(() => startReply(roomId, event))}>
          {text("action-reply")}
        </MenuItem>
      ) : null}
      {sent && can.react ? (
        <MenuItem
          icon={<IconSmileAdd />}
          onAction={() => {
            reacting.current = true;
            onReact();
          }}
        >
          {text("action-react")}
        </MenuItem>
      ) : null}
      {sent && can.edit ? (
        <MenuItem icon={<IconEdit />} onAction={leave(() => startEdit(roomId, event))}>
          {text("action-edit")}
        </MenuItem>
      ) : null}
      {words !== null ? (
        <MenuItem icon={<IconCopy />} onAction={() => copy(words)}>
          {text("action-copy")}
        </MenuItem>
      ) : null}
      {media ? (
        <MenuItem icon={<IconSave />} onAction={() => void saveMedia(text, media)}>
          {text("action-save")}
        </MenuItem>
      ) : null}
      {event.sendState?.kind === "failed" && transactionId !== null ? (
        <MenuItem icon={<IconRetry />} onAction={() => retrySend(text, roomId, transactionId)}>
          {text("message-retry")}
        </MenuItem>
      ) : null}
      {!sent && transactionId !== null ? (
        <MenuItem icon={<IconClose />} danger onAction={() => cancelSend(text, roomId, transactionId)}>
          {text(event.sendState?.kind === "failed" ? "message-delete" : "message-cancel")}
        </MenuItem>
      ) : null}
      {sent && (can.redact || can.report) ? <MenuLine /> : null}
      {sent && can.report ? (
        <MenuItem icon={<IconFlag />} onAction={leave(() => openDialog({ kind: "report", event }))}>
          {text("action-report")}
        </MenuItem>
      ) : null}
      {sent && can.redact ? (
        <MenuItem icon={<IconTrash />} danger onAction={leave(() => openDialog({ kind: "redact", event }))}>
          {text("action-redact")}
        </MenuItem>
      ) : null}
    </Menu>
  );
}
