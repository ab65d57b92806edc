import type { EventItem, TimelineItem } from "../ipc/bindings";
import { startOfDay } from "../rooms/wordTime";

/** What one row draws; the events themselves are looked up by key, so that a change redraws its row only. */
export type Row = EventRow | ChangesRow | StartRow;

interface RowHead {
  key: string;
  /** A day begins above this row. */
  day: number | null;
  /** The unread line is above this row. */
  unread: boolean;
}

export interface EventRow extends RowHead {
  kind: "event";
  /** Name and avatar are drawn: the row above is another sender's, or long ago. */
  first: boolean;
  /** The row below belongs to somebody else. */
  last: boolean;
}

/** Consecutive changes of state, in one quiet row. */
export interface ChangesRow extends RowHead {
  kind: "changes";
  items: readonly string[];
}

/** The first row of a room. */
export interface StartRow extends RowHead {
  kind: "start";
}

/** Messages of one sender this close stand together. */
const together = 5 * 60_000;

export function eventOf(item: TimelineItem | undefined): EventItem | null {
  return item?.content.kind === "event" ? item.content.event : null;
}

/** Whether an event stands under the name above it. */
function continues(above: EventItem, event: EventItem): boolean {
  return (
    above.sender.userId === event.sender.userId &&
    above.own === event.own &&
    Math.abs(event.timestamp - above.timestamp) < together &&
    !isEmote(above) &&
    !isEmote(event)
  );
}

/** "* Yann apporte le café" names its sender itself. */
export function isEmote(event: EventItem): boolean {
  return event.body.kind === "text" && event.body.style === "emote";
}

/** Key of the first event under the read marker of the shell, if there is one. */
export function firstUnread(items: readonly TimelineItem[]): string | null {
  const marker = items.findLastIndex((item) => item.content.kind === "readMarker");
  if (marker < 0) return null;
  return items.slice(marker + 1).find((item) => eventOf(item))?.key ?? null;
}

/**
 * Rows from top to bottom. Days and the unread line belong to the row under them, so that every row is an event
 * that stays when older ones come: the position of the list is held on to such a row.
 */
export function timelineRows(items: readonly TimelineItem[], unreadAt: string | null): Row[] {
  const rows: Row[] = [];
  let day: number | null = null;
  let unread = false;
  let above: EventItem | null = null;
  for (const item of items) {
    const { content } = item;
    if (content.kind === "dayDivider") day = startOfDay(content.timestamp);
    else if (content.kind === "start") rows.push({ kind: "start", key: item.key, day: null, unread: false });
    if (content.kind !== "event") continue;
    const { event } = content;
    unread = item.key === unreadAt;
    const split = day !== null || unread;
    const last = rows.at(-1);
    if (event.body.kind === "state") {
      if (last?.kind === "changes" && !split) rows[rows.length - 1] = { ...last, items: [...last.items, item.key] };
      else rows.push({ kind: "changes", key: item.key, items: [item.key], day, unread });
      above = null;
    } else {
      const first = split || above === null || !continues(above, event);
      if (!first && last?.kind === "event") rows[rows.length - 1] = { ...last, last: false };
      rows.push({ kind: "event", key: item.key, first, last: true, day, unread });
      above = event;
    }
    day = null;
  }
  return rows;
}

function sameRow(a: Row, b: Row): boolean {
  if (a.kind !== b.kind || a.key !== b.key || a.day !== b.day || a.unread !== b.unread) return false;
  if (a.kind === "event" && b.kind === "event") return a.first === b.first && a.last === b.last;
  if (a.kind === "changes" && b.kind === "changes") {
    return a.items.length === b.items.length && a.items.every((key, i) => key === b.items[i]);
  }
  return true;
}

/** `next` with the rows of `before` that are the same: those are not drawn again. */
export function keepRows(before: readonly Row[], next: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.key, row]));
  const kept = next.map((row) => {
    const old = known.get(row.key);
    return old && sameRow(old, row) ? old : row;
  });
  return kept.length === before.length && kept.every((row, i) => row === before[i]) ? before : kept;
}
