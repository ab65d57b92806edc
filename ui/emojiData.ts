import { createRequire } from "node:module";

import type { Plugin } from "vite";

const asked = "virtual:emoji";
const found = "\0virtual:emoji";

/** What emojibase tells of an emoji, as far as it is used here. */
interface Source {
  hexcode: string;
  emoji: string;
  label: string;
  tags?: string[];
  group?: number;
  order?: number;
  version: number;
  skins?: { emoji: string; tone: number | number[] }[];
}

/** Group of parts that are no emoji of their own: skin tones, hair. */
const components = 2;
/** Newer ones are missing from the letters of the systems in use. */
const newest = 15;

/**
 * The module `virtual:emoji`: of emojibase's data only what the picker draws and searches, in French and English.
 * A row is emoji, group, French name, French words, English name, English words, and its five skin tones.
 */
export function emojiData(): Plugin {
  return {
    name: "emoji-data",
    resolveId: (id) => (id === asked ? found : null),
    load(id) {
      if (id !== found) return null;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(rows()))});`;
    },
  };
}

function rows(): unknown[] {
  const require = createRequire(import.meta.url);
  const french = require("emojibase-data/fr/data.json") as Source[];
  const english = require("emojibase-data/en/data.json") as Source[];
  const shortcodes = require("emojibase-data/en/shortcodes/github.json") as Record<string, string | string[]>;
  const byCode = new Map(english.map((one) => [one.hexcode, one]));
  return french
    .filter((one) => one.group !== undefined && one.group !== components && one.version <= newest)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((one) => {
      const other = byCode.get(one.hexcode);
      const short = [shortcodes[one.hexcode] ?? []].flat().map((code) => code.replace(/_/g, " "));
      const row = [one.emoji, one.group, one.label, words(one.tags), other?.label ?? "", words([...(other?.tags ?? []), ...short])];
      const tones = [1, 2, 3, 4, 5].map((tone) => one.skins?.find((skin) => [skin.tone].flat().every((part) => part === tone))?.emoji);
      return tones.every(Boolean) ? [...row, tones] : row;
    });
}

function words(tags: readonly string[] = []): string {
  return [...new Set(tags)].join("|");
}
