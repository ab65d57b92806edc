import { call } from "../ipc/backend";
import type { AppInfo, Settings } from "../ipc/bindings";
import { createStore } from "./store";

/** What the shell said last; the defaults until then. */
export const settings = createStore<Settings>({
  theme: "system",
  language: "system",
  density: "normal",
  zoom: 100,
  enterSends: true,
  notificationContent: "full",
  sendReadReceipts: true,
  sendTyping: true,
});

export const app = createStore<AppInfo>({ version: "", os: "linux", systemLanguage: "fr", profile: null });

/** Before the first screen, and again when an account's store is opened. */
export async function loadSettings(): Promise<void> {
  settings.set(await call("settings_get"));
}

export async function loadApp(): Promise<void> {
  app.set(await call("app_info"));
}

let saving: Promise<unknown> = Promise.resolve();

/** Saved in order; drawn once saved. */
export function changeSettings(change: Partial<Settings>): Promise<void> {
  const saved = saving.then(async () => {
    settings.set(await call("settings_set", { ...settings.get(), ...change }));
  });
  saving = saved.catch(() => {});
  return saved;
}

/** French or English. */
export function wordsOf(language: Settings["language"], systemLanguage: AppInfo["systemLanguage"]): "fr" | "en" {
  const chosen = language === "system" ? systemLanguage : language;
  return chosen === "en" ? "en" : "fr";
}

const steps = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

export function zoomStep(zoom: number, direction: 1 | -1): number {
  return (direction > 0 ? steps.find((step) => step > zoom) : steps.findLast((step) => step < zoom)) ?? zoom;
}
