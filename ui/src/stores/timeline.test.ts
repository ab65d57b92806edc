import { afterEach, describe, expect, it, vi } from "vitest";

import { type Backend, ipcError, setBackend } from "../ipc/backend";
import type { TimelineItem, TimelineUpdate } from "../ipc/bindings";
import { karim, sophie } from "../ipc/fake/people";
import { row, text } from "../ipc/fake/messages";
import { emptyTimeline, forgetTimelines, reduceTimeline, type RoomTimeline, timelineOf } from "./timeline";

const a = row(karim, 1, text("a"));
const b = row(karim, 2, text("b"));
const c = row(sophie, 3, text("c"));

function after(...updates: TimelineUpdate[]): RoomTimeline {
  return updates.reduce((now, update) => {
    const next = reduceTimeline(now, update);
    if (next === "resubscribe") throw new Error("resubscribed");
    return next;
  }, emptyTimeline);
}

const reset = (...values: TimelineItem[]): TimelineUpdate => ({ kind: "diffs", diffs: [{ kind: "reset", values }] });

describe("a room's messages", () => {
  it("follow the diffs, and keep the identity of what did not change", () => {
    const before = after(reset(a, b));
    const next = after(reset(a, b), { kind: "diffs", diffs: [{ kind: "pushBack", value: c }] });
    expect(next.list.items).toEqual([a, b, c]);
    expect(next.list.byKey.get(a.key)).toBe(before.list.items[0]);
  });

  it("are asked for again when a diff does not fit", () => {
    expect(reduceTimeline(after(reset(a)), { kind: "diffs", diffs: [{ kind: "remove", index: 3 }] })).toBe("resubscribe");
  });

  it("tell how the fetching of older ones goes", () => {
    const error = ipcError("offline");
    expect(after({ kind: "paginating" }).paging).toEqual({ kind: "paginating" });
    expect(after({ kind: "paginating" }, { kind: "failed", error }).paging).toEqual({ kind: "failed", error });
    const idle = after({ kind: "paginating" }, { kind: "idle", reachedStart: true });
    expect(idle.paging).toEqual({ kind: "idle" });
    expect(idle.reachedStart).toBe(true);
  });

  it("tell who writes; a new opening forgets it, since it is not told again", () => {
    const writing = after(reset(a), { kind: "typing", users: [sophie] });
    expect(writing.typing).toEqual([sophie]);
    const more = reduceTimeline(writing, { kind: "diffs", diffs: [{ kind: "pushBack", value: b }] });
    expect(more).toMatchObject({ typing: [sophie] });
    expect(reduceTimeline(writing, reset(a))).toMatchObject({ typing: [] });
  });

  it("stand around an event when newer ones are elsewhere, also after rows are told anew", () => {
    expect(after(reset(a), { kind: "historyGap" }, reset(a, b)).gap).toBe(true);
  });
});

describe("stores of rooms", () => {
  afterEach(forgetTimelines);

  /** Records what is subscribed to; `tell` sends an update to the last subscription. */
  function listeningBackend() {
    const asked: unknown[] = [];
    const closed: unknown[] = [];
    let tell: (update: TimelineUpdate) => void = () => {};
    setBackend({
      call: () => Promise.reject(ipcError("internal")),
      mediaUrl: (id) => id,
      subscribe(_, args, onUpdate) {
        asked.push(args);
        tell = onUpdate as never;
        return () => closed.push(args);
      },
    } as Backend);
    return { asked, closed, tell: (update: TimelineUpdate) => tell(update) };
  }

  it("are one a room and focus, open while somebody looks", async () => {
    vi.useFakeTimers();
    const backend = listeningBackend();
    const store = timelineOf("!a", null);
    expect(timelineOf("!a", null)).toBe(store);
    expect(timelineOf("!a", "$e")).not.toBe(store);
    const stop = store.subscribe(() => {});
    expect(backend.asked).toEqual([{ roomId: "!a", focus: null }]);
    backend.tell(reset(a));
    stop();
    await vi.runAllTimersAsync();
    expect(backend.closed).toHaveLength(1);
    expect(store.get().value.list.items, "what was there is shown at once the next time").toEqual([a]);
    vi.useRealTimers();
  });

  it("open anew when the stream no longer fits", () => {
    const backend = listeningBackend();
    const stop = timelineOf("!a", null).subscribe(() => {});
    backend.tell(reset(a));
    backend.tell({ kind: "diffs", diffs: [{ kind: "set", index: 5, value: b }] });
    expect(backend.asked).toHaveLength(2);
    backend.tell(reset(a, b));
    expect(timelineOf("!a", null).get().value.list.items).toEqual([a, b]);
    stop();
  });

  it("are forgotten with the account", () => {
    listeningBackend();
    const store = timelineOf("!a", null);
    forgetTimelines();
    expect(timelineOf("!a", null)).not.toBe(store);
  });
});
