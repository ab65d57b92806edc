import { useMemo, useRef, useState } from "react";

import type { EventItem, TimelineItem } from "../ipc/bindings";
import { eventOf, firstUnread } from "./rows";

/** Whether an event is news: said by somebody else. */
export function isNews(event: EventItem | null): event is EventItem {
  return event !== null && !event.own && event.body.kind !== "state";
}

/** The news after the row `key`; none when it is not there any more. */
export function newsAfter(items: readonly TimelineItem[], key: string | null): EventItem[] {
  const at = key === null ? -1 : items.findLastIndex((item) => item.key === key);
  return at < 0 ? [] : items.slice(at + 1).map(eventOf).filter(isNews);
}

/** Key of the row where the last `count` news begin; `null` while fewer are here. */
export function nthNews(items: readonly TimelineItem[], count: number): string | null {
  let left = count;
  for (let i = items.length - 1; i >= 0 && left > 0; i--) {
    const item = items[i];
    if (!item || !isNews(eventOf(item))) continue;
    left -= 1;
    if (left === 0) return item.key;
  }
  return null;
}

/** Key of the last event. */
export function lastKey(items: readonly TimelineItem[]): string | null {
  return items.findLast((item) => item.content.kind === "event")?.key ?? null;
}

export interface UnreadLine {
  /** The row above which the line is drawn. */
  at: string | null;
  /** Until more is unread. */
  clear: () => void;
  /** Draws it above a row of one's choice. */
  put: (key: string) => void;
}

/**
 * The line stays where it was when the room was opened: the shell's marker moves as soon as the end is seen, and
 * eyes look for the line after that. It moves on when something new comes while nobody is `following`.
 */
export function useUnreadLine(items: readonly TimelineItem[], following: boolean): UnreadLine {
  const marker = useMemo(() => firstUnread(items), [items]);
  const [line, setLine] = useState(marker);
  const before = useRef(marker);
  if (marker !== before.current) {
    before.current = marker;
    if (marker !== null && !following && marker !== line) setLine(marker);
  }
  return useMemo(() => ({ at: line, clear: () => setLine(null), put: setLine }), [line]);
}
