import type { Page } from "playwright-core";

import { press, type Screen, sees } from "./screen";

const list = (page: Page) => page.getByRole("treeitem").first().waitFor();

const settingsPages = [
  ["appearance", "Apparence"],
  ["writing", "Écriture et lecture"],
  ["notifications", "Notifications"],
  ["encryption", "Chiffrement"],
  ["account", "Compte"],
  ["devices", "Mes appareils"],
  ["rules", "Règles en vigueur"],
  ["about", "À propos"],
];

/** What settings are like where the organisation decides some. */
const managedPages: [name: string, tab: string, words: string, lang: string][] = [
  ["appearance", "Apparence", "Géré par votre organisation", "fr"],
  ["notifications", "Notifications", "Managed by your organisation", "en"],
  ["rules", "Règles en vigueur", "Des règles n’ont pas été lues", "fr"],
  ["rules-en", "Rules in force", "Some rules were not read", "en"],
  ["about", "À propos", "01 80 15 00 00", "fr"],
];

async function openSettings(page: Page, tab: string): Promise<void> {
  await list(page);
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: tab, exact: true }).click();
  await page.getByRole("tabpanel").waitFor();
}

/** The main frame around a room, and its dialogs. */
export const frame: Screen[] = [
  { name: "frame", arrange: list },
  { name: "frame-en", knobs: { lang: "en" }, arrange: list },
  { name: "frame-compact", knobs: { density: "compact" }, arrange: list },
  { name: "frame-no-rooms", knobs: { rooms: "none" }, arrange: sees("Aucun salon pour le moment") },
  { name: "frame-offline", knobs: { sync: "offline" }, arrange: sees("Hors ligne depuis") },
  { name: "frame-sync-failed", knobs: { sync: "failed" }, arrange: sees("n’a pas fonctionné") },
  { name: "frame-access-lost", knobs: { access: "lost" }, arrange: sees("n’a plus accès à vos clés") },
  { name: "frame-no-recovery", knobs: { access: "noRecovery" }, arrange: sees("ne sont plus sauvegardées") },
  {
    name: "code-dialog",
    knobs: { access: "lost" },
    arrange: async (page) => {
      await press(page, "Taper le code de récupération…");
      await page.getByRole("textbox", { name: "Code de récupération" }).waitFor();
    },
  },
  { name: "frame-expired", knobs: { sync: "expired", room: "!forum" }, arrange: sees("Votre compte a expiré.") },
  { name: "frame-disk-full", knobs: { sync: "diskFull" }, arrange: sees("Libérez de l’espace") },
  { name: "frame-disk-failing", knobs: { sync: "diskFailing", lang: "en" }, arrange: sees("does not answer well") },
  { name: "frame-history-lost", knobs: { state: "signedIn-historyLost" }, arrange: sees("Elle a été mise de côté") },
  { name: "frame-history-lost-en", knobs: { state: "signedIn-historyLost", lang: "en" }, arrange: sees("It was set aside") },
  { name: "frame-keys-restored", knobs: { state: "signedIn-keysRestored" }, arrange: sees("Vos clés de chiffrement") },
  { name: "frame-keys-restored-en", knobs: { state: "signedIn-keysRestored", lang: "en" }, arrange: sees("Your encryption keys") },
  { name: "frame-connecting", knobs: { sync: "connecting" }, arrange: sees("Connexion…") },
  {
    name: "frame-history",
    knobs: { state: "recovery-enterCode" },
    arrange: async (page) => {
      await page.getByRole("textbox").fill("EsTc 7fkQ 9mRd 2xWv pLh4 Yz6N bG8s Uc3J t5Ae Kq1V oD7w");
      await page.locator("button[type=submit]").click();
      await page.getByRole("progressbar").waitFor();
    },
  },
  {
    name: "frame-filtered",
    arrange: async (page) => {
      await list(page);
      await page.getByPlaceholder("Rechercher").fill("num");
      await page.waitForFunction(() => document.querySelectorAll("[role=treeitem]").length < 4);
    },
  },
  {
    name: "frame-filter-nothing",
    arrange: async (page) => {
      await list(page);
      await page.getByPlaceholder("Rechercher").fill("introuvable");
      await sees("Aucun salon ne correspond")(page);
    },
  },
  {
    name: "frame-sections-closed",
    arrange: async (page) => {
      await list(page);
      for (const section of ["Favoris", "Salons", "Messages privés"]) {
        await page.getByRole("treeitem", { name: section, exact: true }).click();
      }
    },
  },
  {
    name: "room-row-menu",
    anchored: true,
    arrange: async (page) => {
      await page.getByRole("treeitem").filter({ hasText: "Budget et logistique" }).click({ button: "right" });
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "account-menu",
    arrange: async (page) => {
      await list(page);
      await press(page, "Compte de Claire Lefèvre");
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "switcher",
    arrange: async (page) => {
      await list(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
    },
  },
  {
    name: "switcher-people",
    arrange: async (page) => {
      await list(page);
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Salon ou personne").fill("jean");
      await page.getByRole("dialog").getByText("Personnes").waitFor();
    },
  },
  {
    name: "switcher-nothing",
    arrange: async (page) => {
      await list(page);
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Salon ou personne").fill("zzzz");
      await sees("Rien ne correspond")(page);
    },
  },
  ...managedPages.map(([id, tab, words, lang]) => ({
    name: `settings-managed-${id}`,
    knobs: { policy: "on", lang },
    arrange: async (page: Page) => {
      await openSettings(page, tab);
      await sees(words)(page);
    },
  })),
  ...settingsPages.map(([id = "", tab = ""]) => ({
    name: `settings-${id}`,
    arrange: (page: Page) => openSettings(page, tab),
  })),
  {
    name: "settings-keys-exported",
    arrange: async (page) => {
      await openSettings(page, "Chiffrement");
      await page.getByLabel("Phrase secrète du fichier").fill("une phrase assez longue");
      await page.getByLabel("La même, une seconde fois").fill("une phrase assez longue");
      await press(page, "Enregistrer le fichier…");
      await sees("clés écrites")(page);
    },
  },
  {
    name: "settings-keys-importing",
    knobs: { keys: "slow" },
    arrange: async (page) => {
      await openSettings(page, "Chiffrement");
      await press(page, "Choisir un fichier…");
      await page.getByLabel("Phrase secrète de ce fichier").fill("secret");
      await press(page, "Lire les clés");
      await sees("Lecture des clés")(page);
    },
  },
  {
    name: "settings-keys-wrong",
    arrange: async (page) => {
      await openSettings(page, "Chiffrement");
      await press(page, "Choisir un fichier…");
      await page.getByLabel("Phrase secrète de ce fichier").fill("marguerite");
      await press(page, "Lire les clés");
      await sees("Ce n’est pas la bonne phrase secrète")(page);
    },
  },
  {
    name: "settings-not-saved",
    knobs: { fail: "settings_set:storeFull" },
    arrange: async (page) => {
      await openSettings(page, "Apparence");
      await page.getByText("Compacte").click();
      await sees("n’a pas pu être enregistré")(page);
    },
  },
  {
    name: "keys",
    arrange: async (page) => {
      await list(page);
      await page.keyboard.press("F1");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "sign-out",
    arrange: async (page) => {
      await openSettings(page, "Compte");
      await press(page, "Se déconnecter");
      await page.getByRole("alertdialog").waitFor();
    },
  },
];
