import { beforeAll, describe, expect, it } from "vitest";

import { type Emoji, findEmojis, groups, inTone, loadEmojis, recentEmojis, rememberEmoji } from "./emojis";

let all: readonly Emoji[] = [];
beforeAll(async () => {
  all = await loadEmojis();
});

const first = (typed: string, words: "fr" | "en" = "fr") => findEmojis(all, typed, words, 1)[0]?.emoji;
const some = (typed: string, words: "fr" | "en" = "fr") => findEmojis(all, typed, words, 12).map((one) => one.emoji);

describe("emojis", () => {
  it("are all in a group of the picker, and named in both languages", () => {
    expect(all.length).toBeGreaterThan(1800);
    for (const emoji of all) {
      expect(groups as readonly number[], emoji.emoji).toContain(emoji.group);
      expect(emoji.name.fr && emoji.name.en, emoji.emoji).toBeTruthy();
    }
  });

  it.each([
    ["cœur rouge", "❤️"],
    ["coeur rouge", "❤️"],
    ["COEUR ROUGE", "❤️"],
    ["pouce vers le haut", "👍️"],
    ["fusee", "🚀"],
    ["fusée", "🚀"],
    ["fete", "🥳"],
  ])("are found in French by « %s »", (typed, emoji) => {
    expect(some(typed)).toContain(emoji);
  });

  it("are found without their accents, in the middle of a name, by all words in any order", () => {
    expect(some("gateau")).toContain("🎂");
    expect(some("haut pouce")).toContain("👍️");
    expect(some("ecole")).toContain("🏫");
  });

  it("are found in the other language after one's own", () => {
    expect(some("rocket")).toContain("🚀");
    expect(some("fusée", "en")).toContain("🚀");
    expect(first("thumbs up", "en")).toBe("👍️");
    expect(first("+1"), "short codes too").toBe("👍️");
    expect(first("tada"), "short codes too").toBe("🎉");
  });

  it("are not found by what begins no word", () => {
    expect(findEmojis(all, "usee", "fr", 5)).toEqual([]);
    expect(findEmojis(all, "  ", "fr", 5)).toEqual([]);
  });

  it("of hands come in five skin tones", () => {
    const hand = all.find((one) => one.emoji === "👍️") as Emoji;
    expect(inTone(hand, 0)).toBe("👍️");
    expect(inTone(hand, 5)).toBe("👍🏿");
    const rocket = all.find((one) => one.emoji === "🚀") as Emoji;
    expect(inTone(rocket, 5), "a rocket has none").toBe("🚀");
  });

  it("picked last come first, each once", () => {
    for (const emoji of ["🚀", "🎉", "🚀"]) rememberEmoji(emoji);
    expect(recentEmojis.get().slice(0, 2)).toEqual(["🚀", "🎉"]);
  });
});
