import { createStore, type Store } from "../stores/store";

const byRoom = createStore<ReadonlyMap<string, number>>(new Map());

/** The life chosen for the next message, by room, in milliseconds; rooms without a choice have no entry. */
export const lifetimes: Store<ReadonlyMap<string, number>> = byRoom;

/** `useStore(lifetimes, (all) => chosenIn(all, roomId))`. */
export function chosenIn(all: ReadonlyMap<string, number>, roomId: string): number | null {
  return all.get(roomId) ?? null;
}

export function chooseLifetime(roomId: string, lifetime: number | null): void {
  byRoom.set((all) => {
    const next = new Map(all);
    if (lifetime === null) next.delete(roomId);
    else next.set(roomId, lifetime);
    return next;
  });
}

/** For what is sent now: the next message lives as the room has it again. */
export function takeLifetime(roomId: string): number | null {
  const chosen = chosenIn(byRoom.get(), roomId);
  if (chosen !== null) chooseLifetime(roomId, null);
  return chosen;
}

/** Nothing of one account stays for the next. */
export function resetLifetimes(): void {
  byRoom.set(new Map());
}
