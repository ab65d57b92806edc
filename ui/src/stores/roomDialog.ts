import type { Member } from "../ipc/bindings";
import { createStore } from "./store";

/** What is asked about one member. */
export type MemberAct = "role" | "remove" | "uninvite" | "ban" | "unban" | "ignore" | "unignore";

export type RoomDialog =
  | { kind: "newDirect" }
  | { kind: "newRoom" }
  | { kind: "invite"; roomId: string }
  /** Of a list of addresses: to be pasted, or already chosen. */
  | { kind: "inviteMany"; roomId: string; userIds: readonly string[] | null }
  | { kind: "leave"; roomId: string }
  | { kind: "openToGuests"; roomId: string }
  | { kind: "decline"; roomId: string }
  | { kind: "identity"; member: Member }
  | { kind: "member"; roomId: string; member: Member; act: MemberAct };

/** The open question about a room, if any: asked from rows, menus and panels that may be gone when it is answered. */
export const roomDialog = createStore<RoomDialog | null>(null);

export function askRoom(dialog: RoomDialog): void {
  roomDialog.set(dialog);
}

export function closeRoomDialog(): void {
  roomDialog.set(null);
}
