import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { focused, focusIsBack, markFocus, tabStops } from "./harness/focus";
import { windowForTests } from "./harness/window";

const window = windowForTests();

async function openFrame(knobs: Record<string, string> = {}): Promise<Page> {
  const page = await window().load(knobs);
  await page.getByRole("treeitem").first().waitFor();
  return page;
}

describe("the focus is seen wherever Tab leads", () => {
  const places: [name: string, knobs: Record<string, string>, open?: string][] = [
    ["sign-in", { state: "signedOut" }],
    ["passphrase", { state: "vault-noKeyring" }],
    ["recovery", { state: "recovery-showCode" }],
    ["main frame", {}],
    ["settings", {}, "Control+,"],
    ["keys", {}, "F1"],
    ["switcher", {}, "Control+k"],
  ];
  test.each(places)("%s", async (_, knobs, open) => {
    const page = knobs["state"] ? await window().load(knobs) : await openFrame(knobs);
    await page.getByRole("button").first().waitFor();
    if (open) {
      await page.keyboard.press(open);
      await page.getByRole("dialog").waitFor();
    }
    const stops = await tabStops(page);
    expect(stops.length).toBeGreaterThan(0);
    expect(stops.filter(({ visible }) => !visible)).toEqual([]);
  });
});

test("lists are one stop each", async () => {
  const page = await openFrame();
  const stops = await tabStops(page);
  expect(stops.filter(({ what }) => what.startsWith("treeitem"))).toHaveLength(1);
  await page.getByRole("treeitem").first().press("End");
  await expect.poll(async () => (await focused(page))?.what).toContain("Priorité basse");
});

describe("the focus comes back after", () => {
  const dialogs: [name: string, key: string, role: "dialog" | "menu"][] = [
    ["settings", "Control+,", "dialog"],
    ["keys", "F1", "dialog"],
    ["switcher", "Control+k", "dialog"],
    ["a room’s menu", "Shift+F10", "menu"],
  ];
  test.each(dialogs)("%s", async (_, key, role) => {
    const page = await openFrame();
    await page.getByRole("treeitem").filter({ hasText: "Astreinte" }).focus();
    await markFocus(page);
    await page.keyboard.press(key);
    await page.getByRole(role).waitFor();
    expect(await focused(page)).not.toBeNull();
    await page.keyboard.press("Escape");
    await page.getByRole(role).waitFor({ state: "detached" });
    await focusIsBack(page);
  });

  test("the question before signing out, asked from the account’s menu", async () => {
    const page = await openFrame();
    await page.getByRole("button", { name: /^Compte de/ }).focus();
    await markFocus(page);
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Se déconnecter" }).press("Enter");
    await page.getByRole("alertdialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("alertdialog").waitFor({ state: "detached" });
    await focusIsBack(page);
  });

  test("the question before starting afresh", async () => {
    const page = await window().load({ state: "vault-keyMissing" });
    await page.getByRole("button", { name: "Repartir de zéro" }).focus();
    await markFocus(page);
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog").waitFor();
    await page.keyboard.press("Escape");
    await focusIsBack(page);
  });
});

describe("F6", () => {
  const landmark = (page: Page) =>
    page.evaluate(() => document.activeElement?.closest("[data-landmark]")?.getAttribute("aria-label") ?? null);

  test("goes round the parts of the window, Shift+F6 the other way", async () => {
    const page = await openFrame({ room: "!crise" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    const count = await page.locator("[data-landmark]").count();
    expect(count).toBeGreaterThanOrEqual(3);
    const round: (string | null)[] = [];
    for (let i = 0; i < count; i++) {
      await page.keyboard.press("F6");
      round.push(await landmark(page));
    }
    expect(round).not.toContain(null);
    expect(new Set(round).size, `each once: ${round.join(", ")}`).toBe(count);
    await page.keyboard.press("F6");
    expect(await landmark(page), "and round again").toBe(round[0]);
    await page.keyboard.press("Shift+F6");
    expect(await landmark(page)).toBe(round.at(-1));
  });

  test("leads to what Pli has to say, and a key closes it", async () => {
    const page = await openFrame({ state: "signedIn-keysRestored" });
    const told = page.getByRole("alertdialog");
    await told.waitFor();
    const count = await page.locator("[data-landmark]").count();
    const round: (string | null)[] = [];
    while (round.length < count && round.at(-1) !== "Messages de Pli") {
      await page.keyboard.press("F6");
      round.push(await landmark(page));
    }
    expect(round.at(-1)).toBe("Messages de Pli");
    while ((await focused(page))?.what !== "button Fermer" && round.length < count + 4) {
      await page.keyboard.press("Tab");
      round.push((await focused(page))?.what ?? null);
    }
    expect(round.at(-1)).toContain("Fermer");
    await page.keyboard.press("Enter");
    await told.waitFor({ state: "detached" });
  });
});

test("a focused field of the sign-in moves on to the password by itself", async () => {
  const page = await window().load({ state: "signedOut" });
  await page.keyboard.type("@claire.lefevre:interieur.example");
  await page.keyboard.press("Enter");
  await page.getByLabel("Mot de passe", { exact: true }).waitFor();
  await page.keyboard.type("secret");
  await page.keyboard.press("Enter");
  await page.getByLabel("Code de récupération").waitFor();
  await page.keyboard.type("EsTc 7fkQ 9mRd 2xWv pLh4 Yz6N bG8s Uc3J t5Ae Kq1V oD7w");
  await page.keyboard.press("Enter");
  await page.getByRole("tree").waitFor();
});
