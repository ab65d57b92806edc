import type { EventItem } from "../ipc/bindings";
import { timelineOf } from "../stores/timeline";
import { view } from "../stores/view";

/** The events of the room on screen, as far as they are here, the latest last. */
function events(roomId: string): EventItem[] {
  const open = view.get().room;
  const focus = open?.roomId === roomId ? open.focus : null;
  return timelineOf(roomId, focus)
    .get()
    .value.list.items.flatMap(({ content }) => (content.kind === "event" ? [content.event] : []));
}

export function eventIn(roomId: string, eventId: string): EventItem | null {
  return events(roomId).findLast((event) => event.eventId === eventId) ?? null;
}

/** One's own last message that can be edited. */
export function lastEditable(roomId: string): EventItem | null {
  return events(roomId).findLast((event) => event.own && event.can.edit && event.eventId !== null) ?? null;
}

/** The last message that can be answered; the one before `above`, when that is being answered already. */
export function lastAnswerable(roomId: string, above: string | null): EventItem | null {
  const all = events(roomId).filter((event) => event.can.reply && event.eventId !== null);
  const at = above === null ? -1 : all.findIndex((event) => event.eventId === above);
  return (at < 0 ? all.at(-1) : all[Math.max(0, at - 1)]) ?? null;
}

/** Who wrote, the latest first. */
export function recentSenders(roomId: string): string[] {
  return [...new Set(events(roomId).map((event) => event.sender.userId).reverse())];
}
