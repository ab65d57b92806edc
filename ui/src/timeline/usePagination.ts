import { useEffect, useRef } from "react";

import { call } from "../ipc/backend";
import { sync } from "../stores/session";
import { useStore } from "../stores/store";
import type { RoomTimeline } from "../stores/timeline";
import type { Scroll } from "./useScroll";

const page = 50;
/** Older messages are asked for before the top is reached. */
const ahead = 900;

/** Whether it worked; a failure is told by the subscription. */
export function paginate(roomId: string, count = page): Promise<boolean> {
  return call("timeline_paginate", { roomId, count }).then(
    () => true,
    () => false,
  );
}

/** Asks for older messages near the top, one page at a time; after a failure only when asked, or when the network is back. */
export function usePagination(roomId: string, timeline: RoomTimeline, scroll: Scroll): void {
  const online = useStore(sync, (live) => live.value.kind === "online");
  const asking = useRef(false);
  const again = useRef<(() => void) | null>(null);
  const { scroller, placed } = scroll;
  const { reachedStart } = timeline;
  const { kind } = timeline.paging;
  useEffect(() => {
    const box = scroller.current;
    if (!box || !placed || reachedStart || kind !== "idle") return;
    const ask = () => {
      if (asking.current || box.scrollTop > ahead) return;
      asking.current = true;
      void paginate(roomId).then((worked) => {
        asking.current = false;
        // A page may be shorter than the window.
        if (worked) again.current?.();
      });
    };
    again.current = ask;
    ask();
    box.addEventListener("scroll", ask, { passive: true });
    return () => {
      again.current = null;
      box.removeEventListener("scroll", ask);
    };
  }, [roomId, scroller, placed, reachedStart, kind]);
  const wasOnline = useRef(online);
  useEffect(() => {
    if (online && !wasOnline.current && kind === "failed") void paginate(roomId);
    wasOnline.current = online;
  }, [online, kind, roomId]);
}
