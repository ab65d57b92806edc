import { useEffect, useState } from "react";
import { Button } from "react-aria-components";

import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Badge } from "../kit/Badge";
import { IconButton } from "../kit/IconButton";
import { IconArrowDown, IconArrowUp, IconCheck } from "../kit/icons";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import type { TimelineStore } from "../stores/timeline";
import { eventOf, type Row } from "./rows";
import styles from "./Timeline.module.css";
import { isNews, nthNews, type UnreadLine } from "./unread";
import { paginate } from "./usePagination";
import type { Scroll } from "./useScroll";

/** To the end, and how much came there since it was last seen. */
export function DownButton({ shown, gap, count, onPress }: { shown: boolean; gap: boolean; count: number; onPress: () => void }) {
  const text = useText();
  if (!shown) return null;
  if (gap) {
    return (
      <Button className={styles.gap ?? ""} onPress={onPress}>
        <span>{text("timeline-gap")}</span>
        <b>
          {text("timeline-to-latest")} <IconArrowDown size={15} />
        </b>
      </Button>
    );
  }
  return (
    <Button className={styles.down ?? ""} aria-label={text("timeline-down-count", { count })} onPress={onPress}>
      {count > 0 ? <Badge count={count} /> : null}
      <IconArrowDown size={18} />
    </Button>
  );
}

/** Pages fetched at most in search of the first unread message. */
const mostPages = 12;

/** While the first unread message is above what is seen: how many there are, and the way there. */
export function UnreadPill({ roomId, store, rows, scroll, line, gap }: { roomId: string; store: TimelineStore; rows: readonly Row[]; scroll: Scroll; line: UnreadLine; gap: boolean }) {
  const text = useText();
  const reading = useToastedWork(text("timeline-mark-read-failed"));
  // As it was when the room was opened: reading on takes it to zero.
  const [opened] = useState(() => roomList.get().value.byKey.get(roomId)?.unreadMessages ?? 0);
  const reachedStart = useStore(store, (live) => live.value.reachedStart);
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const at = line.at === null ? -1 : rows.findIndex((row) => row.key === line.at);
  const place = useLinePlace(scroll, at);
  if (place === "seen" && !done) setDone(true);
  const hidden = at < 0 && (opened === 0 || reachedStart);
  if (done || gap || hidden || (at >= 0 && place !== "above") || !scroll.placed) return null;

  const count = at < 0 ? opened : countNews(store, line.at);
  const go = async () => {
    let key = line.at;
    if (at < 0) {
      setBusy(true);
      key = await findNews(roomId, store, opened);
      setBusy(false);
      if (key !== null) line.put(key);
    }
    setDone(true);
    // The row is drawn with its line first.
    if (key !== null) requestAnimationFrame(() => scrollToKey(scroll, key));
  };
  const markRead = () => {
    setDone(true);
    line.clear();
    reading.run(() => call("timeline_mark_read", { roomId }));
  };
  return (
    <div className={styles.pill}>
      <Button className={styles.pillGo ?? ""} isPending={busy} onPress={() => void go()}>
        <IconArrowUp size={15} /> {text("timeline-to-unread", { count })}
        {count > 0 ? <span className="visually-hidden">. {text("timeline-to-unread-label")}</span> : null}
      </Button>
      <IconButton size="small" label={text("timeline-mark-read")} icon={<IconCheck size={16} />} onPress={markRead} />
    </div>
  );
}

/** Where the unread line is, once the list has come to rest; `at` is the row it belongs to. */
function useLinePlace({ list, scroller, placed }: Scroll, at: number): "above" | "seen" | "below" | null {
  const [place, setPlace] = useState<"above" | "seen" | "below" | null>(null);
  useEffect(() => {
    const box = scroller.current;
    if (!box || !placed || at < 0) return;
    const look = () => {
      const { top, bottom } = box.getBoundingClientRect();
      const line = box.querySelector("[data-unread-line]")?.getBoundingClientRect();
      if (line) setPlace(line.bottom <= top ? "above" : line.top >= bottom ? "below" : "seen");
      else setPlace(at < (list.range?.startIndex ?? 0) ? "above" : "below");
    };
    // The list scrolls to its place after it is drawn.
    const timer = setTimeout(look, 120);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      clearTimeout(timer);
      box.removeEventListener("scroll", look);
    };
  }, [list, scroller, placed, at]);
  return place;
}

function countNews(store: TimelineStore, key: string | null): number {
  const { items } = store.get().value.list;
  const at = items.findIndex((item) => item.key === key);
  return at < 0 ? 0 : items.slice(at).map(eventOf).filter(isNews).length;
}

function scrollToKey({ list }: Scroll, key: string): void {
  for (let i = 0; i < list.options.count; i++) {
    if (list.options.getItemKey(i) === key) return list.scrollToIndex(i, { align: "start" });
  }
}

/** Fetches older messages until `count` news are here. */
async function findNews(roomId: string, store: TimelineStore, count: number): Promise<string | null> {
  for (let page = 0; page < mostPages; page++) {
    const found = nthNews(store.get().value.list.items, count);
    if (found !== null) return found;
    if (store.get().value.reachedStart || !(await paginate(roomId, 100))) break;
  }
  const { items } = store.get().value.list;
  return items.find((item) => isNews(eventOf(item)))?.key ?? null;
}
