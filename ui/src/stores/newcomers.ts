import { call } from "../ipc/backend";
import type { Sender } from "../ipc/bindings";
import { storeFamily, subscriptionStore } from "./subscription";

const nobody: readonly Sender[] = [];

/** Who came into a room by no doing of the user, until they were seen. */
export const newcomers = storeFamily((roomId: string) => subscriptionStore("room_newcomers_subscribe", { roomId }, nobody, (_, next) => next));

/** Whoever was told of is known from now on; a refusal leaves them told of. */
export function seeNewcomers(roomId: string): void {
  if (newcomers(roomId).get().value.length > 0) void call("room_newcomers_acknowledge", { roomId }).catch(() => {});
}
