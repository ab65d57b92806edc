import { useEffect, useRef } from "react";

import { call } from "../ipc/backend";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";

/** Marks the room as read each time its end is seen with something new in it. A refusal is tried again with the next message. */
export function useMarkRead(roomId: string, last: string | null, seen: boolean): void {
  const unread = useStore(roomList, (list) => (list.value.byKey.get(roomId)?.unreadMessages ?? 0) > 0);
  const marked = useRef<string | null>(null);
  useEffect(() => {
    if (!seen || last === null || (marked.current === last && !unread)) return;
    marked.current = last;
    call("timeline_mark_read", { roomId }).catch(() => {});
  }, [roomId, last, seen, unread]);
}
