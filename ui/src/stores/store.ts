import { useRef, useSyncExternalStore } from "react";

/** A value outside React; rows that select a part of it re-render alone. */
export interface Store<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

export interface WritableStore<T> extends Store<T> {
  set(next: T | ((previous: T) => T)): void;
}

export function createStore<T>(initial: T): WritableStore<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      const set = typeof next === "function" ? (next as (previous: T) => T)(value) : next;
      if (Object.is(set, value)) return;
      value = set;
      for (const listener of [...listeners]) listener();
    },
  };
}

export function useStore<T>(store: Store<T>): T;
export function useStore<T, S>(
  store: Store<T>,
  select: (value: T) => S,
  same?: (a: S, b: S) => boolean,
): S;
/** `same` keeps the selected value when it only looks new. */
export function useStore<T, S>(
  store: Store<T>,
  select: (value: T) => S = (value) => value as unknown as S,
  same: (a: S, b: S) => boolean = Object.is,
): S {
  const last = useRef<{ value: S } | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    const next = select(store.get());
    if (last.current && same(last.current.value, next)) return last.current.value;
    last.current = { value: next };
    return next;
  });
}

/** For selections that are arrays. */
export function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
}
