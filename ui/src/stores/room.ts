import type { RoomDetails } from "../ipc/bindings";
import { storeFamily, subscriptionStore } from "./subscription";

/** Header and panel of a room; `null` until the first update. */
export const roomDetails = storeFamily((roomId: string) =>
  subscriptionStore("room_subscribe", { roomId }, null as RoomDetails | null, (_, next) => next),
);
