/** Without accents, case, ligatures: "Évènement œuvre" is found by "evenement oeuvre". */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/[’ʼ]/g, "'")
    .replace(/[‐-―]/g, "-");
}

/** Whether every word of `wanted` begins or lies in `text`. Both are folded. */
export function found(text: string, wanted: string): boolean {
  return wanted.split(/\s+/).every((word) => text.includes(word));
}

/** Lower is better: at the start, at the start of a word, anywhere; `null` when it is not there. */
export function rank(text: string, wanted: string): number | null {
  if (!found(text, wanted)) return null;
  if (text.startsWith(wanted)) return 0;
  const first = wanted.split(/\s+/)[0] ?? "";
  return text.split(/[\s\-'_.,()]+/).some((word) => word.startsWith(first)) ? 1 : 2;
}
