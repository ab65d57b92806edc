import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import type { TimelineStore } from "../stores/timeline";
import { openRoom } from "../stores/view";
import { TimelineActionsProvider, type TimelineActions, type TimelineDialog } from "./actions";
import { Announcer } from "./Announcer";
import { RedactDialog, ReportDialog } from "./EventDialogs";
import { ImageViewer } from "./ImageViewer";
import { type Overlay, RowOverlay } from "./Overlays";
import { DownButton, UnreadPill } from "./Pills";
import { keepPosition, positionOf } from "./positions";
import { eventOf, keepRows, type Row, timelineRows } from "./rows";
import { TimelineList } from "./TimelineList";
import { TypingLine } from "./TypingLine";
import { lastKey, newsAfter, useUnreadLine } from "./unread";
import { useMarkRead } from "./useMarkRead";
import { usePagination } from "./usePagination";
import { positionIn, type Scroll, useScroll } from "./useScroll";
import { useTimelineKeys } from "./useTimelineKeys";
import { useWindowFocus } from "./useWindowFocus";

/** The list of one opening of a room, and all that hangs on it. */
export function Messages({ roomId, focus, store }: { roomId: string; focus: string | null; store: TimelineStore }) {
  const timeline = useStore(store, (live) => live.value);
  const { items } = timeline.list;
  const name = useStore(roomList, (list) => list.value.byKey.get(roomId)?.name ?? "");
  const saved = useState(() => (focus === null ? positionOf(roomId) : null))[0];
  const present = useWindowFocus();
  const [following, setFollowing] = useState(false);
  const line = useUnreadLine(items, following);
  const rows = useRows(items, line.at);
  const eventByKey = useCallback((key: string) => eventOf(store.get().value.list.byKey.get(key)), [store]);
  const indexOfEvent = useCallback(
    (eventId: string) => rows.findIndex((row) => row.kind === "event" && eventByKey(row.key)?.eventId === eventId),
    [rows, eventByKey],
  );

  const [activeKey, setActiveKey] = useState<string | null>(null);
  const activeAt = activeKey === null ? -1 : rows.findIndex((row) => row.key === activeKey);
  const active = activeAt >= 0 ? activeAt : rows.length - 1;
  const scroll = useScroll({ rows, eventOf: eventByKey, active, saved, focusAt: focus === null ? -1 : indexOfEvent(focus) });
  const seenEnd = scroll.atEnd && !timeline.gap;
  useEffect(() => setFollowing(seenEnd && present), [seenEnd, present]);
  usePagination(roomId, timeline, scroll);
  useMarkRead(roomId, lastKey(items), seenEnd && present);

  const wanted = useRef<string | null>(null);
  const overlays = useOverlays(wanted);
  const jump = useJump(roomId, focus, scroll, rows, indexOfEvent, setActiveKey, wanted);
  const actions = useMemo<TimelineActions>(
    () => ({ roomId, store, openMenu: overlays.openMenu, openReactions: overlays.openReactions, openDialog: overlays.openDialog, jumpTo: jump.to }),
    [roomId, store, overlays.openMenu, overlays.openReactions, overlays.openDialog, jump.to],
  );
  const unseen = useUnseen(items, seenEnd && present, saved?.seen ?? null);
  useSavedPosition(roomId, focus, scroll, unseen.last);
  const toEnd = () => {
    if (!timeline.gap) return scroll.list.scrollToEnd();
    keepPosition(roomId, null);
    openRoom(roomId);
  };
  useTimelineKeys({ roomId, rows, scroll, setActiveKey, wanted, toEnd, line });
  useOwnSending(items, toEnd);

  return (
    <TimelineActionsProvider value={actions}>
      <UnreadPill roomId={roomId} store={store} rows={rows} scroll={scroll} line={line} gap={timeline.gap} />
      <TimelineList
        rows={rows}
        scroll={scroll}
        roving={{ active, setActiveKey }}
        label={name}
        eventOf={eventByKey}
        pinned={overlays.overlay?.key ?? null}
        flash={jump.flash}
        wanted={wanted}
      />
      <DownButton shown={scroll.placed && (!scroll.atEnd || timeline.gap)} gap={timeline.gap} count={unseen.count} onPress={toEnd} />
      <TypingLine typing={timeline.typing} />
      <Announcer items={items} />
      {overlays.overlay ? <RowOverlay overlay={overlays.overlay} onClose={overlays.close} onReact={overlays.react} /> : null}
      <Dialogs roomId={roomId} dialog={overlays.dialog} onClose={overlays.closeDialog} />
    </TimelineActionsProvider>
  );
}

