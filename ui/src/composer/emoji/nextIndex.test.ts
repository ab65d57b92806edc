import { describe, expect, it } from "vitest";

import { nextIndex } from "./EmojiPicker";

const emojis = (count: number) => Array.from({ length: count }, () => ({})) as never[];
// Rows: 0…8, 9…11; then 12…20, 21, 22.
const sections = [
  { id: "0", from: 0, emojis: emojis(12) },
  { id: "1", from: 12, emojis: emojis(11) },
];
const go = (key: string, at: number | null, sideways = true) => nextIndex(key, at, sections, sideways);

describe("the arrows among the emojis", () => {
  it("go down into them from the search field", () => {
    expect(go("ArrowDown", null)).toBe(0);
    expect(go("ArrowUp", null)).toBeUndefined();
    expect(go("ArrowRight", null, false), "the letters in the field are walked through first").toBeUndefined();
  });
  it("walk along rows and over the ends of groups", () => {
    expect(go("ArrowRight", 11)).toBe(12);
    expect(go("ArrowLeft", 12)).toBe(11);
    expect(go("ArrowRight", 22), "the end").toBe(22);
    expect(go("ArrowLeft", 0), "back to the field").toBeNull();
  });
  it("keep the column up and down", () => {
    expect(go("ArrowDown", 1)).toBe(10);
    expect(go("ArrowDown", 5), "the row below is shorter").toBe(11);
    expect(go("ArrowDown", 10)).toBe(13);
    expect(go("ArrowUp", 13)).toBe(10);
    expect(go("ArrowUp", 17), "the last row above is shorter").toBe(11);
    expect(go("ArrowUp", 3), "back to the field").toBeNull();
    expect(go("ArrowDown", 22)).toBe(22);
  });
  it("leave other keys alone", () => {
    expect(go("Home", 3)).toBeUndefined();
    expect(nextIndex("ArrowDown", null, [], true)).toBeUndefined();
  });
});
