import { defaultRangeExtractor, type Virtualizer, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { EventItem } from "../ipc/bindings";
import { type Position } from "./positions";
import type { Row } from "./rows";
import { rowSize } from "./rowSize";

/** Above the first row: where the fetching of older messages is told. */
export const topSpace = 48;
/** This close to the end counts as the end. */
const nearEnd = 40;

export type List = Virtualizer<HTMLDivElement, HTMLDivElement>;

export interface Scroll {
  list: List;
  scroller: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  /** The list stands where it should at opening. */
  placed: boolean;
  onScroll: () => void;
}

/**
 * The list of rows, held in place: by its end when that is in view, else by the first row in view, so that nothing
 * jumps when older messages come above. The engines do not do that for us: WebKitGTK has no `overflow-anchor`.
 */
export function useScroll({
  rows,
  eventOf,
  active,
  saved,
  focusAt,
}: {
  rows: readonly Row[];
  eventOf: (key: string) => EventItem | null;
  /** Row of the tab stop: it exists wherever the list is scrolled to. */
  active: number;
  saved: Position | null;
  /** Row to open the list at. */
  focusAt: number;
}): Scroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(false);
  const [placed, setPlaced] = useState(false);
  const reheaded = useReheaded(rows);

  const list: List = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: useEstimate(rows, eventOf),
    // The same function for the same rows: another one would have all places counted again.
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    initialRect: { width: 600, height: 800 },
    initialMeasurementsCache: saved?.sizes ?? [],
    overscan: 8,
    paddingStart: topSpace,
    paddingEnd: 4,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...(active >= 0 && active < range.count ? [active] : [])])].sort((a, b) => a - b),
  });
  list.shouldAdjustScrollPositionOnItemSizeChange = (item, _, { itemSizeCache, scrollOffset, scrollDirection }) => {
    const offset = scrollOffset ?? 0;
    if (!itemSizeCache.has(item.key)) return item.start < offset;
    // Its day or its name went to an older row: what is under them keeps its place.
    if (reheaded.current.has(String(item.key))) return item.start <= offset + topSpace;
    return item.end <= offset && scrollDirection !== "backward";
  };

  useLayoutEffect(() => {
    if (rows.length > 0) place(list, rows, saved, focusAt);
    setPlaced(true);
    // Once: afterwards the list holds its own position, and follows its end when it was empty.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (box) setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight <= nearEnd);
  }, []);
  useEffect(onScroll);
  useEffect(() => stayAtEnd(scroller.current, list), [list]);
  return { list, scroller, atEnd: atEnd && placed, placed, onScroll };
}

/** The composer grows, a banner comes: the end that was in view stays in view. */
function stayAtEnd(box: HTMLElement | null, list: List): (() => void) | undefined {
  if (!box || typeof ResizeObserver === "undefined") return;
  let height = box.clientHeight;
  const observer = new ResizeObserver(() => {
    const wasAtEnd = box.scrollHeight - box.scrollTop - height <= nearEnd;
    if (box.clientHeight < height && wasAtEnd) list.scrollToEnd();
    height = box.clientHeight;
  });
  observer.observe(box);
  return () => observer.disconnect();
}

/**
 * The height a row is taken to have until it is drawn. It stays what it was first: the list counts on it even after, for
 * rows that turned out as high as that, and a row that grew must be seen to grow.
 */
function useEstimate(rows: readonly Row[], eventOf: (key: string) => EventItem | null): (index: number) => number {
  const estimates = useRef(new Map<string, number>());
  return useCallback(
    (index: number) => {
      const row = rows[index];
      if (!row) return 40;
      const known = estimates.current.get(row.key) ?? sizeOf(row, eventOf);
      estimates.current.set(row.key, known);
      return known;
    },
    [rows, eventOf],
  );
}

/** A row that cannot be measured takes some place; that it cannot be drawn is said there. */
function sizeOf(row: Row, eventOf: (key: string) => EventItem | null): number {
  try {
    return rowSize(row, eventOf);
  } catch {
    return 40;
  }
}

/** Where a room opens: at the event asked for, where it was left, else at its end. */
function place(list: List, rows: readonly Row[], saved: Position | null, focusAt: number): void {
  const at = saved ? rows.findIndex((row) => row.key === saved.key) : -1;
  if (focusAt >= 0) list.scrollToIndex(focusAt, { align: "center" });
  else if (saved && at >= 0) {
    const start = list.getOffsetForIndex(at, "start");
    list.scrollToOffset((start?.[0] ?? 0) + saved.past);
  } else list.scrollToEnd();
}

/** Rows whose day, name or line came or went with the last change. */
function useReheaded(rows: readonly Row[]): RefObject<ReadonlySet<string>> {
  const before = useRef(rows);
  const reheaded = useRef<ReadonlySet<string>>(new Set());
  if (before.current !== rows) {
    const old = new Map(before.current.map((row) => [row.key, row]));
    const head = (row: Row) => `${row.day} ${row.unread} ${row.kind === "event" && row.first}`;
    reheaded.current = new Set(rows.flatMap((row) => {
      const was = old.get(row.key);
      return was && was !== row && head(was) !== head(row) ? [row.key] : [];
    }));
    before.current = rows;
  }
  return reheaded;
}

/** The first row in view, and how far it is scrolled past; `null` at the end. */
export function positionIn(list: List, atEnd: boolean, seen: string | null): Position | null {
  const offset = list.scrollOffset;
  if (atEnd || offset === null) return null;
  const first = list.getVirtualItemForOffset(offset);
  if (!first) return null;
  return { key: String(first.key), past: offset - first.start, sizes: list.takeSnapshot(), seen };
}