function Dialogs({ roomId, dialog, onClose }: { roomId: string; dialog: TimelineDialog | null; onClose: () => void }) {
  switch (dialog?.kind) {
    case "redact":
      return <RedactDialog roomId={roomId} event={dialog.event} onClose={onClose} />;
    case "report":
      return <ReportDialog roomId={roomId} event={dialog.event} onClose={onClose} />;
    case "image":
      return <ImageViewer media={dialog.media} sender={dialog.sender} onClose={onClose} />;
    default:
      return null;
  }
}

/** The same rows while they say the same. */
function useRows(items: Parameters<typeof timelineRows>[0], unreadAt: string | null): readonly Row[] {
  const last = useRef<readonly Row[]>([]);
  return useMemo(() => {
    last.current = keepRows(last.current, timelineRows(items, unreadAt));
    return last.current;
  }, [items, unreadAt]);
}

/** Menu, reactions and dialogs: one at a time, and the focus back on the row afterwards. */
function useOverlays(wanted: { current: string | null }) {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [dialog, setDialog] = useState<TimelineDialog | null>(null);
  const last = useRef<Overlay | null>(null);
  last.current = overlay ?? last.current;
  const back = useCallback(() => {
    wanted.current = last.current?.key ?? null;
  }, [wanted]);
  return {
    overlay,
    dialog,
    openMenu: useCallback((key: string, place: Overlay["place"]) => setOverlay({ kind: "menu", key, place }), []),
    openReactions: useCallback((key: string, place: Overlay["place"]) => setOverlay({ kind: "reactions", key, place }), []),
    openDialog: useCallback((next: TimelineDialog) => {
      setOverlay(null);
      setDialog(next);
    }, []),
    react: useCallback(() => setOverlay((now) => now && { ...now, kind: "reactions" }), []),
    close: useCallback(
      (focusBack: boolean) => {
        setOverlay(null);
        if (focusBack) back();
      },
      [back],
    ),
    closeDialog: useCallback(() => {
      // A picture gives the focus back itself.
      setDialog((now) => {
        if (now?.kind !== "image") back();
        return null;
      });
    }, [back]),
  };
}

/** Goes to an event that is here, or opens the room around it. */
function useJump(
  roomId: string,
  focus: string | null,
  scroll: Scroll,
  rows: readonly Row[],
  indexOfEvent: (eventId: string) => number,
  setActiveKey: (key: string) => void,
  wanted: { current: string | null },
) {
  const [flash, setFlash] = useState<string | null>(null);
  const latest = useRef({ rows, indexOfEvent, list: scroll.list });
  latest.current = { rows, indexOfEvent, list: scroll.list };
  const show = useCallback(
    (eventId: string, withFocus: boolean): boolean => {
      const { rows, indexOfEvent, list } = latest.current;
      const at = indexOfEvent(eventId);
      const row = rows[at];
      if (!row) return false;
      list.scrollToIndex(at, { align: "center" });
      if (withFocus) wanted.current = row.key;
      setActiveKey(row.key);
      setFlash(row.key);
      return true;
    },
    [setActiveKey, wanted],
  );
  const to = useCallback(
    (eventId: string) => {
      if (!show(eventId, true)) openRoom(roomId, eventId);
    },
    [show, roomId],
  );
  useEffect(() => {
    if (flash === null) return;
    const timer = setTimeout(() => setFlash(null), 2400);
    return () => clearTimeout(timer);
  }, [flash]);
  const { placed } = scroll;
  useEffect(() => {
    if (placed && focus !== null) show(focus, false);
  }, [placed, focus, show]);
  return { to, flash };
}

/** What came since the end was last seen. */
function useUnseen(items: Parameters<typeof newsAfter>[0], seeing: boolean, seenBefore: string | null) {
  const last = useRef(seenBefore ?? lastKey(items));
  if (seeing) last.current = lastKey(items);
  const count = newsAfter(items, last.current).length;
  return { count, last };
}

/** Where the room is being read is kept when it is left. */
function useSavedPosition(roomId: string, focus: string | null, scroll: Scroll, seen: { current: string | null }): void {
  const leave = useRef(() => {});
  leave.current = () => {
    if (scroll.placed) keepPosition(roomId, positionIn(scroll.list, scroll.atEnd, seen.current));
  };
  useEffect(() => {
    if (focus !== null) return;
    return () => leave.current();
  }, [focus]);
}

/** What one sends oneself is looked at. */
function useOwnSending(items: Parameters<typeof newsAfter>[0], toEnd: () => void): void {
  const last = useRef(lastKey(items));
  const latest = useRef(toEnd);
  latest.current = toEnd;
  useEffect(() => {
    const key = lastKey(items);
    if (key === last.current) return;
    last.current = key;
    const event = eventOf(items.findLast((item) => item.key === key));
    if (event?.own && event.eventId === null) latest.current();
  }, [items]);
}
