import type { Member } from "../ipc/bindings";
import { emptyList, keyedListReducer, storeFamily, subscriptionStore } from "./subscription";

/** Who is in a room, by user id: joined, invited and banned. */
export const roomMembers = storeFamily((roomId: string) =>
  subscriptionStore(
    "room_members_subscribe",
    { roomId },
    emptyList<Member>(),
    keyedListReducer((member: Member) => member.userId),
  ),
);
