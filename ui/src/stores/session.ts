import type { Access, HistoryProgress, SessionState, SyncState } from "../ipc/bindings";
import { subscriptionStore } from "./subscription";

/** Where the account stands. */
export const session = subscriptionStore("session_subscribe", null, { kind: "starting" } as SessionState, (_, next) => next);

/** Whether messages flow. */
export const sync = subscriptionStore("sync_subscribe", null, { kind: "connecting" } as SyncState, (_, next) => next);

/** Old room keys being fetched after recovery. */
export const history = subscriptionStore(
  "recovery_subscribe",
  null,
  { roomsDone: 0, roomsTotal: 0 } as HistoryProgress,
  (_, next) => next,
);

/** Whether this device has the user's own keys. */
export const access = subscriptionStore("access_subscribe", null, "whole" as Access, (_, next) => next);
