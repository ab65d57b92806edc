import type { Sender } from "../ipc/bindings";
import { storeFamily, subscriptionStore } from "./subscription";

const nobody: readonly Sender[] = [];

/** The guests in a room, or invited to it. */
export const guests = storeFamily((roomId: string) => subscriptionStore("room_guests_subscribe", { roomId }, nobody, (_, next) => next));
