import { createStore } from "./store";

/** What is open on the right of a room. */
export type Panel = "none" | "members" | "settings" | "about";

/** The same for all rooms: who opened it wants it in the next room too. */
export const panel = createStore<Panel>("none");

export function showPanel(next: Panel): void {
  panel.set(next);
}

/** A second time closes it. */
export function togglePanel(asked: Exclude<Panel, "none">): void {
  panel.set((now) => (now === asked ? "none" : asked));
}
