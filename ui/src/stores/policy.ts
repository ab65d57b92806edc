import { call } from "../ipc/backend";
import type { ForcedSetting, PolicyOnScreen } from "../ipc/bindings";
import { createStore, useStore } from "./store";

/** What the organisation decided, as it was when Pli started; without it, all is free. */
export const policy = createStore<PolicyOnScreen>({ servers: [], otherServers: true, forced: [], supportContact: null });

/** Before the first screen. */
export async function loadPolicy(): Promise<void> {
  const now = await call("policy_on_screen");
  policy.set({ ...now, servers: now.servers.toSorted((a, b) => a.label.localeCompare(b.label, "fr")) });
}

/** Whether the user cannot change a setting. */
export function useForced(setting: ForcedSetting): boolean {
  return useStore(policy, (now) => now.forced.includes(setting));
}
