import type { Page } from "playwright-core";

import { press, type Screen, sees } from "./screen";

async function openSettings(page: Page): Promise<void> {
  await sees("Bien reçu, je prends la suite")(page);
  await page.keyboard.press("F4");
  await page.getByRole("tab", { name: "Réglages", exact: true }).click();
  await page.getByText("Disparition des messages").first().waitFor();
}

async function chooseOwn(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Disparition des messages/ }).click();
  await page.getByRole("option", { name: "Autre durée…" }).click();
  await page.getByRole("textbox", { name: "Durée" }).waitFor();
}

const fleeting = { room: "!astreinte" };
const crisis = { room: "!crise" };

/** Messages that disappear: in the timeline, in a room's settings, in the composer. */
export const retention: Screen[] = [
  { name: "fleeting", knobs: fleeting, arrange: sees("Le message d’origine a disparu") },
  { name: "fleeting-en", knobs: { ...fleeting, lang: "en" }, arrange: sees("The original message has disappeared") },
  { name: "timer-modest", knobs: fleeting, arrange: openSettings },
  {
    name: "timer-choices",
    knobs: crisis,
    anchored: true,
    arrange: async (page) => {
      await sees("Le point de 18 h est prêt")(page);
      await page.keyboard.press("F4");
      await page.getByRole("tab", { name: "Réglages", exact: true }).click();
      await page.getByRole("button", { name: /Disparition des messages/ }).click();
      await page.getByRole("option", { name: "Autre durée…" }).waitFor();
    },
  },
  {
    name: "timer-own",
    knobs: crisis,
    arrange: async (page) => {
      await sees("Le point de 18 h est prêt")(page);
      await page.keyboard.press("F4");
      await page.getByRole("tab", { name: "Réglages", exact: true }).click();
      await chooseOwn(page);
      await page.getByRole("textbox", { name: "Durée" }).fill("deux");
      await press(page, "Appliquer");
      await sees("Écrivez un nombre entier")(page);
    },
  },
  {
    name: "lifetime-menu",
    knobs: fleeting,
    anchored: true,
    arrange: async (page) => {
      await press(page, "Durée du prochain message\u00a0: 7 jours");
      await page.getByRole("menu").waitFor();
    },
  },
];
