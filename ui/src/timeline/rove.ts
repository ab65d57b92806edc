const inside = "button:not(:disabled), [role=link], audio, video";

/** What can be acted on in a row, in order. */
export function insideOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(inside)];
}

export type RowMove = { kind: "row"; by: number } | { kind: "inside"; element: HTMLElement } | { kind: "back" } | null;

/**
 * What a key does inside the list: up and down go from row to row, right and left through what a row offers, and
 * Escape back from it to the row.
 */
export function rowMove(key: string, row: HTMLElement, target: HTMLElement): RowMove {
  // These have keys of their own.
  const playing = target.matches("audio, video");
  switch (key) {
    case "ArrowUp":
      return playing ? null : { kind: "row", by: -1 };
    case "ArrowDown":
      return playing ? null : { kind: "row", by: 1 };
    case "Escape":
      return target === row ? null : { kind: "back" };
    case "Enter":
    case "ArrowRight":
    case "ArrowLeft":
      return playing ? null : across(key, row, target);
    default:
      return null;
  }
}

function across(key: string, row: HTMLElement, target: HTMLElement): RowMove {
  const elements = insideOf(row);
  const at = elements.indexOf(target);
  if (key === "Enter") return at < 0 && elements[0] ? { kind: "inside", element: elements[0] } : null;
  if (key === "ArrowLeft" && at <= 0) return at === 0 ? { kind: "back" } : null;
  const element = elements[at + (key === "ArrowRight" ? 1 : -1)];
  return element ? { kind: "inside", element } : null;
}
