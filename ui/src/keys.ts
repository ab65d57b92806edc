import { useEffect, useRef } from "react";

/** Where a key works, for the help page. */
export type KeyGroup = "app" | "rooms" | "timeline" | "composer";

export interface KeyRow {
  /** Modifiers in the order Ctrl, Alt, Shift, then a key: a letter, `Digit1`, `F1`, `ArrowUp`, `Escape`, `,`, `+`… */
  combos: readonly string[];
  group: KeyGroup;
  /** Acted on by the element in focus (an editor, a list): listed here, not listened to by `useKey`. */
  local?: boolean;
}

/**
 * Every key of Pli: the help page is drawn from it. Its words are the messages `key-…` of the catalogue.
 * AZERTY: digits by their place (`Digit1`), never Ctrl+Alt+letter, which is AltGr.
 */
export const keys = {
  "room-switch": { combos: ["Ctrl+K"], group: "app" },
  settings: { combos: ["Ctrl+,"], group: "app" },
  help: { combos: ["F1"], group: "app" },
  "landmark-next": { combos: ["F6"], group: "app" },
  "landmark-previous": { combos: ["Shift+F6"], group: "app" },
  panel: { combos: ["F4"], group: "app" },
  "panel-close": { combos: ["Escape"], group: "app", local: true },
  "view-back": { combos: ["Alt+ArrowLeft"], group: "app" },
  "view-forward": { combos: ["Alt+ArrowRight"], group: "app" },
  "zoom-in": { combos: ["Ctrl++", "Ctrl+="], group: "app" },
  "zoom-out": { combos: ["Ctrl+-"], group: "app" },
  "zoom-reset": { combos: ["Ctrl+0"], group: "app" },
  "room-filter": { combos: ["Ctrl+Shift+K"], group: "rooms" },
  "room-previous": { combos: ["Alt+ArrowUp"], group: "rooms" },
  "room-next": { combos: ["Alt+ArrowDown"], group: "rooms" },
  "room-previous-unread": { combos: ["Alt+Shift+ArrowUp"], group: "rooms" },
  "room-next-unread": { combos: ["Alt+Shift+ArrowDown"], group: "rooms" },
  "timeline-first": { combos: ["Ctrl+Home"], group: "timeline" },
  "timeline-last": { combos: ["Ctrl+End"], group: "timeline" },
  "mark-read": { combos: ["Escape"], group: "timeline" },
  "mark-all-read": { combos: ["Shift+Escape"], group: "timeline" },
  "message-next": { combos: ["ArrowDown"], group: "timeline", local: true },
  "message-previous": { combos: ["ArrowUp"], group: "timeline", local: true },
  "message-inside": { combos: ["ArrowRight"], group: "timeline", local: true },
  "message-actions": { combos: ["Shift+F10"], group: "timeline", local: true },
  "message-reply": { combos: ["Ctrl+ArrowUp"], group: "timeline", local: true },
  // What Enter and Shift+Enter do is a setting.
  "message-send": { combos: ["Enter"], group: "composer", local: true },
  "message-break": { combos: ["Shift+Enter"], group: "composer", local: true },
  "message-send-always": { combos: ["Ctrl+Enter"], group: "composer", local: true },
  "message-edit-last": { combos: ["ArrowUp"], group: "composer", local: true },
  "message-reply-last": { combos: ["Ctrl+ArrowUp"], group: "composer", local: true },
  "composer-leave": { combos: ["Escape"], group: "composer", local: true },
  "format-bold": { combos: ["Ctrl+B"], group: "composer", local: true },
  "format-italic": { combos: ["Ctrl+I"], group: "composer", local: true },
  "format-code": { combos: ["Ctrl+E"], group: "composer", local: true },
  attach: { combos: ["Ctrl+O"], group: "composer" },
} as const satisfies Record<string, KeyRow>;

export type KeyId = keyof typeof keys;

interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
  getModifierState?: (key: string) => boolean;
}

/** Keys that need Shift or not depending on the keyboard: Shift is not looked at. */
const signs = new Set([",", "+", "=", "-", "0"]);

/** Whether what was pressed is `combo`. */
export function matches(combo: string, pressed: Pressed, mac = isMac()): boolean {
  const parts = combo.endsWith("++") ? [...combo.slice(0, -2).split("+"), "+"] : combo.split("+");
  const key = parts[parts.length - 1] ?? "";
  // AltGr comes as Ctrl+Alt on Windows: what it types is not for us.
  if (pressed.getModifierState?.("AltGraph")) return false;
  const ctrl = mac ? pressed.metaKey : pressed.ctrlKey;
  if (ctrl !== parts.includes("Ctrl") || pressed.altKey !== parts.includes("Alt")) return false;
  if (!mac && pressed.metaKey) return false;
  if (!signs.has(key) && pressed.shiftKey !== parts.includes("Shift")) return false;
  if (key.startsWith("Digit")) return pressed.code === key;
  // On AZERTY the digits of the row above need Shift: 0 is known by its place as well.
  if (key === "0") return pressed.key === "0" || pressed.code === "Digit0" || pressed.code === "Numpad0";
  return pressed.key.toLowerCase() === key.toLowerCase();
}

export function isMac(): boolean {
  return typeof navigator !== "undefined" && navigator.userAgent.includes("Macintosh");
}

const pressedHandlers: { id: KeyId; run: () => boolean | void }[] = [];

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // The last to come is the innermost.
  for (const { id, run } of [...pressedHandlers].reverse()) {
    if (!keys[id].combos.some((combo) => matches(combo, event))) continue;
    if (run() === false) continue;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
}

/** Runs `run` on the keys of `id` anywhere in the window; `run` answers `false` to let others have it. */
export function useKey(id: KeyId, run: () => boolean | void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const handler = { id, run: () => latest.current() };
    if (pressedHandlers.length === 0) window.addEventListener("keydown", onKeyDown, true);
    pressedHandlers.push(handler);
    return () => {
      pressedHandlers.splice(pressedHandlers.indexOf(handler), 1);
      if (pressedHandlers.length === 0) window.removeEventListener("keydown", onKeyDown, true);
    };
  }, [id, enabled]);
}

const names: Record<"fr" | "en", Record<string, string>> = {
  fr: { Shift: "Maj", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Échap", Enter: "Entrée", Home: "Origine", End: "Fin", Tab: "Tab", "-": "−" },
  en: { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", "-": "−" },
};

/** As written on the keyboard: "Ctrl+Maj+K". */
export function wordCombo(combo: string, locale: string): string {
  const words = names[locale.startsWith("en") ? "en" : "fr"];
  const parts = combo.endsWith("++") ? [...combo.slice(0, -2).split("+"), "+"] : combo.split("+");
  return parts.map((part) => words[part] ?? part.replace(/^Digit/, "")).join(" ");
}

/** The first combination of a key, worded. */
export function wordKey(id: KeyId, locale: string): string {
  return wordCombo(keys[id].combos[0], locale);
}
