import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { useKey } from "../keys";
import { composing, composingIn } from "../stores/composing";
import type { Row } from "./rows";
import type { UnreadLine } from "./unread";
import type { Scroll } from "./useScroll";

interface Keys {
  roomId: string;
  rows: readonly Row[];
  scroll: Scroll;
  setActiveKey: (key: string) => void;
  wanted: { current: string | null };
  toEnd: () => void;
  line: UnreadLine;
}

/** Keys for the messages of the open room, wherever the focus is in its view. */
export function useTimelineKeys({ roomId, rows, scroll, setActiveKey, wanted, toEnd, line }: Keys): void {
  const text = useText();
  const reading = useToastedWork(text("timeline-mark-read-failed"));
  const inList = () => scroll.scroller.current?.contains(document.activeElement) ?? false;
  const goTo = (row: Row | undefined, go: () => void) => {
    // Inside words that are being written, and in dialogs, these keys are not ours.
    if (!row || isWriting() || isOver()) return false;
    if (inList()) wanted.current = row.key;
    setActiveKey(row.key);
    go();
    return true;
  };
  useKey("timeline-first", () => goTo(rows[0], () => scroll.list.scrollToOffset(0)));
  useKey("timeline-last", () => goTo(rows.at(-1), toEnd));
  useKey("mark-read", () => {
    // What is being answered or edited is given up first.
    if (composingIn(composing.get(), roomId).kind !== "new") return false;
    if (isOver() || isWriting() || document.querySelector("[role=menu], [role=listbox]")) return false;
    // Panel and lists have an Escape of their own; from what a row offers it goes back to the row.
    const focused = document.activeElement;
    if (focused && focused !== document.body && !focused.closest("main")) return false;
    if (focused && inList() && !focused.hasAttribute("data-row")) return false;
    line.clear();
    reading.run(() => call("timeline_mark_read", { roomId }));
    return true;
  });
}

function isOver(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}

/** A field with words in it has the focus; an empty one lets the keys pass. */
function isWriting(): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) return focused.value !== "";
  return focused instanceof HTMLElement && focused.isContentEditable && (focused.textContent ?? "") !== "";
}
