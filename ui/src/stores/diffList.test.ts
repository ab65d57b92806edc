import { describe, expect, it } from "vitest";

import type { ListDiff } from "../ipc/bindings";
import { applyDiffs } from "./diffList";

const a = { id: "a" };
const b = { id: "b" };
const c = { id: "c" };
const d = { id: "d" };
type Item = { id: string };

describe("applyDiffs", () => {
  const cases: [string, Item[], ListDiff<Item>[], Item[]][] = [
    ["reset replaces all", [a], [{ kind: "reset", values: [b, c] }], [b, c]],
    ["clear empties", [a, b], [{ kind: "clear" }], []],
    ["append adds at the end, in order", [a], [{ kind: "append", values: [b, c] }], [a, b, c]],
    ["pushFront", [a], [{ kind: "pushFront", value: b }], [b, a]],
    ["pushBack", [a], [{ kind: "pushBack", value: b }], [a, b]],
    ["popFront", [a, b], [{ kind: "popFront" }], [b]],
    ["popBack", [a, b], [{ kind: "popBack" }], [a]],
    ["insert in the middle", [a, b], [{ kind: "insert", index: 1, value: c }], [a, c, b]],
    ["insert at the end", [a, b], [{ kind: "insert", index: 2, value: c }], [a, b, c]],
    ["set", [a, b], [{ kind: "set", index: 1, value: c }], [a, c]],
    ["remove", [a, b, c], [{ kind: "remove", index: 1 }], [a, c]],
    ["truncate", [a, b, c], [{ kind: "truncate", length: 1 }], [a]],
    ["truncate beyond the end changes nothing", [a], [{ kind: "truncate", length: 5 }], [a]],
    [
      "a batch is applied in order",
      [a],
      [{ kind: "pushFront", value: b }, { kind: "remove", index: 1 }, { kind: "append", values: [c, d] }, { kind: "popBack" }],
      [b, c],
    ],
  ];
  it.each(cases)("%s", (_, before, diffs, after) => {
    const copy = [...before];
    expect(applyDiffs(before, diffs)).toEqual(after);
    expect(before, "the list that was given is left as it was").toEqual(copy);
  });

  it("keeps the identity of what did not change", () => {
    const list = [a, b, c];
    const next = applyDiffs(list, [{ kind: "set", index: 1, value: d }]);
    expect(next?.[0]).toBe(a);
    expect(next?.[2]).toBe(c);
    expect(applyDiffs(list, []), "nothing changed: the same list").toBe(list);
  });

  it.each<[string, ListDiff<Item>]>([
    ["set", { kind: "set", index: 1, value: b }],
    ["remove", { kind: "remove", index: 1 }],
    ["insert", { kind: "insert", index: 3, value: b }],
    ["insert before the start", { kind: "insert", index: -1, value: b }],
    ["set between two", { kind: "set", index: 0.5, value: b }],
  ])("refuses %s out of range rather than drawing a wrong list", (_, diff) => {
    expect(applyDiffs([a], [diff])).toBeNull();
  });

  it.each<ListDiff<Item>>([{ kind: "popFront" }, { kind: "popBack" }])("refuses $kind of nothing", (diff) => {
    expect(applyDiffs<Item>([], [diff])).toBeNull();
  });

  it("takes very long lists", () => {
    const values = Array.from({ length: 200_000 }, (_, i) => ({ id: String(i) }));
    expect(applyDiffs<Item>([], [{ kind: "append", values }])?.length).toBe(200_000);
  });
});
