import { call } from "../ipc/backend";
import type { Draft } from "../ipc/bindings";

export const draftDelay = 500;

/** Saved in order, and before they are loaded again. */
const saving = new Map<string, Promise<unknown>>();

function save(roomId: string, draft: Draft | null): void {
  const saved = (saving.get(roomId) ?? Promise.resolve()).then(() => call("draft_save", { roomId, draft }));
  // Without a draft one writes on all the same; what failed is in the log.
  saving.set(roomId, saved.catch(() => {}));
}

export async function loadDraft(roomId: string): Promise<Draft | null> {
  await saving.get(roomId);
  return call("draft_load", { roomId }).catch(() => null);
}

export interface DraftKeeper {
  /** Saved once the typing rests. */
  changed(): void;
  /** What is not saved yet is saved at once. */
  flush(): void;
}

/** Keeps what `read` tells, `null` forgetting it. */
export function createDraftKeeper(roomId: string, read: () => Draft | null): DraftKeeper {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    save(roomId, read());
  };
  return {
    changed() {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(flush, draftDelay);
    },
    flush,
  };
}
