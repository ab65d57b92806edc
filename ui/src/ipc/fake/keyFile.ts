import { ipcError } from "../backend";
import type { Handlers } from "./session";
import type { World } from "./world";

const total = 12_430;

/** The passphrase `secret` opens the file; whatever is written is written under any. */
export function keyFileCommands(world: World): Pick<Handlers, Extract<keyof Handlers, `room_keys_${string}`>> {
  let cancelled = false;
  const work = async () => {
    cancelled = false;
    const held = world.knobs.get("keys") === "slow";
    for (let done = 0; done < total; done += 1243) {
      world.keyFile.set({ done, total });
      await new Promise((next) => setTimeout(next, held ? 2000 : 40));
      if (cancelled) break;
    }
    world.keyFile.set({ done: 0, total: 0 });
    if (cancelled) throw ipcError("cancelled");
  };
  return {
    room_keys_cancel() {
      cancelled = true;
      return null;
    },
    async room_keys_export() {
      await work();
      return { name: "cles-de-messages-pli.txt", keys: total };
    },
    async room_keys_import({ passphrase }) {
      if (passphrase !== "secret") throw ipcError("wrongPassphrase", "c0ffee");
      await work();
      return { new: 812, total };
    },
    room_keys_pick: () => ({ name: "cles-element.txt" }),
  };
}
