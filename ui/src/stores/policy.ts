import { call } from "../ipc/backend";
import type { ForcedSetting, PolicyOnScreen } from "../ipc/bindings";
import { serverOf } from "../members/userId";
import { createStore, useStore } from "./store";

/** What the organisation decided, as it was when Pli started; without it, all is free. */
export const policy = createStore<PolicyOnScreen>({ servers: [], otherServers: true, guestServers: [], forced: [], supportContact: null });

/** Before the first screen. */
export async function loadPolicy(): Promise<void> {
  const now = await call("policy_on_screen");
  policy.set({ ...now, servers: now.servers.toSorted((a, b) => a.label.localeCompare(b.label, "fr")) });
}

/** Whether the user cannot change a setting. */
export function useForced(setting: ForcedSetting): boolean {
  return useStore(policy, (now) => now.forced.includes(setting));
}

/** Whether somebody's account is on a server of guests. */
export function useGuest(userId: string): boolean {
  return useStore(policy, ({ guestServers }) => isGuest(userId, guestServers));
}

export function isGuest(userId: string, guestServers: readonly string[]): boolean {
  const server = serverOf(userId)?.toLowerCase();
  return guestServers.some((guests) => guests.toLowerCase() === server);
}
