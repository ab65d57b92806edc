import type { Page } from "playwright-core";

import { press, type Screen, sees } from "./screen";

const editor = (page: Page) => page.getByRole("textbox", { name: /^Message pour/ });

async function write(page: Page, words: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.type(words);
}

const direct = { room: "!sophie" };

/** Writing: the editor, what is around it, what opens over it. */
export const composer: Screen[] = [
  { name: "composer", knobs: direct, arrange: (page) => editor(page).waitFor() },
  { name: "composer-newcomers", knobs: { room: "!crise", newcomers: "5" }, arrange: sees("nouvelles personnes dans ce salon") },
  { name: "composer-guests", knobs: { room: "!crise", guests: "on" }, arrange: sees("externes liront ce message") },
  { name: "composer-forbidden", knobs: { room: "!cantine" }, arrange: sees("mais pas y écrire") },
  { name: "composer-offline", knobs: { room: "!forum", sync: "offline" }, arrange: sees("partira au retour du réseau") },
  { name: "composer-disk-full", knobs: { room: "!forum", sync: "diskFull" }, arrange: sees("ce que vous écrivez reste ici") },
  {
    name: "composer-formats",
    knobs: direct,
    arrange: async (page) => {
      await press(page, "Plus de mise en forme");
      await write(page, "Un **mot**, un _autre_, `code` et [un lien](https://exemple.fr) ");
      for (const line of ["- un", "deux", "", "> cité", "", "1. premier", "second"]) {
        await page.keyboard.press("Shift+Enter");
        await page.keyboard.type(line);
      }
      await editor(page).getByText("second").waitFor();
    },
  },
  {
    name: "composer-reply",
    knobs: direct,
    arrange: async (page) => {
      await page.getByRole("log").getByText("Tu peux relire avant 19 h").waitFor();
      await write(page, "Merci");
      await page.keyboard.press("Control+ArrowUp");
      await sees("Réponse à Sophie Marchand")(page);
    },
  },
  {
    name: "composer-edit",
    knobs: direct,
    arrange: async (page) => {
      await page.getByRole("log").getByText("Tu peux relire avant 19 h").waitFor();
      await editor(page).click();
      await page.keyboard.press("ArrowUp");
      await editor(page).getByText("je la relis").waitFor();
    },
  },
  {
    name: "composer-mentions",
    knobs: direct,
    arrange: async (page) => {
      await write(page, "Bonjour @");
      await page.getByRole("option", { name: /Tout le salon/ }).waitFor();
    },
  },
  {
    name: "composer-emoji-completion",
    knobs: direct,
    arrange: async (page) => {
      await write(page, "Bravo :fus");
      await page.getByRole("option", { name: /fusée/ }).waitFor();
    },
  },
  {
    name: "composer-files",
    knobs: direct,
    arrange: async (page) => {
      await editor(page).waitFor();
      await page.keyboard.press("Control+o");
      await sees("rapport-complet.pdf")(page);
      await press(page, "Envoyer");
      await sees("Retirez les fichiers refusés")(page);
    },
  },
  {
    name: "composer-guest-files",
    knobs: { room: "!crise", guests: "on" },
    arrange: async (page) => {
      await editor(page).waitFor();
      await page.keyboard.press("Control+o");
      await sees("rapport-complet.pdf")(page);
      await page.getByRole("button", { name: /^Retirer/ }).last().click();
      await press(page, "Envoyer");
      await sees("externes recevront ces fichiers")(page);
    },
  },
  {
    name: "composer-drop",
    knobs: direct,
    arrange: async (page) => {
      await editor(page).waitFor();
      await page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["a"], "note.txt", { type: "text/plain" }));
        document.body.dispatchEvent(new DragEvent("dragenter", { bubbles: true, dataTransfer }));
      });
      await sees("Déposez pour joindre")(page);
    },
  },
  {
    name: "composer-link",
    knobs: direct,
    arrange: async (page) => {
      await press(page, "Plus de mise en forme");
      await press(page, "Lien");
      await page.getByRole("textbox", { name: "Adresse" }).fill("pas une adresse");
      await press(page, "Appliquer");
      await sees("Cette adresse n’est pas valable")(page);
    },
  },
  {
    name: "emoji-picker",
    knobs: direct,
    anchored: true,
    arrange: async (page) => {
      await press(page, "Insérer un émoji");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "emoji-picker-found",
    knobs: direct,
    anchored: true,
    arrange: async (page) => {
      await press(page, "Insérer un émoji");
      await page.getByRole("combobox").fill("coeur");
      await page.keyboard.press("ArrowDown");
      await page.getByText("Résultats").waitFor();
    },
  },
];
