import type { Page } from "playwright-core";

import { press, type Screen, sees } from "./screen";

const list = (page: Page) => page.getByRole("treeitem").first().waitFor();
const dialog = (page: Page) => page.locator("[role=dialog], [role=alertdialog]").last().waitFor();

/** How far it is, with another device of the user’s own and with a person. */
const stages: [knob: string, sentence: string | RegExp][] = [
  ["asking", "acceptez la demande"],
  ["ready", "L’autre appareil a répondu"],
  ["starting", "Échange des clés"],
  ["emojis", "Éléphant"],
  ["numbers", "4217"],
  ["code", "Lisez ce code"],
  ["scanned", "dit avoir lu le code"],
  ["confirmed", "En attente de l’autre appareil"],
  ["done", "L’appareil est vérifié"],
  ["mismatch", "rien n’a été vérifié"],
  ["there", "refusée sur l’autre appareil"],
  ["timedOut", "Personne n’a répondu"],
  ["person-asking", "doit l’accepter"],
  ["person-emojis", "Demandez à Sophie Marchand"],
  ["person-done", "L’identité de Sophie Marchand"],
];

async function openDevices(page: Page): Promise<void> {
  await list(page);
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: "Mes appareils", exact: true }).click();
  await page.getByText("Poste du bureau").waitFor();
}

async function askDevice(page: Page, act: string): Promise<void> {
  await openDevices(page);
  await press(page, "Actions pour Poste du bureau (Windows)");
  await page.getByRole("menuitem", { name: act, exact: true }).click();
  await dialog(page);
}

async function openIdentity(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("F4");
  await page.getByRole("tab", { name: "Membres", exact: true }).click();
  await page.getByRole("button", { name: /^Sophie Marchand/ }).click();
  await page.getByRole("menuitem", { name: "Vérifier l’identité", exact: true }).click();
  await dialog(page);
}

/** Devices and people that make sure of each other. */
export const verification: Screen[] = [
  { name: "verification-asked", knobs: { verify: "asked" }, arrange: sees("demande à être vérifié") },
  { name: "verification-asked-en", knobs: { verify: "asked", lang: "en" }, arrange: sees("asks to be verified") },
  { name: "verification-person-asked", knobs: { verify: "person-asked" }, arrange: sees("Sophie Marchand souhaite") },
  ...stages.map(([knob, sentence]) => ({ name: `verification-${knob}`, knobs: { verify: knob }, arrange: sees(sentence) })),
  { name: "verification-emojis-en", knobs: { verify: "emojis", lang: "en" }, arrange: sees("Elephant") },
  {
    name: "verification-no-code",
    knobs: { verify: "ready", fail: "verification_scan_clipboard:noQrCode" },
    arrange: async (page) => {
      await press(page, "Lire un code QR dans le presse-papiers");
      await sees("Aucun code QR")(page);
    },
  },
  { name: "verification-entering-asked", knobs: { state: "recovery-enterCode", verify: "asked" }, arrange: sees("propose de vérifier") },
  { name: "verification-entering", knobs: { state: "recovery-enterCode", verify: "emojis" }, arrange: sees("Éléphant") },
  { name: "verification-entering-done", knobs: { state: "recovery-enterCode", verify: "done" }, arrange: sees("Vos clés arrivent") },
  { name: "identity-unverified", knobs: { room: "!crise" }, arrange: openIdentity },
  { name: "identity-changed", knobs: { room: "!crise", changed: "on" }, arrange: openIdentity },
  { name: "identity-banner", knobs: { room: "!sophie", changed: "on" }, arrange: sees("a changé depuis que vous") },
  { name: "identity-banner-en", knobs: { room: "!sophie", changed: "on", lang: "en" }, arrange: sees("has changed since you") },
  {
    name: "devices-failed",
    knobs: { fail: "device_list:offline" },
    arrange: async (page) => {
      await list(page);
      await page.keyboard.press("Control+,");
      await page.getByRole("tab", { name: "Mes appareils", exact: true }).click();
      await sees("n’a pas pu être chargée")(page);
    },
  },
  {
    name: "devices-menu",
    anchored: true,
    arrange: async (page) => {
      await openDevices(page);
      await press(page, "Actions pour XWQPLMNOTR");
      await page.getByRole("menu").waitFor();
    },
  },
  { name: "devices-rename", arrange: (page) => askDevice(page, "Renommer") },
  { name: "devices-sign-out", arrange: (page) => askDevice(page, "Déconnecter") },
  { name: "devices-sign-out-portal", knobs: { state: "signedIn-portal" }, arrange: (page) => askDevice(page, "Déconnecter") },
  {
    name: "devices-sign-out-others",
    arrange: async (page) => {
      await openDevices(page);
      await press(page, "Déconnecter tous les autres appareils");
      await page.getByLabel("Mot de passe", { exact: true }).fill("faux");
      await page.keyboard.press("Enter");
      await sees("incorrect")(page);
    },
  },
];
