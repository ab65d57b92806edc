import type { Page } from "playwright-core";

import { press, type Screen, sees } from "./screen";

async function giveAddress(page: Page, address: string): Promise<void> {
  await page.getByLabel("Votre adresse").fill(address);
  await press(page, "Continuer");
}

const address = "@claire.lefevre:interieur.example";

async function givePassword(page: Page, password: string): Promise<void> {
  await giveAddress(page, address);
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await press(page, "Se connecter");
}

const signedOut = { state: "signedOut" };

/** A server that fails, and the sentence for it. */
const discoveries: [name: string, server: string, sentence: string][] = [
  ["unknown-server", "inconnu.example", "Aucune messagerie"],
  ["offline", "horsligne.example", "ne répond pas"],
  ["not-matrix", "boutique.example", "pas une messagerie compatible"],
  ["certificate-expired", "perime.example", "a expiré"],
  ["certificate-invalid", "faux.example", "n’a pas pu être vérifiée"],
  ["internal", "panne.example", "n’a pas fonctionné"],
  ["invalid-address", "paris", "pas complète"],
  ["server-not-allowed", "ailleurs.example", "n’autorise pas cette messagerie"],
  ["login-not-allowed", "portail.example", "n’autorise pas les moyens de connexion"],
  ["login-not-supported", "autre.example", "aucun moyen de connexion que Pli connaisse"],
];

const refusals: [name: string, password: string, sentence: string][] = [
  ["wrong-password", "faux", "incorrect"],
  ["deactivated", "desactive", "désactivé"],
  ["expired", "expire", "a expiré"],
  ["rate-limited", "trop", "42 secondes"],
  ["offline", "horsligne", "ne répond pas"],
];

const signIn: Screen[] = [
  { name: "sign-in", knobs: signedOut, arrange: sees("Bienvenue dans Pli") },
  { name: "sign-in-en", knobs: { ...signedOut, lang: "en" }, arrange: sees("Welcome to Pli") },
  {
    name: "sign-in-nothing-typed",
    knobs: signedOut,
    arrange: async (page) => {
      await press(page, "Continuer");
      await sees("Tapez votre adresse")(page);
    },
  },
  {
    name: "sign-in-by-hand",
    knobs: signedOut,
    arrange: async (page) => {
      await press(page, "Indiquer le serveur à la main");
      await page.getByLabel("Serveur", { exact: true }).waitFor();
    },
  },
  {
    name: "sign-in-policy",
    knobs: { ...signedOut, policy: "on" },
    arrange: async (page) => {
      await press(page, "Choisir la messagerie dans une liste");
      await page.getByRole("button", { name: /Ministère de l’Intérieur/ }).waitFor();
    },
  },
  {
    name: "sign-in-policy-open",
    knobs: { ...signedOut, policy: "open", lang: "en" },
    arrange: async (page) => {
      await press(page, "Choose the messaging service from a list");
      await page.getByRole("button", { name: /Messaging service/ }).click();
      await page.getByRole("option", { name: "Another server…" }).click();
      await page.getByLabel("Server", { exact: true }).waitFor();
    },
  },
  {
    name: "sign-in-password",
    knobs: signedOut,
    arrange: async (page) => {
      await giveAddress(page, address);
      await sees("Messagerie de votre ministère trouvée")(page);
    },
  },
  ...[
    ["guest", "externe.example", "Vous êtes une personne externe"],
    ["new-ministry", "ancien.example", "Votre ministère a changé"],
    ["portal", "sso.example", "par le portail de votre ministère"],
    ["portals", "sso-deux.example", "Se connecter avec ProConnect"],
  ].map(([name = "", server = "", sentence = ""]) => ({
    name: `sign-in-${name}`,
    knobs: signedOut,
    arrange: async (page: Page) => {
      await giveAddress(page, `claire.lefevre@${server}`);
      await sees(sentence)(page);
    },
  })),
  ...[
    ["waiting", "", "Terminez dans votre navigateur"],
    ["not-opened", "none", "n’a pas pu être ouvert"],
  ].map(([name = "", browser = "", sentence = ""]) => ({
    name: `sign-in-browser-${name}`,
    knobs: { ...signedOut, browser },
    arrange: async (page: Page) => {
      await giveAddress(page, "claire.lefevre@sso.example");
      await press(page, "Se connecter par le portail de votre ministère");
      await sees(sentence)(page);
    },
  })),
  ...discoveries.map(([name, server, sentence]) => ({
    name: `sign-in-error-${name}`,
    knobs: signedOut,
    arrange: async (page: Page) => {
      await giveAddress(page, `@claire.lefevre:${server}`);
      await sees(sentence)(page);
    },
  })),
  ...refusals.map(([name, password, sentence]) => ({
    name: `sign-in-refused-${name}`,
    knobs: signedOut,
    arrange: async (page: Page) => {
      await givePassword(page, password);
      await sees(sentence)(page);
    },
  })),
  ...[
    ["tokenRevoked", "fermée à distance"],
    ["accountDeactivated", "Votre compte a été désactivé"],
  ].map(([end = "", sentence = ""]) => ({
    name: `sign-in-ended-${end}`,
    knobs: { state: `signedOut-${end}` },
    arrange: sees(sentence),
  })),
];

