import { describe, expect, it } from "vitest";

import { type KeyRow, keys, matches } from "./keys";

const rows = Object.entries(keys) as [string, KeyRow][];
const combos = rows.flatMap(([id, row]) => row.combos.map((combo) => ({ id, combo, ...row })));

describe("the table of keys", () => {
  it("has no key twice where it works", () => {
    const everywhere = combos.filter((one) => !one.local).map((one) => one.combo);
    expect(everywhere.filter((combo, i) => everywhere.indexOf(combo) !== i), "in the whole window").toEqual([]);
    const here = combos.map((one) => `${one.group} ${one.combo}`);
    expect(here.filter((one, i) => here.indexOf(one) !== i), "in one place").toEqual([]);
  });

  it("has no key that types a sign on a French keyboard", () => {
    const altGr = combos.filter(({ combo }) => combo.includes("Ctrl+") && combo.includes("Alt+"));
    expect(altGr.map((one) => one.id)).toEqual([]);
    const digits = combos.filter(({ combo }) => /\+[1-9]$/.test(combo));
    expect(digits.map((one) => one.id), "digits are known by their place").toEqual([]);
    const pressed = { key: "e", code: "KeyE", ctrlKey: true, altKey: true, shiftKey: false, metaKey: false };
    expect(matches("Ctrl+E", pressed, false), "AltGr comes as Ctrl+Alt on Windows").toBe(false);
  });
});
