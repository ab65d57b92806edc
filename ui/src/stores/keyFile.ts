import type { KeyFileProgress } from "../ipc/bindings";
import { subscriptionStore } from "./subscription";

/** How far a file of room keys has come. */
export const keyFile = subscriptionStore("room_keys_subscribe", null, { done: 0, total: 0 } as KeyFileProgress, (_, next) => next);
