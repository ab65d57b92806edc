import type { IpcError, Sender, TimelineItem, TimelineUpdate } from "../ipc/bindings";
import type { Store } from "./store";
import { applyToKeyedList, emptyList, type KeyedList, type Live, type Reduce, storeFamily, subscriptionStore } from "./subscription";

/** The fetching of older events. */
export type Paging = { kind: "idle" } | { kind: "paginating" } | { kind: "failed"; error: IpcError };

/** A room's messages, as far as they are here. */
export interface RoomTimeline {
  list: KeyedList<TimelineItem>;
  paging: Paging;
  /** Nothing is older than the first item. */
  reachedStart: boolean;
  /** Who is writing, oneself left out. */
  typing: readonly Sender[];
  /** The items stand around one event: newer ones exist that are not here. */
  gap: boolean;
}

export type TimelineStore = Store<Live<RoomTimeline>>;

export const emptyTimeline: RoomTimeline = {
  list: emptyList(),
  paging: { kind: "idle" },
  reachedStart: false,
  typing: [],
  gap: false,
};

/** Takes in what a timeline subscription sends. */
export const reduceTimeline: Reduce<RoomTimeline, TimelineUpdate> = (now, update) => {
  switch (update.kind) {
    case "diffs": {
      const list = applyToKeyedList(now.list, update.diffs, (item) => item.key);
      if (!list) return "resubscribe";
      // A subscription tells who writes when that changes, not when it opens: what was heard before is stale.
      const reset = update.diffs.some((diff) => diff.kind === "reset");
      if (list === now.list && !reset) return now;
      return { ...now, list, typing: reset ? [] : now.typing };
    }
    case "paginating":
      return { ...now, paging: { kind: "paginating" } };
    case "idle":
      return { ...now, paging: { kind: "idle" }, reachedStart: update.reachedStart };
    case "failed":
      return { ...now, paging: { kind: "failed", error: update.error } };
    case "typing":
      return { ...now, typing: update.users };
    case "historyGap":
      return { ...now, gap: true };
  }
};

function makeFamily(): (id: string) => TimelineStore {
  return storeFamily((id) => {
    const [roomId, focus] = JSON.parse(id) as [string, string | null];
    return subscriptionStore("timeline_subscribe", { roomId, focus }, emptyTimeline, reduceTimeline);
  });
}

let family = makeFamily();

/** The messages of a room, from its live end or around `focus`. What was there last is shown until the shell answers. */
export function timelineOf(roomId: string, focus: string | null): TimelineStore {
  return family(JSON.stringify([roomId, focus]));
}

/** Nothing of one account stays for the next. */
export function forgetTimelines(): void {
  family = makeFamily();
}
