import type { Page } from "playwright-core";

import { press, type Screen, sees } from "./screen";

const list = (page: Page) => page.getByRole("treeitem").first().waitFor();
const named = (page: Page) => page.getByRole("heading", { level: 1 }).waitFor();
const dialog = (page: Page) => page.locator("[role=dialog], [role=alertdialog]").last().waitFor();

async function startNew(page: Page, what: string): Promise<void> {
  await list(page);
  await press(page, "Nouveau");
  await page.getByRole("menuitem", { name: what, exact: true }).click();
  await dialog(page);
}

async function openPanel(page: Page, tab: string): Promise<void> {
  await named(page);
  await page.keyboard.press("F4");
  await page.getByRole("tab", { name: tab, exact: true }).click();
  await page.getByRole("tabpanel").waitFor();
}

async function openMember(page: Page, name: string): Promise<void> {
  await openPanel(page, "Membres");
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("menu").waitFor();
}

async function askMember(page: Page, name: string, act: string): Promise<void> {
  await openMember(page, name);
  await page.getByRole("menuitem", { name: act, exact: true }).click();
  await dialog(page);
}

async function choosePerson(page: Page, typed: string): Promise<void> {
  await page.getByPlaceholder("Nom ou adresse complète").fill(typed);
  await page.getByRole("option", { disabled: false, name: new RegExp(typed, "i") }).first().click();
}

async function openRoomMenu(page: Page): Promise<void> {
  await named(page);
  await press(page, "Autres actions");
  await page.getByRole("menu").waitFor();
}

const crisis = { room: "!crise" };

