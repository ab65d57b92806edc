import { useEffect } from "react";

import { fold } from "../../rooms/fold";
import { createStore, useStore } from "../../stores/store";

export type Words = "fr" | "en";

export interface Emoji {
  emoji: string;
  /** Of Unicode: see `groups`. */
  group: number;
  name: Record<Words, string>;
  /** The same hand in five skin tones, from the lightest. */
  tones: readonly string[] | null;
  /** Names and words without accents and case, for the search. */
  folded: Record<Words, { name: string; words: readonly string[] }>;
}

/** Of Unicode, in the order of the picker. Words: `emoji-group-…`. */
export const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;

let loading: Promise<readonly Emoji[]> | null = null;

/** Loaded once, when first asked for. */
export function loadEmojis(): Promise<readonly Emoji[]> {
  loading ??= import("virtual:emoji").then(({ default: rows }) =>
    rows.map(([emoji, group, french, frenchWords, english, englishWords, tones]) => ({
      emoji,
      group,
      name: { fr: french, en: english },
      tones: tones ?? null,
      folded: { fr: folded(french, frenchWords), en: folded(english, englishWords) },
    })),
  );
  return loading;
}

function folded(name: string, words: string) {
  return { name: fold(name), words: words === "" ? [] : words.split("|").map(fold) };
}

const loaded = createStore<readonly Emoji[] | null>(null);

/** All emojis; `null` until they are there. */
export function useEmojis(): readonly Emoji[] | null {
  useEffect(() => {
    void loadEmojis().then(loaded.set);
  }, []);
  return useStore(loaded);
}

/** Lower is better; `null` when it is not found. One's own language goes first. */
function place(emoji: Emoji, wanted: readonly string[], words: Words): number | null {
  const own = placeIn(emoji.folded[words], wanted);
  const other = placeIn(emoji.folded[words === "fr" ? "en" : "fr"], wanted);
  if (other === null) return own;
  return Math.min(own ?? Infinity, other + worst + 1);
}

const worst = 5;

function placeIn({ name, words }: Emoji["folded"][Words], wanted: readonly string[]): number | null {
  const phrase = wanted.join(" ");
  const begins = (text: string, word: string) => text.startsWith(word) || text.split(/[\s\-':,]+/).some((part) => part.startsWith(word));
  if (name === phrase) return 0;
  if (name.startsWith(`${phrase} `)) return 1;
  if (words.includes(phrase)) return 2;
  if (name.startsWith(phrase)) return 3;
  if (wanted.every((word) => begins(name, word))) return 4;
  return wanted.every((word) => begins(name, word) || words.some((one) => begins(one, word))) ? worst : null;
}

/** The best for what is typed, accents and case left aside. */
export function findEmojis(all: readonly Emoji[], typed: string, words: Words, most: number): Emoji[] {
  const wanted = fold(typed.trim()).split(/[\s_]+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return all
    .flatMap((emoji) => {
      const at = place(emoji, wanted, words);
      return at === null ? [] : [{ emoji, at }];
    })
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

/** What was picked last, the latest first; for the time of this run only. */
export const recentEmojis = createStore<readonly string[]>([]);

const remembered = 18;

export function rememberEmoji(emoji: string): void {
  recentEmojis.set((recent) => [emoji, ...recent.filter((one) => one !== emoji)].slice(0, remembered));
}

/** 0 is the yellow one. */
export const skinTone = createStore(0);

export function inTone(emoji: Emoji, tone: number): string {
  return emoji.tones?.[tone - 1] ?? emoji.emoji;
}
