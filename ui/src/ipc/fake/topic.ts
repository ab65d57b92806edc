import type { ListDiff } from "../bindings";

/** Whoever listens hears the present state first. */
export class Topic<T> {
  protected readonly listeners = new Set<(value: T) => void>();

  subscribe(listener: (value: T) => void, first?: T): () => void {
    this.listeners.add(listener);
    if (first !== undefined) queueMicrotask(() => this.listeners.has(listener) && listener(first));
    return () => this.listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}

/** A state of which only the last value matters. */
export class State<T> extends Topic<T> {
  constructor(public value: T) {
    super();
  }

  listen(listener: (value: T) => void): () => void {
    return this.subscribe(listener, this.value);
  }

  set(value: T): void {
    this.value = value;
    this.emit(value);
  }
}

/** A list that tells its changes as diffs. */
export class List<T> extends Topic<ListDiff<T>[]> {
  constructor(public items: T[]) {
    super();
  }

  listen(listener: (diffs: ListDiff<T>[]) => void): () => void {
    return this.subscribe(listener, [{ kind: "reset", values: [...this.items] }]);
  }

  push(value: T): void {
    this.items.push(value);
    this.emit([{ kind: "pushBack", value }]);
  }

  prepend(values: T[]): void {
    this.items.unshift(...values);
    this.emit([...values].reverse().map((value) => ({ kind: "pushFront", value })));
  }

  insert(index: number, value: T): void {
    this.items.splice(index, 0, value);
    this.emit([{ kind: "insert", index, value }]);
  }

  removeWhere(match: (item: T) => boolean): void {
    const index = this.items.findIndex(match);
    if (index < 0) return;
    this.items.splice(index, 1);
    this.emit([{ kind: "remove", index }]);
  }

  replace(match: (item: T) => boolean, change: (item: T) => T): void {
    const index = this.items.findIndex(match);
    const old = this.items[index];
    if (index < 0 || old === undefined) return;
    const value = change(old);
    this.items[index] = value;
    this.emit([{ kind: "set", index, value }]);
  }

  /** Puts the list in order, as the room list does when a room becomes active. */
  moveTo(match: (item: T) => boolean, to: number): void {
    const index = this.items.findIndex(match);
    const value = this.items[index];
    if (index < 0 || index === to || value === undefined) return;
    this.items.splice(index, 1);
    this.items.splice(to, 0, value);
    this.emit([
      { kind: "remove", index },
      { kind: "insert", index: to, value },
    ]);
  }
}
