import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { windowForTests } from "./harness/window";

const window = windowForTests();

async function openRoom(knobs: Record<string, string> = {}): Promise<Page> {
  const page = await window().load({ room: "!crise", ...knobs });
  await page.getByRole("log").getByText("Le point de 18 h").waitFor();
  await page.waitForFunction(() => document.querySelector("[role=log]")?.hasAttribute("data-placed"));
  await atRest(page);
  return page;
}

/** Until its pictures are there and it has kept its height for a third of a second: it holds its end until then. */
function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const log = document.querySelector("[role=log]") as HTMLElement;
    const height = () => ([...document.images].every((image) => image.complete) ? log.offsetHeight : NaN);
    for (let last = height(), still = 0; still < 20; last = height()) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      still = height() === last ? still + 1 : 0;
    }
  });
}

interface Watched {
  /** How far the watched row was from its place at most, in any frame. */
  strayed: number;
  grownBy: number;
}

/** Scrolls near the top, where older messages are asked for, and watches the first row in view until they have come. */
function watchRow(page: Page): Promise<Watched> {
  return page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const log = document.querySelector("[role=log]") as HTMLElement;
    const box = log.parentElement as HTMLElement;
    box.scrollTop = 200;
    await frame();
    await frame();
    const { top } = box.getBoundingClientRect();
    const rows = [...log.querySelectorAll<HTMLElement>("[data-row]")];
    const row = rows.filter((one) => one.getBoundingClientRect().top >= top).sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0];
    const key = row?.dataset["row"] ?? "";
    const place = () => log.querySelector(`[data-row="${CSS.escape(key)}"]`)?.getBoundingClientRect().top ?? Infinity;
    const [before, height] = [place(), log.offsetHeight];
    let strayed = 0;
    for (let still = 0, wait = 0; still < 30 && wait < 600; wait++) {
      await frame();
      strayed = Math.max(strayed, Math.abs(place() - before));
      // Watched half a second more once they are there.
      if (log.offsetHeight > height + 300) still++;
    }
    return { strayed, grownBy: log.offsetHeight - height };
  });
}

test("what is read stays where it is when older messages come above it", async () => {
  const page = await openRoom();
  for (const times of ["once", "twice"]) {
    const { strayed, grownBy } = await watchRow(page);
    expect(grownBy, `older messages came, ${times}`).toBeGreaterThan(300);
    expect(strayed, `pixels, ${times}`).toBeLessThanOrEqual(2);
  }
});

test("a room opens at its end, and an own message is brought into view", async () => {
  const page = await openRoom();
  const fromEnd = () => page.evaluate(() => {
    const box = document.querySelector("[role=log]")?.parentElement as HTMLElement;
    return box.scrollHeight - box.scrollTop - box.clientHeight;
  });
  await expect.poll(fromEnd).toBeLessThanOrEqual(2);
  await page.evaluate(() => {
    (document.querySelector("[role=log]")?.parentElement as HTMLElement).scrollTop -= 400;
  });
  await page.getByRole("button", { name: "Aller au dernier message" }).waitFor();
  await page.getByRole("textbox", { name: /^Message pour/ }).focus();
  await page.keyboard.type("Vu.");
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText("Vu.", { exact: true }).waitFor();
  await expect.poll(fromEnd).toBeLessThanOrEqual(2);
});

test("a room is found again where it was left", async () => {
  const page = await openRoom();
  await watchRow(page);
  const firstInView = () => page.evaluate(() => {
    const box = document.querySelector("[role=log]")?.parentElement as HTMLElement;
    const { top } = box.getBoundingClientRect();
    const seen = [...box.querySelectorAll("[data-row]")].map((row) => ({ words: row.textContent, from: row.getBoundingClientRect().top - top })).filter(({ from }) => from >= 0);
    return seen.sort((a, b) => a.from - b.from)[0];
  });
  const left = await firstInView();
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByRole("heading", { level: 1, name: "Sophie Marchand" }).waitFor();
  await page.keyboard.press("Alt+ArrowUp");
  await page.getByRole("heading", { level: 1, name: /Cellule de crise/ }).waitFor();
  await expect.poll(async () => (await firstInView())?.words).toBe(left?.words);
  expect(Math.abs(((await firstInView())?.from ?? 0) - (left?.from ?? 0))).toBeLessThanOrEqual(4);
});
