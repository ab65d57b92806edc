import { asUserId } from "./userId";

export interface Addresses {
  /** Complete ones, each once, in the order in which they were pasted. */
  valid: readonly string[];
  /** What is none, as it was pasted. */
  malformed: readonly string[];
}

/** Most that are taken at once. */
export const mostAddresses = 1000;

/** Addresses from a list that was pasted: one a line, or between commas, semicolons or spaces; also out of an exported list. */
export function addressesIn(pasted: string): Addresses {
  const valid = new Set<string>();
  const malformed = new Set<string>();
  for (const part of pasted.split(/[\s,;]+/)) {
    const word = part.replace(/^[<"'“«]+|[>"'”».]+$/gu, "");
    if (word === "") continue;
    const address = asUserId(word);
    if (address) valid.add(address);
    else malformed.add(word);
  }
  return { valid: [...valid].slice(0, mostAddresses), malformed: [...malformed] };
}
