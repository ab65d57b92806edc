import { Channel, invoke } from "@tauri-apps/api/core";

import { asIpcError, type Backend } from "./backend";
import type { AppInfo } from "./bindings";

/** The shell: commands by `invoke`, subscriptions on a channel. */
export function tauriBackend(os: AppInfo["os"]): Backend {
  // WebView2 serves a custom scheme under http.
  const media = os === "windows" ? "http://pli-media.localhost/" : "pli-media://localhost/";
  return {
    async call(name, ...args) {
      try {
        return await invoke(name, args.length ? { args: args[0] } : undefined);
      } catch (thrown) {
        throw asIpcError(thrown);
      }
    },
    subscribe(name, args, onUpdate, onError) {
      let open = true;
      let id: number | null = null;
      // A subscription that is already gone is closed.
      const close = (closing: number) => void invoke("subscription_close", { args: { id: closing } }).catch(() => {});
      const channel = new Channel<Parameters<typeof onUpdate>[0]>((update) => {
        if (open) onUpdate(update);
      });
      invoke<number>(name, args === null ? { channel } : { args, channel }).then(
        (opened) => {
          if (open) id = opened;
          else close(opened);
        },
        (thrown: unknown) => {
          if (open) onError?.(asIpcError(thrown));
        },
      );
      return () => {
        open = false;
        if (id !== null) close(id);
      };
    },
    mediaUrl: (id) => media + encodeURIComponent(id),
  };
}

/** Asks the shell who it is, then speaks to it. */
export async function connectTauri(): Promise<Backend> {
  return tauriBackend((await invoke<AppInfo>("app_info")).os);
}
