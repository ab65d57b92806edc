import { call } from "../ipc/backend";
import { settings } from "../stores/settings";

/** A notice holds for some seconds on the server: it is given again while the typing goes on. */
export const keepAlive = 3000;
/** After this the typing has stopped. */
export const pause = 5000;

export interface Typing {
  /** Something was typed. */
  typed(): void;
  /** Sent, emptied, or left. */
  stop(): void;
}

/** Tells the room that one is writing, if the user lets it. */
export function createTyping(roomId: string): Typing {
  let told: number | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  // A notice that does not get through is worth nothing.
  const tell = (on: boolean) => void call("room_set_typing", { roomId, on }).catch(() => {});
  const stop = () => {
    clearTimeout(resting);
    if (told === null) return;
    told = null;
    tell(false);
  };
  return {
    typed() {
      if (!settings.get().sendTyping) return stop();
      clearTimeout(resting);
      resting = setTimeout(stop, pause);
      const now = Date.now();
      if (told !== null && now - told < keepAlive) return;
      told = now;
      tell(true);
    },
    stop,
  };
}