/** Rooms and their members: starting one, being invited, header, panel, questions. */
export const rooms: Screen[] = [
  {
    name: "new-menu",
    arrange: async (page) => {
      await list(page);
      await press(page, "Nouveau");
      await page.getByRole("menu").waitFor();
    },
  },
  { name: "new-direct", arrange: (page) => startNew(page, "Nouveau message privé") },
  {
    name: "new-direct-found",
    arrange: async (page) => {
      await startNew(page, "Nouveau message privé");
      await page.getByPlaceholder("Nom ou adresse complète").fill("jean");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "new-direct-directory-failed",
    knobs: { fail: "directory_search_users:offline" },
    arrange: async (page) => {
      await startNew(page, "Nouveau message privé");
      await page.getByPlaceholder("Nom ou adresse complète").fill("jean");
      await sees("L’annuaire n’a pas répondu")(page);
    },
  },
  {
    name: "new-room",
    arrange: async (page) => {
      await startNew(page, "Nouveau salon");
      await choosePerson(page, "jean");
      await choosePerson(page, "@paul.roy:rail.example");
    },
  },
  {
    name: "new-room-nameless",
    arrange: async (page) => {
      await startNew(page, "Nouveau salon");
      await press(page, "Créer le salon");
      await sees("Donnez un nom au salon")(page);
    },
  },
  {
    name: "new-room-failed",
    knobs: { fail: "room_create:offline" },
    arrange: async (page) => {
      await startNew(page, "Nouveau salon");
      await page.getByLabel("Nom du salon").fill("Séminaire");
      await press(page, "Créer le salon");
      await sees("n’a pas pu être créé")(page);
    },
  },
  { name: "room-open", knobs: { room: "!astreinte" }, arrange: sees("Ouvert aux externes") },
  { name: "room-open-en", knobs: { room: "!astreinte", lang: "en" }, arrange: sees("Open to guests") },
  { name: "room-open-about", knobs: { room: "!astreinte" }, arrange: (page) => openPanel(page, "À propos") },
  { name: "room-unencrypted-about", knobs: { room: "!cantine" }, arrange: (page) => openPanel(page, "À propos") },
  {
    name: "room-open-to-guests",
    knobs: crisis,
    arrange: async (page) => {
      await openPanel(page, "Réglages");
      await press(page, "Ouvrir aux externes…");
      await dialog(page);
    },
  },
  {
    name: "invite-many",
    knobs: crisis,
    arrange: async (page) => {
      await openRoomMenu(page);
      await page.getByRole("menuitem", { name: "Inviter des personnes" }).click();
      await press(page, "Coller une liste d’adresses…");
      await page.getByLabel("Adresses à inviter").fill("@marc.oliveira:interieur.example\n@personne:ailleurs.example; nadia@poste.example");
      await sees("pas une adresse complète")(page);
    },
  },
  {
    name: "invite-many-report",
    knobs: crisis,
    arrange: async (page) => {
      await openRoomMenu(page);
      await page.getByRole("menuitem", { name: "Inviter des personnes" }).click();
      await press(page, "Coller une liste d’adresses…");
      const typed = "@marc.oliveira:interieur.example @sophie.marchand:interieur.example @personne:ailleurs.example nadia@poste.example";
      await page.getByLabel("Adresses à inviter").fill(typed);
      await press(page, "Inviter 3 personnes");
      await sees("Copier le compte rendu")(page);
    },
  },
  {
    name: "leave-last",
    knobs: crisis,
    arrange: async (page) => {
      await askMember(page, "Karim Benali", "Changer le rôle");
      await page.getByRole("radio", { name: /^Membre/ }).check({ force: true });
      await press(page, "Changer le rôle");
      await page.locator("[role=dialog]").waitFor({ state: "detached" });
      await page.getByRole("tab", { name: "Réglages", exact: true }).click();
      await press(page, "Quitter le salon");
      await sees("dernière personne qui administre")(page);
    },
  },
  { name: "no-room-guest", knobs: { rooms: "none", guest: "on" }, arrange: sees("Vous êtes externe") },
  { name: "invitation", knobs: { room: "!invite" }, arrange: sees("Vous êtes invité dans un salon") },
  { name: "invitation-direct", knobs: { room: "!invite-dm" }, arrange: sees("On souhaite vous écrire") },
  {
    name: "invitation-decline",
    knobs: { room: "!invite" },
    arrange: async (page) => {
      await press(page, "Décliner");
      await dialog(page);
    },
  },
  { name: "room-left", knobs: { room: "!quitte" }, arrange: sees("Vous n’êtes plus dans ce salon") },
  { name: "room-gone", knobs: { room: "!nulle" }, arrange: sees("Ce salon ne peut pas être ouvert") },
  { name: "room-menu", knobs: crisis, arrange: openRoomMenu },
  { name: "room-public", knobs: { room: "!forum" }, arrange: sees("Ouvert à tous les agents.") },
  { name: "room-members", knobs: crisis, arrange: (page) => openPanel(page, "Membres") },
  {
    name: "room-members-filtered",
    knobs: { room: "!reseau" },
    arrange: async (page) => {
      await openPanel(page, "Membres");
      await page.getByPlaceholder("Filtrer les membres").fill("elodie");
      await sees(/^Élodie/)(page);
    },
  },
  { name: "room-settings", knobs: crisis, arrange: (page) => openPanel(page, "Réglages") },
  { name: "room-settings-modest", knobs: { room: "!numerique" }, arrange: (page) => openPanel(page, "Réglages") },
  {
    name: "room-settings-not-saved",
    knobs: { ...crisis, fail: "room_set_topic:forbidden" },
    arrange: async (page) => {
      await openPanel(page, "Réglages");
      await page.getByLabel("Sujet", { exact: true }).fill("Autre chose");
      await press(page, "Enregistrer");
      await sees("Le sujet n’a pas pu être changé")(page);
    },
  },
  { name: "room-about", knobs: { ...crisis, lang: "fr" }, arrange: (page) => openPanel(page, "À propos") },
  { name: "room-about-open", knobs: { room: "!forum" }, arrange: (page) => openPanel(page, "À propos") },
  { name: "member-menu", knobs: crisis, arrange: (page) => openMember(page, "Sophie Marchand") },
  { name: "member-role", knobs: { room: "!sophie" }, arrange: (page) => askMember(page, "Claire Lefèvre", "Changer le rôle") },
  { name: "member-ban", knobs: crisis, arrange: (page) => askMember(page, "Sophie Marchand", "Bannir du salon") },
  { name: "member-ignore", knobs: crisis, arrange: (page) => askMember(page, "Paul Roy", "Ignorer cette personne") },
  {
    name: "invite",
    knobs: crisis,
    arrange: async (page) => {
      await openPanel(page, "Membres");
      await press(page, "Inviter des personnes");
      await dialog(page);
      await choosePerson(page, "marc");
      await page.getByPlaceholder("Nom ou adresse complète").fill("sophie");
      await sees("Déjà membre")(page);
    },
  },
  {
    name: "invite-failed",
    knobs: { ...crisis, fail: "room_invite:forbidden" },
    arrange: async (page) => {
      await openPanel(page, "Membres");
      await press(page, "Inviter des personnes");
      await choosePerson(page, "marc");
      await choosePerson(page, "bernard");
      await press(page, "Inviter 2 personnes");
      await sees("2 personnes n’ont pas pu être invitées")(page);
    },
  },
  {
    name: "room-leave",
    knobs: { room: "!marches" },
    arrange: async (page) => {
      await openRoomMenu(page);
      await page.getByRole("menuitem", { name: "Quitter le salon" }).click();
      await dialog(page);
    },
  },
];
