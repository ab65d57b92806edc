import { call } from "../ipc/backend";
import { createStore } from "./store";

/** Whether the user is a guest: guests create no room, see no directory and administer nothing. */
export const ownGuest = createStore(false);

/** For the account that has just come in. */
export function loadOwnGuest(): void {
  ownGuest.set(false);
  // What a guest may not do is refused in any case.
  call("user_is_guest").then(ownGuest.set, () => {});
}
