import { type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from "react";

import { useText } from "../i18n/text";
import type { EventItem } from "../ipc/bindings";
import { classes } from "../kit/classes";
import { keys, matches } from "../keys";
import { startReply } from "../stores/composing";
import { useTimelineActions } from "./actions";
import { OlderState } from "./OlderState";
import { Row } from "./Row";
import { hasActions } from "./RowMenu";
import type { Row as RowModel } from "./rows";
import { rowMove } from "./rove";
import styles from "./Timeline.module.css";
import type { Scroll } from "./useScroll";

/** Where the keyboard is in the list. */
export interface Roving {
  active: number;
  setActiveKey: (key: string) => void;
}

export interface TimelineListProps {
  rows: readonly RowModel[];
  scroll: Scroll;
  roving: Roving;
  label: string;
  eventOf: (key: string) => EventItem | null;
  /** Row with something open on it: its tools stay. */
  pinned: string | null;
  /** Row that was jumped to. */
  flash: string | null;
  /** Row to give the focus to once it is drawn. */
  wanted: { current: string | null };
}

/** The log: rows where they are looked at, one tab stop, arrows inside. */
export function TimelineList({ rows, scroll, roving, label, eventOf, pinned, flash, wanted }: TimelineListProps) {
  const text = useText();
  const id = useId();
  const { roomId, openMenu } = useTimelineActions();
  const { list, scroller } = scroll;
  const { active, setActiveKey } = roving;
  const [hovered, setHovered] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  // A click gives the focus too, but shows no tools: the pointer does.
  const pointed = useRef(false);

  const here = useHere(rows, wanted, setActiveKey);
  useWanted(scroller, wanted);
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[next];
    if (!row) return;
    wanted.current = row.key;
    setActiveKey(row.key);
    list.scrollToIndex(next, { align: "auto" });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const row = rowElement(target);
    if (row && matches(keys["message-reply"].combos[0], event.nativeEvent)) return answer(event, row.dataset.row);
    if (row && menuKeys.some((combo) => matches(combo, event.nativeEvent))) return menuOf(event, row);
    if (!row || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const move = rowMove(event.key, row, target);
    if (!move) return;
    event.preventDefault();
    if (move.kind === "row") moveTo(rows.findIndex(({ key }) => key === row.dataset.row) + move.by);
    else (move.kind === "inside" ? move.element : row).focus();
  };
  const answer = (pressed: KeyboardEvent, key: string | undefined) => {
    const answered = key === undefined ? null : eventOf(key);
    if (!answered?.can.reply || answered.eventId === null) return;
    pressed.preventDefault();
    startReply(roomId, answered);
  };
  const menuOf = (asked: KeyboardEvent | MouseEvent, row: HTMLElement) => {
    const key = row.dataset.row ?? "";
    const of = eventOf(key);
    if (!of || !hasActions(of)) return;
    asked.preventDefault();
    openMenu(key, "clientX" in asked ? { x: asked.clientX, y: asked.clientY } : row);
  };
  const onContextMenu = (event: MouseEvent<HTMLDivElement>) => {
    const row = rowElement(event.target as HTMLElement);
    // Selected text keeps the menu of the system, which copies it.
    if (row && window.getSelection()?.isCollapsed) menuOf(event, row);
  };
  const onFocus = (event: FocusEvent<HTMLDivElement>) => {
    const key = rowElement(event.target)?.dataset.row;
    if (!key) return;
    setActiveKey(key);
    here.current = key;
    setFocused(pointed.current ? null : key);
  };
  const onBlur = (event: FocusEvent<HTMLDivElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    setFocused(null);
    here.current = null;
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>) => setHovered(rowElement(event.target as HTMLElement)?.dataset.row ?? null);

  return (
    <div ref={scroller} className={styles.scroller} onScroll={scroll.onScroll}>
      <div
        role="log"
        aria-label={label}
        // What is new is told by the announcer: a log that is scrolled would tell what is old.
        aria-live="off"
        className={styles.list}
        data-placed={scroll.placed || undefined}
        style={{ height: list.getTotalSize() }}
        data-testid="timeline"
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onPointerDown={() => {
          pointed.current = true;
          requestAnimationFrame(() => {
            pointed.current = false;
          });
        }}
        onFocus={onFocus}
        onBlur={onBlur}
        onPointerOver={onPointer}
        onPointerLeave={() => setHovered(null)}
      >
        <OlderState />
        {rows.length === 0 ? <p className={styles.empty}>{text("timeline-empty")}</p> : null}
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const rowId = `${id}-${row.key}`;
          const hot = row.key === hovered || row.key === focused || row.key === pinned;
          return (
            <div
              key={row.key}
              ref={list.measureElement}
              data-index={item.index}
              data-row={row.key}
              data-hot={hot || undefined}
              role="article"
              aria-labelledby={row.kind === "start" ? undefined : `${rowId}-who ${rowId}-body ${rowId}-ends`}
              aria-label={row.kind === "start" ? label : undefined}
              tabIndex={item.index === active ? 0 : -1}
              data-landmark-focus={item.index === active || undefined}
              className={classes(styles.item, row.key === flash && styles.flash)}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Row row={row} id={rowId} hot={hot} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Engines tell the place of the pointer with these, not of the row: they are taken before. */
const menuKeys = [...keys["message-actions"].combos, "ContextMenu"];

function rowElement(target: HTMLElement): HTMLElement | null {
  return target.closest<HTMLElement>("[data-row]");
}

/** The row that has the focus; when it goes, the one that takes its place gets it. */
function useHere(rows: readonly RowModel[], wanted: { current: string | null }, setActiveKey: (key: string) => void) {
  const here = useRef<string | null>(null);
  const before = useRef(rows);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = rows;
    const key = here.current;
    if (key === null || old === rows || rows.some((row) => row.key === key)) return;
    here.current = null;
    // A focus that has gone elsewhere stays there.
    const focused = document.activeElement;
    if (focused && focused !== document.body && focused.isConnected) return;
    const next = rows[Math.min(old.findIndex((row) => row.key === key), rows.length - 1)];
    if (!next) return;
    wanted.current = next.key;
    setActiveKey(next.key);
  }, [rows, wanted, setActiveKey]);
  return here;
}

/** Frames to insist for: what closes over the list moves the focus as well. */
const insist = 6;

/** Gives the focus to a row as soon as it is there. */
function useWanted(scroller: Scroll["scroller"], wanted: { current: string | null }): void {
  const look = useCallback(() => {
    const key = wanted.current;
    if (key === null) return;
    // A field or a dialog that was opened meanwhile has it.
    if (document.activeElement?.closest("[role=dialog], [role=alertdialog], [contenteditable=true], input, textarea")) {
      wanted.current = null;
      return;
    }
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
    if (row !== document.activeElement) row?.focus({ preventScroll: true });
  }, [scroller, wanted]);
  useLayoutEffect(look);
  // Far away it is drawn a frame later.
  useEffect(() => {
    if (wanted.current === null) return;
    let frame = 0;
    let left = insist;
    const next = () => {
      look();
      left -= 1;
      if (left > 0 && wanted.current !== null) frame = requestAnimationFrame(next);
      else wanted.current = null;
    };
    frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
  });
}
