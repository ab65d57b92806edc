import { call } from "../ipc/backend";
import type { Draft } from "../ipc/bindings";

export const draftDelay = 500;

/** Saved in order, and before they are loaded again. */
const saving = new Map<string, Promise<unknown>>();

/** What a full disk refused: it waits here. */
const unsaved = new Map<string, Draft | null>();

function save(roomId: string, draft: Draft | null): void {
  const before = saving.get(roomId) ?? Promise.resolve();
  // One writes on all the same; what failed is in the log.
  const saved = before.then(() => call("draft_save", { roomId, draft })).then(
    () => void unsaved.delete(roomId),
    () => void unsaved.set(roomId, draft),
  );
  saving.set(roomId, saved);
}

/** Once the disk may have space again. */
export function saveAgain(): void {
  for (const [roomId, draft] of unsaved) save(roomId, draft);
}

/** For another account. */
export function forgetUnsaved(): void {
  unsaved.clear();
}

export async function loadDraft(roomId: string): Promise<Draft | null> {
  await saving.get(roomId);
  const waiting = unsaved.get(roomId);
  return waiting !== undefined ? waiting : call("draft_load", { roomId }).catch(() => null);
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
