import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { focused } from "./harness/focus";
import { windowForTests } from "./harness/window";

const window = windowForTests();

const log = (page: Page) => page.getByRole("log");
const editor = (page: Page) => page.getByRole("textbox", { name: /^Message pour/ });

/** Opens a room as one does without a mouse, from wherever the focus is. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type(name);
  await page.getByRole("option", { name: new RegExp(name, "i") }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: new RegExp(name, "i") }).waitFor();
  await expect.poll(() => focused(page), { message: "the composer waits for words" }).toMatchObject({ what: expect.stringMatching(/^textbox Message pour/) as string });
}

async function open(knobs: Record<string, string> = {}): Promise<Page> {
  const page = await window().load(knobs);
  await page.getByRole("treeitem").first().waitFor();
  return page;
}

describe("without a mouse", () => {
  test("a room is opened, a message written, answered and corrected", async () => {
    const page = await open();
    await goTo(page, "sophie");
    await page.keyboard.type("Bien reçu, je relis.");
    await page.keyboard.press("Enter");
    await log(page).getByText("Bien reçu, je relis.").waitFor();
    await expect.poll(() => editor(page).textContent(), { message: "what was sent leaves the editor" }).toBe("");

    await page.keyboard.press("Control+ArrowUp");
    await page.getByText("Réponse à").first().waitFor();
    await page.keyboard.type("D’accord pour 19 h.");
    await page.keyboard.press("Enter");
    const answer = log(page).locator("[data-row]").filter({ hasText: "D’accord pour 19 h." });
    await answer.getByRole("button", { name: /^En réponse à/ }).waitFor();

    // Only what the server has can be corrected.
    await answer.getByText("Envoyé").waitFor();
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => editor(page).textContent()).toContain("D’accord pour 19 h.");
    await page.keyboard.press("End");
    await page.keyboard.type(" Ou 20 h.");
    await page.keyboard.press("Enter");
    await log(page).getByText("D’accord pour 19 h. Ou 20 h.").waitFor();
    await log(page).getByText("modifié").waitFor();
  });

  test("Shift and Enter break the line, Escape gives up an answer", async () => {
    const page = await open({ room: "!sophie" });
    await editor(page).focus();
    await page.keyboard.type("un");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("deux");
    expect(await editor(page).innerText()).toMatch(/un\s+deux/);
    expect(await log(page).getByText("deux").count(), "nothing is sent yet").toBe(0);
    await page.keyboard.press("Control+ArrowUp");
    await page.getByText("Réponse à").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Réponse à").first().waitFor({ state: "detached" });
    expect(await editor(page).innerText(), "words are kept").toMatch(/un\s+deux/);
  });

  test("a message is reached, its menu opened and left again", async () => {
    const page = await open({ room: "!crise" });
    await editor(page).waitFor();
    await log(page).getByText("Le point de 18 h").waitFor();
    await editor(page).focus();
    await page.keyboard.press("Shift+F6");
    await expect.poll(() => focused(page)).toMatchObject({ what: expect.stringContaining("article") as string, visible: true });
    const here = await focused(page);
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => focused(page), { message: "the arrow goes to the row above" }).not.toEqual(here);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await expect.poll(() => focused(page), { message: "back on the row" }).toEqual(here);
  });

  test("a mention is completed", async () => {
    const page = await open({ room: "!crise" });
    await editor(page).focus();
    await page.keyboard.type("Merci @hel");
    await page.getByRole("option", { name: /Hélène Dupuis/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("bien reçu");
    await page.keyboard.press("Enter");
    await log(page).locator("[data-row]").filter({ hasText: "bien reçu" }).getByText("Hélène Dupuis").waitFor();
  });

  test("rooms are stepped through, and gone back to", async () => {
    const page = await open({ room: "!crise" });
    const title = () => page.getByRole("heading", { level: 1 }).innerText();
    await expect.poll(title).toContain("Cellule de crise");
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(title).toBe("Sophie Marchand");
    await page.keyboard.press("Alt+ArrowLeft");
    await expect.poll(title).toContain("Cellule de crise");
    await page.keyboard.press("Alt+ArrowRight");
    await expect.poll(title).toBe("Sophie Marchand");
  });

  test("a draft waits in its room and shows in the list", async () => {
    const page = await open({ room: "!astreinte" });
    await editor(page).focus();
    await page.keyboard.type("À relire avant envoi");
    await goTo(page, "sophie");
    await page.getByRole("treeitem").filter({ hasText: "À relire avant envoi" }).waitFor();
    await goTo(page, "astreinte");
    await expect.poll(() => editor(page).textContent()).toBe("À relire avant envoi");
  });
});

describe("sending", () => {
  test("a message that failed stays, and is sent when asked again", async () => {
    const page = await open({ room: "!sophie" });
    await editor(page).focus();
    await page.keyboard.type("Ce message échoue");
    await page.keyboard.press("Enter");
    await log(page).getByText("Non envoyé").waitFor();
    await log(page).getByRole("button", { name: "Réessayer" }).click();
    await log(page).getByText("Non envoyé").waitFor({ state: "detached" });
    await log(page).getByText("Envoyé").last().waitFor();
    expect(await log(page).getByText("Ce message échoue").count(), "once").toBe(1);
  });

  test("offline it waits, and the banner says so", async () => {
    const page = await open({ room: "!sophie", sync: "offline" });
    await page.getByText("Hors ligne depuis").waitFor();
    await editor(page).focus();
    await page.keyboard.type("Au retour du réseau");
    await page.keyboard.press("Enter");
    await log(page).locator("[data-row]").filter({ hasText: "Au retour du réseau" }).getByText("Envoi…").waitFor();
  });

  test("on a full disk it is refused with a word, and stays where it was written", async () => {
    const page = await open({ room: "!sophie", sync: "diskFull" });
    await page.getByText("Le disque est plein.").first().waitFor();
    await editor(page).focus();
    await page.keyboard.type("À garder");
    await page.keyboard.press("Enter");
    await page.getByText("Libérez de la place, puis réessayez.").waitFor();
    await expect.poll(() => editor(page).textContent()).toBe("À garder");
    await goTo(page, "astreinte");
    await goTo(page, "sophie");
    await expect.poll(() => editor(page).textContent(), { message: "though it could not be saved" }).toBe("À garder");
  });
});
