import { describe, expect, test } from "vitest";

import { type KeyId, type KeyRow, keys, matches, wordCombo } from "./keys";

const rows = Object.entries(keys) as [KeyId, KeyRow][];
const all = rows.flatMap(([id, row]) => row.combos.map((combo) => ({ id, combo, group: row.group, local: row.local ?? false })));

/** Combinations that occur more than once in a list. */
function twice(list: readonly { combo: string; id: string }[]): string[] {
  return list.filter(({ combo }, place) => list.findIndex((other) => other.combo === combo) !== place).map(({ combo, id }) => `${combo} (${id})`);
}

describe("the table of keys", () => {
  test("gives no combination to two things that listen everywhere", () => {
    expect(twice(all.filter(({ local }) => !local))).toEqual([]);
  });

  test("gives none to two things of the same place", () => {
    for (const group of ["app", "rooms", "timeline", "composer"]) expect(twice(all.filter((row) => row.group === group))).toEqual([]);
  });

  test("lets only Escape mean something else in a place of its own", () => {
    const everywhere = new Set(all.filter(({ local }) => !local).map(({ combo }) => combo));
    const shadowed = all.filter(({ local, combo }) => local && everywhere.has(combo)).map(({ combo }) => combo);
    expect([...new Set(shadowed)]).toEqual(["Escape"]);
  });

  test("has no Ctrl+Alt, which is AltGr: it types { on an AZERTY keyboard", () => {
    expect(all.filter(({ combo }) => combo.includes("Ctrl") && combo.includes("Alt"))).toEqual([]);
  });

  test("writes modifiers in one order, and digits by their place", () => {
    const wellWritten = /^(Ctrl\+)?(Alt\+)?(Shift\+)?([A-Z]|Digit[1-9]|F\d{1,2}|Arrow(Up|Down|Left|Right)|Escape|Enter|Home|End|[,+=\-0])$/;
    expect(all.filter(({ combo }) => !wellWritten.test(combo))).toEqual([]);
  });

  test("leaves to the system and the editor what is theirs", () => {
    const theirs = ["A", "C", "V", "X", "Y", "Z", "W", "Q", "N", "T"].map((letter) => `Ctrl+${letter}`);
    expect(all.filter(({ combo }) => [...theirs, "F5", "F10", "F11", "Alt+F4"].includes(combo))).toEqual([]);
  });

  test("is written as on the keyboard", () => {
    expect(wordCombo("Ctrl+Shift+K", "fr-FR")).toBe("Ctrl Maj K");
    expect(wordCombo("Ctrl++", "en-GB")).toBe("Ctrl +");
    expect(wordCombo("Alt+ArrowUp", "fr-FR")).toBe("Alt ↑");
    expect(wordCombo("Ctrl+Digit1", "fr-FR")).toBe("Ctrl 1");
  });
});

describe("what is pressed", () => {
  const pressed = (key: string, code: string, held: Partial<Record<"ctrlKey" | "altKey" | "shiftKey" | "metaKey", boolean>> = {}, altGraph = false) => ({
    key,
    code,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    getModifierState: (name: string) => name === "AltGraph" && altGraph,
    ...held,
  });
  const means = (event: ReturnType<typeof pressed>, mac = false) => all.filter(({ combo, local }) => !local && matches(combo, event, mac)).map(({ id }) => id);

  test("Shift tells two keys apart", () => {
    expect(means(pressed("k", "KeyK", { ctrlKey: true }))).toEqual(["room-switch"]);
    expect(means(pressed("K", "KeyK", { ctrlKey: true, shiftKey: true }))).toEqual(["room-filter"]);
    expect(means(pressed("k", "KeyK"))).toEqual([]);
  });

  test("the digits of an AZERTY keyboard are known by their place", () => {
    expect(means(pressed("à", "Digit0", { ctrlKey: true }))).toEqual(["zoom-reset"]);
    expect(means(pressed("0", "Digit0", { ctrlKey: true, shiftKey: true }))).toEqual(["zoom-reset"]);
  });

  test("what AltGr types is nobody’s", () => {
    for (const [key, code] of [["€", "KeyE"], ["{", "Digit4"], ["k", "KeyK"], ["@", "Digit0"]] as const) {
      expect(means(pressed(key, code, { ctrlKey: true, altKey: true }, true))).toEqual([]);
    }
  });

  test("on Windows AltGr comes as Ctrl and Alt", () => {
    expect(matches("Ctrl+E", pressed("e", "KeyE", { ctrlKey: true, altKey: true }))).toBe(false);
  });

  test("a Mac has its own key for it", () => {
    expect(means(pressed("k", "KeyK", { metaKey: true }), true)).toEqual(["room-switch"]);
    expect(means(pressed("k", "KeyK", { ctrlKey: true }), true)).toEqual([]);
    expect(means(pressed("k", "KeyK", { metaKey: true }))).toEqual([]);
  });
});
