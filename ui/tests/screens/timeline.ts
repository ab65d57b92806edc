import type { Page } from "playwright-core";

import { press, type Screen, sees } from "./screen";

const crisis = { room: "!crise" };
const gallery = { room: "!recette" };

/** By what it says, or by what a button in it is called. */
const row = (page: Page, words: string) =>
  page.locator("[data-row]").filter({ hasText: words }).or(page.locator("[data-row]").filter({ has: page.locator(`[aria-label*="${words}"]`) })).last();

/** Scrolls up, past what has to be fetched, until a message is in view. */
export async function scrollTo(page: Page, words: string): Promise<void> {
  await page.getByRole("log").waitFor();
  await page.waitForFunction(
    (words) => {
      const box = document.querySelector("[role=log]")?.parentElement;
      if (!box) return false;
      const { top, bottom } = box.getBoundingClientRect();
      const said = (row: Element) => row.textContent?.includes(words) || row.querySelector(`[aria-label*="${words}"]`) !== null;
      const row = [...box.querySelectorAll("[data-row]")].find(said)?.getBoundingClientRect();
      if (row && row.top >= top - 1 && row.top < bottom - 40) return true;
      box.scrollTop -= row && row.top > top ? -40 : box.clientHeight / 3;
      return false;
    },
    words,
    { polling: "raf" },
  );
}

async function openMenu(page: Page, words: string): Promise<void> {
  await scrollTo(page, words);
  await row(page, words).click({ button: "right" });
  await page.getByRole("menu").waitFor();
}

async function choose(page: Page, words: string, act: string): Promise<void> {
  await openMenu(page, words);
  await page.getByRole("menuitem", { name: act, exact: true }).click();
}

const last = "Le point de 18 h est prêt";
const own = "Confirmé : 14 agents";
const dialog = (page: Page) => page.locator("[role=dialog], [role=alertdialog]").last().waitFor();

/** Messages, and what can be done with them. */
export const timeline: Screen[] = [
  { name: "room", knobs: crisis, arrange: sees(last) },
  { name: "room-en", knobs: { ...crisis, lang: "en" }, arrange: sees(last) },
  { name: "room-compact", knobs: { ...crisis, density: "compact" }, arrange: sees(last) },
  { name: "room-offline", knobs: { ...crisis, sync: "offline" }, arrange: sees("Hors ligne depuis") },
  { name: "room-typing", knobs: { ...crisis, typing: "on" }, arrange: sees("écrit…") },
  { name: "room-unread", knobs: { room: "!forum" }, arrange: sees("12 messages non lus") },
  { name: "room-around", knobs: { ...crisis, event: "$event30" }, arrange: sees("Vous lisez d’anciens messages") },
  { name: "room-direct", knobs: { room: "!sophie" }, arrange: sees("Début de vos messages privés") },
  { name: "room-older", knobs: crisis, arrange: (page) => scrollTo(page, "Bonjour à tous") },
  { name: "gallery-start", knobs: gallery, arrange: (page) => scrollTo(page, "Début du salon") },
  { name: "gallery-text", knobs: gallery, arrange: (page) => scrollTo(page, "Ordre du jour") },
  { name: "gallery-media", knobs: gallery, arrange: (page) => scrollTo(page, "survol.mp4") },
  { name: "gallery-small", knobs: gallery, arrange: (page) => scrollTo(page, "Réunion jeudi à quelle heure") },
  { name: "gallery-end", knobs: gallery, arrange: sees("Celui-là n’est pas parti") },
  {
    name: "message-tools",
    knobs: crisis,
    arrange: async (page) => {
      await row(page, own).hover();
      await page.getByRole("group", { name: "Actions sur le message" }).waitFor();
    },
  },
  { name: "message-menu", knobs: crisis, anchored: true, arrange: (page) => openMenu(page, own) },
  { name: "message-menu-other", knobs: crisis, anchored: true, arrange: (page) => openMenu(page, last) },
  {
    name: "message-react",
    knobs: crisis,
    anchored: true,
    arrange: async (page) => {
      await choose(page, last, "Réagir");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "message-redact",
    knobs: crisis,
    arrange: async (page) => {
      await choose(page, own, "Supprimer…");
      await dialog(page);
    },
  },
  {
    name: "message-redact-failed",
    knobs: { ...crisis, fail: "event_redact:forbidden" },
    arrange: async (page) => {
      await choose(page, own, "Supprimer…");
      await press(page, "Supprimer");
      await sees("n’a pas pu être supprimé")(page);
    },
  },
  {
    name: "message-report",
    knobs: crisis,
    arrange: async (page) => {
      await choose(page, last, "Signaler…");
      await press(page, "Signaler");
      await sees("Expliquez en quelques mots")(page);
    },
  },
  {
    name: "image-viewer",
    knobs: crisis,
    arrange: async (page) => {
      await press(page, "Agrandir l’image quai-montargis.jpg");
      await page.getByRole("dialog").getByRole("img").waitFor();
      await page.waitForFunction(() => [...document.querySelectorAll<HTMLImageElement>("[role=dialog] img")].every((image) => image.complete));
    },
  },
];