const recovery: Screen[] = [
  { name: "recovery-show", knobs: { state: "recovery-showCode" }, arrange: sees("EsTc") },
  {
    name: "recovery-show-failed",
    knobs: { state: "recovery-showCode", fail: "recovery_set_up:offline" },
    arrange: (page) => page.getByRole("button", { name: "Réessayer" }).waitFor(),
  },
  {
    name: "recovery-show-wrong-ending",
    knobs: { state: "recovery-showCode" },
    arrange: async (page) => {
      await sees("EsTc")(page);
      await page.getByRole("textbox").fill("zzzz");
      await page.getByRole("textbox").press("Enter");
      await page.locator("[aria-invalid=true]").waitFor();
    },
  },
  { name: "recovery-enter", knobs: { state: "recovery-enterCode" }, arrange: (page) => page.getByRole("textbox").waitFor() },
  {
    name: "recovery-enter-wrong",
    knobs: { state: "recovery-enterCode" },
    arrange: async (page) => {
      await page.getByRole("textbox").fill("EsTc 7fkQ");
      await page.locator("button[type=submit]").click();
      await sees("Ce n’est pas le bon code.")(page);
    },
  },
  {
    name: "recovery-reset",
    knobs: { state: "recovery-enterCode" },
    arrange: async (page) => {
      await page.locator("main button[type=button]").last().click();
      await page.getByLabel("Mot de passe", { exact: true }).waitFor();
    },
  },
  {
    name: "recovery-reset-portal",
    knobs: { state: "recovery-portal" },
    arrange: async (page) => {
      await page.locator("main button[type=button]").last().click();
      await sees("Le portail de votre ministère vous demandera")(page);
    },
  },
];

const vault: Screen[] = [
  ...["noKeyring", "locked", "keyMissing"].map((reason) => ({
    name: `vault-${reason}`,
    knobs: { state: `vault-${reason}` },
    arrange: (page: Page) => page.getByRole("heading", { level: 1 }).waitFor(),
  })),
  {
    name: "vault-noKeyring-short",
    knobs: { state: "vault-noKeyring" },
    arrange: async (page) => {
      await page.getByLabel("Nouvelle phrase secrète", { exact: true }).fill("court");
      await press(page, "Ouvrir Pli");
      await page.locator("[aria-invalid=true]").waitFor();
    },
  },
  {
    name: "vault-start-afresh",
    knobs: { state: "vault-keyMissing" },
    arrange: async (page) => {
      await press(page, "Repartir de zéro sur ce poste");
      await page.getByRole("alertdialog").waitFor();
    },
  },
];

const problems = ["inUse", "tooNew", "wrongKey", "diskFull", "unreadable"];

/** All there is before the rooms. */
export const firstRun: Screen[] = [
  { name: "starting", knobs: { state: "starting" }, arrange: (page) => page.locator("main[aria-busy] [data-shown]").first().waitFor() },
  ...signIn,
  ...recovery,
  ...vault,
  ...problems.map((problem) => ({
    name: `store-${problem}`,
    knobs: { state: `store-${problem}` },
    arrange: sees("Que faire"),
  })),
];
