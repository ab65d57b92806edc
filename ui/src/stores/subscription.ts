import { asIpcError, backend, type SubscriptionName } from "../ipc/backend";
import type { IpcError, ListDiff, Subscriptions } from "../ipc/bindings";
import { applyDiffs } from "./diffList";
import { createStore, type Store } from "./store";

/** What a store of a subscription holds. */
export interface Live<T> {
  value: T;
  /** The first update has come. */
  ready: boolean;
  /** Why it could not be opened. */
  error: IpcError | null;
}

/** `reduce` answers `"resubscribe"` when the stream can no longer be followed. */
export type Reduce<T, U> = (value: T, update: U) => T | "resubscribe";

/**
 * One external store for one subscription, open while somebody listens.
 * It outlives its last listener by a turn, so that passing from one screen to the next does not reopen it.
 */
export function subscriptionStore<K extends SubscriptionName, T>(
  name: K,
  args: Subscriptions[K]["args"],
  initial: T,
  reduce: Reduce<T, Subscriptions[K]["updates"]>,
): Store<Live<T>> {
  const store = createStore<Live<T>>({ value: initial, ready: false, error: null });
  let listeners = 0;
  let close: (() => void) | null = null;

  const open = () => {
    let ended = false;
    const end = backend().subscribe(
      name,
      args,
      (update) => {
        if (ended) return;
        const next = reduce(store.get().value, update);
        if (next === "resubscribe") {
          close?.();
          open();
        } else {
          store.set((live) =>
            live.ready && !live.error && Object.is(live.value, next)
              ? live
              : { value: next as T, ready: true, error: null },
          );
        }
      },
      (thrown) => store.set((live) => ({ ...live, error: asIpcError(thrown) })),
    );
    close = () => {
      ended = true;
      end();
    };
  };

  return {
    get: store.get,
    subscribe(listener) {
      const stop = store.subscribe(listener);
      listeners += 1;
      if (!close) open();
      return () => {
        stop();
        listeners -= 1;
        setTimeout(() => {
          if (listeners > 0) return;
          close?.();
          close = null;
        });
      };
    },
  };
}

/** A list by key: the order re-renders the list, an item only its row. */
export interface KeyedList<T> {
  items: readonly T[];
  keys: readonly string[];
  byKey: ReadonlyMap<string, T>;
}

export function emptyList<T>(): KeyedList<T> {
  return { items: [], keys: [], byKey: new Map() };
}

/** Takes diffs in; `keys` keeps its identity while the order does. `null` when they do not fit. */
export function applyToKeyedList<T>(
  list: KeyedList<T>,
  diffs: readonly ListDiff<T>[],
  keyOf: (item: T) => string,
): KeyedList<T> | null {
  const items = applyDiffs(list.items, diffs);
  if (!items) return null;
  if (items === list.items) return list;
  const keys = items.map(keyOf);
  const unmoved = keys.length === list.keys.length && keys.every((key, i) => key === list.keys[i]);
  const byKey = new Map<string, T>();
  items.forEach((item, i) => byKey.set(keys[i] ?? "", item));
  return { items, keys: unmoved ? list.keys : keys, byKey };
}

/** The reducer of a subscription that is a list and nothing else. */
export function keyedListReducer<T>(keyOf: (item: T) => string): Reduce<KeyedList<T>, ListDiff<T>[]> {
  return (list, diffs) => applyToKeyedList(list, diffs, keyOf) ?? "resubscribe";
}

/** One store an id, forgotten when nobody has looked for a while. */
export function storeFamily<S>(make: (id: string) => S, keep = 30): (id: string) => S {
  const stores = new Map<string, S>();
  return (id) => {
    const store = stores.get(id) ?? make(id);
    stores.delete(id);
    stores.set(id, store);
    for (const old of stores.keys()) {
      if (stores.size <= keep) break;
      stores.delete(old);
    }
    return store;
  };
}
