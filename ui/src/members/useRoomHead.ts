import type { RoomDetails, RoomSummary } from "../ipc/bindings";
import { roomDetails } from "../stores/room";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";

export type RoomHead = Pick<RoomDetails & RoomSummary, "roomId" | "name" | "avatar" | "kind" | "encrypted" | "membership" | "favourite" | "lowPriority">;

/** What is known of a room at once: from its row of the list until its details have come. */
export function useRoomHead(roomId: string): RoomHead | null {
  const details = useStore(roomDetails(roomId), (live) => live.value);
  const summary = useStore(roomList, (list) => list.value.byKey.get(roomId) ?? null);
  return details ?? summary;
}
