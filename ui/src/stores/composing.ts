import type { EventItem, PreviewContent, Sender } from "../ipc/bindings";
import { previewOfBody } from "./preview";
import { createStore, type Store } from "./store";

/** What sending will do in a room. */
export type Composing =
  | { kind: "new" }
  | { kind: "reply"; eventId: string; sender: Sender | null; preview: PreviewContent | null; endsAt?: number | null }
  | { kind: "edit"; eventId: string; endsAt?: number | null };

const fresh: Composing = { kind: "new" };
const byRoom = createStore<ReadonlyMap<string, Composing>>(new Map());

/** By room; rooms where something new is written have no entry. */
export const composing: Store<ReadonlyMap<string, Composing>> = byRoom;

/** `useStore(composing, (rooms) => composingIn(rooms, roomId))`. */
export function composingIn(rooms: ReadonlyMap<string, Composing>, roomId: string): Composing {
  return rooms.get(roomId) ?? fresh;
}

function put(roomId: string, next: Composing): void {
  byRoom.set((rooms) => new Map(rooms).set(roomId, next));
}

/** The composer takes the focus when this changes. Events without an id cannot be answered. */
export function startReply(roomId: string, event: EventItem): void {
  if (event.eventId === null) return;
  put(roomId, { kind: "reply", eventId: event.eventId, sender: event.sender, preview: previewOfBody(event.body), endsAt: event.endsAt });
}

export function startEdit(roomId: string, event: EventItem): void {
  if (event.eventId !== null) put(roomId, { kind: "edit", eventId: event.eventId, endsAt: event.endsAt });
}

/** As a draft had it: what is replied to is known when it is on screen. */
export function resumeComposing(roomId: string, next: Composing): void {
  if (next.kind !== "new") put(roomId, next);
}

export function stopComposing(roomId: string): void {
  byRoom.set((rooms) => {
    if (!rooms.has(roomId)) return rooms;
    const next = new Map(rooms);
    next.delete(roomId);
    return next;
  });
}

/** Nothing of one account stays for the next. */
export function resetComposing(): void {
  byRoom.set(new Map());
}
