import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from "react";

import { useText } from "../i18n/text";
import { IconChevronDown, IconChevronRight } from "../kit/icons";
import { Skeleton } from "../kit/Skeleton";
import { ownGuest } from "../stores/ownGuest";
import { roomList } from "../stores/roomList";
import { settings } from "../stores/settings";
import { sameItems, useStore } from "../stores/store";
import { openRoom, view } from "../stores/view";
import { listState, setSectionOpen } from "./listState";
import styles from "./RoomList.module.css";
import { RoomRow } from "./RoomRow";
import { RoomRowMenu } from "./RoomRowMenu";
import { type ListRow, listRows } from "./sections";
import { useToday } from "./useToday";

const sectionHeight = 34;
const rowHeights = { normal: 56, compact: 42 };

/** A tree of two levels, drawn where it is looked at; one tab stop, arrows inside. */
export function RoomList() {
  const text = useText();
  const ready = useStore(roomList, (list) => list.ready);
  const rows = useRows();
  if (!ready) return <ListSkeleton />;
  if (rows.length === 0) return <EmptyList />;
  return <Tree rows={rows} label={text("room-list")} />;
}

/** The same rows while neither order nor sections change, so that a new message redraws its row only. */
function useRows(): ListRow[] {
  const { filter, closed } = useStore(listState);
  const last = useRef<ListRow[]>([]);
  const rooms = useStore(roomList, (list) => list.value.items, sameItems);
  return useMemo(() => {
    const rows = listRows(rooms, filter, closed);
    const same = (a: ListRow, b: ListRow | undefined) => b !== undefined && JSON.stringify(a) === JSON.stringify(b);
    if (rows.length === last.current.length && rows.every((row, i) => same(row, last.current[i]))) return last.current;
    last.current = rows;
    return rows;
  }, [rooms, filter, closed]);
}

function Tree({ rows, label }: { rows: ListRow[]; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const height = useStore(settings, (now) => rowHeights[now.density]);
  const openId = useStore(view, (now) => now.room?.roomId ?? null);
  const today = useToday();
  const [menu, setMenu] = useState<{ roomId: string; row: HTMLElement } | null>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);

  const indexOf = (key: string | null) => (key === null ? -1 : rows.findIndex((row) => row.key === key));
  const firstRoom = rows.findIndex((row) => row.kind === "room");
  const active = [indexOf(activeKey), indexOf(openId), firstRoom].find((index) => index >= 0) ?? 0;

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "section" ? sectionHeight : height),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    // The tab stop must exist wherever the list is scrolled to.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), active])].sort((a, b) => a - b),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height, rows]);
  useEffect(() => {
    // When the first rooms are on screen: what `cargo xtask bench` times.
    const frame = requestAnimationFrame(() => performance.mark("room-list"));
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => {
    const index = openId === null ? -1 : rows.findIndex((row) => row.key === openId);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
    // Only when another room is opened: a list that reorders must not move under the eyes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [openId]);
  useEffect(() => {
    if (wanted.current === null) return;
    scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`)?.focus();
    wanted.current = null;
  });

  const moveTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    wanted.current = row.key;
    setActiveKey(row.key);
    virtualizer.scrollToIndex(rows.indexOf(row), { align: "auto" });
  };
  const act = (row: ListRow) => (row.kind === "room" ? openRoom(row.key) : setSectionOpen(row.section, !row.open));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = rows[active];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!treeKey(event.key, { row, active, rows, moveTo, act })) return;
    event.preventDefault();
  };
  const onContextMenu = (event: MouseEvent<HTMLDivElement>) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>("[role=treeitem]");
    const key = element?.dataset.key;
    if (!element || rows[indexOf(key ?? null)]?.kind !== "room" || !key) return;
    event.preventDefault();
    setMenu({ roomId: key, row: element });
  };

  return (
    <div ref={scroller} className={styles.scroller} onContextMenu={onContextMenu}>
      <div
        role="tree"
        aria-label={label}
        data-testid="room-list"
        className={styles.tree}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={row.key}
              role="treeitem"
              data-key={row.key}
              className={styles.item}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              tabIndex={item.index === active ? 0 : -1}
              data-landmark-focus={item.index === active || undefined}
              aria-level={row.kind === "section" ? 1 : 2}
              {...(row.kind === "section"
                ? { "aria-expanded": row.open }
                : { "aria-posinset": row.position, "aria-setsize": row.of, "aria-selected": row.key === openId })}
              onFocus={() => setActiveKey(row.key)}
              onClick={() => act(row)}
            >
              {row.kind === "section" ? <SectionHead row={row} /> : <RoomRow roomId={row.key} today={today} />}
            </div>
          );
        })}
      </div>
      {menu ? <RoomRowMenu roomId={menu.roomId} anchor={menu.row} onClose={() => setMenu(null)} /> : null}
    </div>
  );
}

interface TreeKey {
  row: ListRow;
  active: number;
  rows: readonly ListRow[];
  moveTo: (index: number) => void;
  act: (row: ListRow) => void;
}

/** The keys of a tree (ARIA practices); answers whether it was one of them. */
function treeKey(key: string, { row, active, rows, moveTo, act }: TreeKey): boolean {
  switch (key) {
    case "ArrowDown":
      moveTo(active + 1);
      return true;
    case "ArrowUp":
      moveTo(active - 1);
      return true;
    case "PageDown":
      moveTo(active + 8);
      return true;
    case "PageUp":
      moveTo(active - 8);
      return true;
    case "Home":
      moveTo(0);
      return true;
    case "End":
      moveTo(rows.length - 1);
      return true;
    case "Enter":
    case " ":
      act(row);
      return true;
    case "ArrowRight":
      if (row.kind === "section") {
        if (row.open) moveTo(active + 1);
        else act(row);
      }
      return true;
    case "ArrowLeft":
      if (row.kind === "room") moveTo(rows.findIndex((other) => other.kind === "section" && other.section === row.section));
      else if (row.open) act(row);
      return true;
    default:
      return false;
  }
}

function SectionHead({ row }: { row: Extract<ListRow, { kind: "section" }> }) {
  const text = useText();
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    <div className={styles.section}>
      <span>{text(`section-${row.section}`)}</span>
      <Chevron size={13} />
      {!row.open && row.unread > 0 ? <span className={styles.sectionUnread}>{text("section-unread", { count: row.unread })}</span> : null}
    </div>
  );
}

function ListSkeleton() {
  const text = useText();
  return (
    <div className={styles.skeleton} aria-busy role="status" aria-label={text("room-list-loading")}>
      {[0, 1, 2, 3, 4, 5, 6, 7].map((row) => (
        <div key={row} className={styles.skeletonRow}>
          <Skeleton width="var(--row-avatar)" height="var(--row-avatar)" round />
          <div className={styles.skeletonLines}>
            <Skeleton width={`${45 + ((row * 23) % 45)}%`} />
            <Skeleton width={`${35 + ((row * 31) % 55)}%`} height={11} />
          </div>
        </div>
      ))}
    </div>
  );
}

function EmptyList() {
  const text = useText();
  const filter = useStore(listState, (now) => now.filter.trim());
  const guest = useStore(ownGuest);
  return (
    <p className={styles.empty} role="status">
      {filter ? text("room-list-none-found", { filter }) : text(guest ? "room-list-empty-guest" : "room-list-empty")}
    </p>
  );
}
