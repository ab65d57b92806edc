import { type KeyId, keys, matches } from "../../keys";

/** What a key asks of the composer; `null` leaves it to the editor. */
export type Asking =
  | "send"
  | "break"
  | "editLast"
  | "replyLast"
  | "bold"
  | "italic"
  | "code"
  /** For the completion that is open. */
  | "complete"
  | null;

type Pressed = Parameters<typeof matches>[1] & { isComposing: boolean; keyCode: number };

interface State {
  enterSends: boolean;
  /** Names or emojis are offered. */
  completing: boolean;
  /** Nothing is written. */
  empty: boolean;
  /** The line opens a block of code once it is ended: "```sql". */
  opensCode: boolean;
}

const formats = { "format-bold": "bold", "format-italic": "italic", "format-code": "code" } as const;

/** The table of keys, as it stands in the composer. */
export function asking(event: Pressed, { enterSends, completing, empty, opensCode }: State): Asking {
  // A key that ends the composition of a letter is part of the letter; 229 is how WebKit says it.
  if (event.isComposing || event.keyCode === 229) return null;
  const is = (id: KeyId) => keys[id].combos.some((combo) => matches(combo, event));
  if (completing && /^(Enter|Tab|ArrowUp|ArrowDown)$/.test(event.key) && !event.ctrlKey && !event.shiftKey && !event.altKey) {
    return "complete";
  }
  if (is("message-send-always")) return "send";
  if (is("message-send")) return enterSends && !opensCode ? "send" : "break";
  if (is("message-break")) return enterSends ? "break" : "send";
  if (is("message-reply-last")) return "replyLast";
  if (empty && is("message-edit-last")) return "editLast";
  for (const [id, format] of Object.entries(formats) as [keyof typeof formats, Asking][]) if (is(id)) return format;
  return null;
}
