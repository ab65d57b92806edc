import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type SyntheticEvent, useEffect, useMemo, useRef, useState } from "react";
import { Input, SearchField } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { RoomDetails } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconFind, IconPersonAdd, IconSave } from "../kit/icons";
import { Skeleton } from "../kit/Skeleton";
import { toast } from "../kit/Toasts";
import { roomMembers } from "../stores/members";
import { askRoom } from "../stores/roomDialog";
import { sameItems, useStore } from "../stores/store";
import styles from "./MemberList.module.css";
import { MemberMenu } from "./MemberMenu";
import { MemberRow } from "./MemberRow";
import { type MemberRow as Row, memberRows, sortMembers } from "./memberRows";

const heights = { section: 34, member: 48 };

/** Everybody of a room, found by name or address. */
export function MemberList({ room }: { room: RoomDetails }) {
  const text = useText();
  const [filter, setFilter] = useState("");
  const exporting = useToastedWork(text("members-export-failed"));
  const exportList = () =>
    exporting.run(
      () => call("room_members_export", { roomId: room.roomId }),
      ({ name }) => toast({ tone: "safe", text: text("members-exported", { name }) }),
    );
  const { ready, error } = useStore(roomMembers(room.roomId));
  const members = useStore(roomMembers(room.roomId), (live) => live.value.items, sameItems);
  const sorted = useMemo(() => sortMembers(members), [members]);
  const rows = useMemo(() => memberRows(sorted, filter), [sorted, filter]);
  return (
    <>
      <div className={styles.tools}>
        <SearchField aria-label={text("members-filter")} value={filter} onChange={setFilter} className={styles.find ?? ""}>
          <IconFind size={16} />
          <Input
            placeholder={text("members-filter")}
            className={styles.input ?? ""}
            spellCheck="false"
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              document.querySelector<HTMLElement>("[data-member-list] button[tabindex='0']")?.focus();
            }}
          />
        </SearchField>
        {room.can.invite && room.kind !== "direct" ? (
          <Button wide icon={<IconPersonAdd />} onPress={() => askRoom({ kind: "invite", roomId: room.roomId })}>
            {text("room-invite-open")}
          </Button>
        ) : null}
        {room.kind === "direct" ? null : (
          <Button wide icon={<IconSave size={16} />} busy={exporting.busy} onPress={exportList}>
            {text("members-export")}
          </Button>
        )}
      </div>
      {error ? (
        <div className={styles.problem}>
          <ErrorNotice error={error} what={text("members-failed")} />
        </div>
      ) : null}
      {ready ? <List room={room} rows={rows} filter={filter} /> : error ? null : <Waiting />}
    </>
  );
}

/** Drawn where it is looked at; one tab stop, arrows inside, Enter opens a member's menu. */
function List({ room, rows, filter }: { room: RoomDetails; rows: Row[]; filter: string }) {
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ userId: string; row: HTMLElement } | null>(null);
  const wanted = useRef<string | null>(null);
  const known = rows.findIndex((row) => row.kind === "member" && row.key === activeKey);
  const active = known >= 0 ? known : rows.findIndex((row) => row.kind === "member");
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[rows[index]?.kind ?? "member"],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    // The tab stop must exist wherever the list is scrolled to.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), Math.max(0, active)])].sort((a, b) => a - b),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rows]);
  useEffect(() => {
    if (wanted.current === null) return;
    scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`)?.focus();
    wanted.current = null;
  });

  const moveTo = (from: number, step: 1 | -1) => {
    let index = Math.max(0, Math.min(rows.length - 1, from));
    while (rows[index]?.kind === "section") index += step;
    const row = rows[index];
    if (!row) return;
    wanted.current = row.key;
    setActiveKey(row.key);
    virtualizer.scrollToIndex(index, { align: "auto" });
  };
  const openMenu = (event: SyntheticEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("button[data-key]");
    if (!row?.dataset.key) return;
    event.preventDefault();
    setMenu({ userId: row.dataset.key, row });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const goes: Record<string, [number, 1 | -1]> = {
      ArrowDown: [active + 1, 1],
      ArrowUp: [active - 1, active > 1 ? -1 : 1],
      PageDown: [active + 8, 1],
      PageUp: [active - 8, 1],
      Home: [0, 1],
      End: [rows.length - 1, -1],
    };
    // By keys the first item of the menu has the focus; a click would leave it to the menu.
    if (event.key === "Enter" || event.key === " ") return openMenu(event);
    const go = goes[event.key];
    if (!go) return;
    event.preventDefault();
    moveTo(...go);
  };
  if (rows.length === 0) {
    return (
      <p className={styles.none} role="status">
        {text("members-none", { filter: filter.trim() })}
      </p>
    );
  }
  return (
    <div ref={scroller} className={styles.scroller} data-member-list>
      <div
        role="list"
        aria-label={text("room-members")}
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onContextMenu={openMenu}
        onClick={openMenu}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const place = { height: item.size, transform: `translateY(${item.start}px)` };
          return row.kind === "section" ? (
            <div key={row.key} role="listitem" className={styles.item} style={place}>
              <h3 className={styles.section}>{text(`members-section-${row.section}`, { count: row.count })}</h3>
            </div>
          ) : (
            <div key={row.key} role="listitem" aria-posinset={row.position} aria-setsize={row.of} className={styles.item} style={place}>
              <MemberRow roomId={room.roomId} userId={row.key} isActive={item.index === active} onFocus={setActiveKey} />
            </div>
          );
        })}
      </div>
      {menu ? <MemberMenu room={room} userId={menu.userId} anchor={menu.row} onClose={() => setMenu(null)} /> : null}
    </div>
  );
}

function Waiting() {
  const text = useText();
  return (
    <div className={styles.waiting} role="status" aria-busy aria-label={text("members-loading")}>
      {[58, 44, 66, 50, 38].map((width) => (
        <span key={width} className={styles.waitingRow}>
          <Skeleton width={30} height={30} round />
          <Skeleton width={`${width}%`} />
        </span>
      ))}
    </div>
  );
}
