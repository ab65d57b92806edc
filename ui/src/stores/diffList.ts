import type { ListDiff } from "../ipc/bindings";

/**
 * The list after `diffs`. Items that did not change keep their identity, and the list itself does when nothing did.
 * A diff out of range means that the stream and we no longer agree: `null`, and the caller subscribes again.
 */
export function applyDiffs<T>(list: readonly T[], diffs: readonly ListDiff<T>[]): readonly T[] | null {
  if (diffs.length === 0) return list;
  let next = [...list];
  for (const diff of diffs) {
    const within = (index: number, length: number) => Number.isInteger(index) && index >= 0 && index < length;
    switch (diff.kind) {
      case "reset":
        next = [...diff.values];
        break;
      case "clear":
        next = [];
        break;
      case "append":
        for (const value of diff.values) next.push(value);
        break;
      case "pushFront":
        next.unshift(diff.value);
        break;
      case "pushBack":
        next.push(diff.value);
        break;
      case "popFront":
        if (next.length === 0) return null;
        next.shift();
        break;
      case "popBack":
        if (next.length === 0) return null;
        next.pop();
        break;
      case "insert":
        if (!within(diff.index, next.length + 1)) return null;
        next.splice(diff.index, 0, diff.value);
        break;
      case "set":
        if (!within(diff.index, next.length)) return null;
        next[diff.index] = diff.value;
        break;
      case "remove":
        if (!within(diff.index, next.length)) return null;
        next.splice(diff.index, 1);
        break;
      case "truncate":
        if (diff.length < next.length) next.length = diff.length;
        break;
    }
  }
  return next;
}
