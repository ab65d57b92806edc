import type { RoomSummary } from "../ipc/bindings";
import { emptyList, keyedListReducer, subscriptionStore } from "./subscription";

/** All rooms, by activity. */
export const roomList = subscriptionStore(
  "room_list_subscribe",
  null,
  emptyList<RoomSummary>(),
  keyedListReducer((room: RoomSummary) => room.roomId),
);
