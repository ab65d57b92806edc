import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { setBackend } from "../ipc/backend";
import { settings } from "../stores/settings";
import { createTyping, pause } from "./typing";

let told: boolean[];

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  settings.set((now) => ({ ...now, sendTyping: true }));
  setBackend({
    call: async (_, ...args) => {
      told.push((args[0] as unknown as { on: boolean }).on);
      return null as never;
    },
    subscribe: () => () => {},
    mediaUrl: (id) => id,
  });
});
afterEach(() => vi.useRealTimers());

it("tells that one is writing: at once, again while it goes on, and when it ends", () => {
  const typing = createTyping("!r");
  for (let i = 0; i < 8; i++) {
    typing.typed();
    vi.advanceTimersByTime(500);
  }
  expect(told, "four seconds of typing").toEqual([true, true]);
  vi.advanceTimersByTime(pause);
  expect(told).toEqual([true, true, false]);
  typing.stop();
  expect(told, "said once").toEqual([true, true, false]);
});

it("stops at once when asked", () => {
  const typing = createTyping("!r");
  typing.typed();
  typing.stop();
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([true, false]);
});

it("says nothing when the user does not want it", () => {
  settings.set((now) => ({ ...now, sendTyping: false }));
  const typing = createTyping("!r");
  typing.typed();
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([]);
});
