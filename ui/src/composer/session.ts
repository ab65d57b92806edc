import { asIpcError, call } from "../ipc/backend";
import type { Draft, DraftMode, IpcError } from "../ipc/bindings";
import { composing, composingIn, type Composing, resumeComposing, stopComposing } from "../stores/composing";
import { createDraftKeeper, loadDraft } from "./drafts";

/** The editor, as a session sees it. */
export interface Page {
  /** Empty when there is nothing to send. */
  markdown(): string;
  fill(markdown: string): void;
  focus(): void;
}

export interface Session {
  /** Fills the page with what was left in the room. */
  open(): Promise<void>;
  /** The user changed the text. */
  changed(): void;
  /** The text is still what the event says. */
  isUnchanged(): boolean;
  /** It is on its way: the page goes back to what was being written before, if anything. */
  sent(): void;
  /** It is not: as it was, if nothing else was begun. */
  restore(markdown: string, mode: Composing): void;
  /** Saves what is not saved. */
  flush(): void;
  close(): void;
}

/** New messages that were set aside to edit another, by room. */
const setAside = new Map<string, string>();

export function forgetSetAside(): void {
  setAside.clear();
}

/**
 * What is written in a room and what sending will do, in step with each other: replying keeps the text, editing sets it
 * aside and fetches the event's, both are kept as a draft.
 */
export function createSession(roomId: string, page: Page, onError: (error: IpcError) => void): Session {
  const mode = () => composingIn(composing.get(), roomId);
  let shown: Composing = { kind: "new" };
  /** The event being edited, as it was. */
  let source: { eventId: string; markdown: string } | null = null;
  let opened = false;
  let closed = false;

  const keeper = createDraftKeeper(roomId, () => {
    const untouched = shown.kind === "edit" && (source === null || isUnchanged());
    const markdown = untouched ? (setAside.get(roomId) ?? "") : page.markdown();
    if (markdown === "") return null;
    return { markdown, mode: untouched ? { kind: "new" } : draftMode(shown) };
  });

  function isUnchanged(): boolean {
    return source !== null && page.markdown() === source.markdown;
  }

  /** Fetches the event's text; `written` is what the user made of it already. */
  async function edit(eventId: string, written: string | null): Promise<void> {
    source = null;
    try {
      const { markdown } = await call("timeline_edit_source", { roomId, eventId });
      if (closed || !isEditing(mode(), eventId)) return;
      page.fill(markdown);
      source = { eventId, markdown: page.markdown() };
      if (written !== null) page.fill(written);
    } catch (thrown) {
      if (closed || !isEditing(mode(), eventId)) return;
      onError(asIpcError(thrown));
      if (written) setAside.set(roomId, written);
      stopComposing(roomId);
    }
  }

  function follow(): void {
    const before = shown;
    const next = mode();
    if (!opened || next === before) return;
    shown = next;
    if (next.kind === "edit") {
      if (before.kind !== "edit") setAside.set(roomId, page.markdown());
      void edit(next.eventId, null).then(() => closed || page.focus());
      return;
    }
    if (before.kind === "edit") {
      source = null;
      page.fill(setAside.get(roomId) ?? "");
      setAside.delete(roomId);
    }
    keeper.changed();
    page.focus();
  }

  const unfollow = composing.subscribe(follow);

  return {
    async open() {
      const draft = await loadDraft(roomId);
      if (closed) return;
      if (draft && mode().kind === "new") resumeComposing(roomId, composingOf(draft));
      shown = mode();
      opened = true;
      if (shown.kind === "edit") return edit(shown.eventId, draft?.mode.kind === "edit" ? draft.markdown : null);
      if (!draft || draft.mode.kind === "edit") return;
      // Who was faster than the store goes on behind what it had.
      const typed = page.markdown();
      page.fill(typed === "" ? draft.markdown : `${draft.markdown}\n\n${typed}`);
    },
    changed: keeper.changed,
    isUnchanged,
    sent() {
      if (mode().kind !== "edit") page.fill("");
      stopComposing(roomId);
      keeper.changed();
      keeper.flush();
    },
    restore(markdown, was) {
      if (closed || mode().kind === "edit") {
        setAside.set(roomId, markdown);
        return;
      }
      if (mode().kind === "new") resumeComposing(roomId, was);
      const typed = page.markdown();
      page.fill(typed === "" ? markdown : `${markdown}\n\n${typed}`);
      keeper.changed();
    },
    flush: keeper.flush,
    close() {
      keeper.flush();
      closed = true;
      unfollow();
    },
  };
}

function isEditing(mode: Composing, eventId: string): boolean {
  return mode.kind === "edit" && mode.eventId === eventId;
}

function draftMode(mode: Composing): DraftMode {
  return mode.kind === "new" ? { kind: "new" } : { kind: mode.kind, eventId: mode.eventId };
}

function composingOf({ mode }: Draft): Composing {
  return mode.kind === "reply" ? { ...mode, sender: null, preview: null } : mode;
}
