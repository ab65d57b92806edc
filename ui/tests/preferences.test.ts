import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { violations } from "./harness/axe";
import { settled } from "./harness/theme";
import { windowForTests } from "./harness/window";

const frames = (page: Page, count: number) =>
  page.evaluate(async (count) => {
    for (let i = 0; i < count; i++) await new Promise((drawn) => requestAnimationFrame(drawn));
  }, count);

/** Animations that go on for ever. */
const endless = (page: Page) =>
  page.evaluate(() => document.getAnimations().filter((one) => one.playState === "running" && one.effect?.getTiming().iterations === Infinity).length);

describe("less motion", () => {
  const window = windowForTests();

  test("nothing goes on moving for who asked for stillness, and only for them", async () => {
    const page = await window().load({ state: "starting" });
    await page.locator("main [data-shown]").first().waitFor();
    await settled(page);
    expect(await endless(page)).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await frames(page, 2);
    expect(await endless(page), "the shapes breathe otherwise").toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
  });

  test("the colours of a theme come all at once", async () => {
    await window().page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    const page = await window().load({});
    await page.getByRole("treeitem").first().waitFor();
    await page.keyboard.press("Control+,");
    await page.getByRole("tabpanel").waitFor();
    const inks = () => page.evaluate(() => [...document.querySelectorAll("body *")].map((element) => getComputedStyle(element).color));
    const light = await inks();
    await page.emulateMedia({ colorScheme: "dark" });
    await frames(page, 2);
    const soon = await inks();
    await frames(page, 20);
    expect(soon, "none comes later").toEqual(await inks());
    expect(soon).not.toEqual(light);
  });
});

describe("forced colours", () => {
  const window = windowForTests({ forcedColors: "active" });

  /** What is left of an element’s look without colours of ours. A transparent ground shows the canvas, as a forced one does. */
  const look = (page: Page, selector: string) =>
    page.locator(selector).first().evaluate((element) => {
      const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
      const probe = document.createElement("i");
      probe.style.background = "Canvas";
      document.body.append(probe);
      const canvas = getComputedStyle(probe).backgroundColor;
      probe.remove();
      const edge = parseFloat(borderTopWidth) > 0 && borderTopStyle !== "none" && borderTopColor !== canvas;
      return {
        outline: outlineStyle === "none" ? null : outlineWidth,
        border: edge ? `${borderTopWidth} ${borderTopColor}` : null,
        ground: /, 0\)$/.test(backgroundColor) ? canvas : backgroundColor,
      };
    });

  test("the open room stands out in the list", async () => {
    const page = await window().load({ room: "!crise" });
    await page.locator("[role=treeitem][aria-selected=true]").waitFor();
    const open = await look(page, "[role=treeitem][aria-selected=true] [data-testid=room]");
    const other = await look(page, "[role=treeitem][aria-selected=false] [data-testid=room]");
    expect(open).not.toEqual(other);
  });

  test("what is chosen in the settings stands out", async () => {
    const page = await window().load({});
    await page.getByRole("treeitem").first().waitFor();
    await page.keyboard.press("Control+,");
    await page.getByRole("tabpanel").waitFor();
    expect(await look(page, "[role=tab][aria-selected=true]")).not.toEqual(await look(page, "[role=tab][aria-selected=false]"));
    expect(await look(page, "label[data-selected]")).not.toEqual(await look(page, "label:not([data-selected])"));
  });

  test.each([
    ["sign-in", { state: "signedOut" }],
    ["room", { room: "!crise" }],
  ] as [string, Record<string, string>][])("%s can be read", async (_, knobs) => {
    const page = await window().load(knobs);
    await page.getByRole("textbox").first().waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
  });

  test("a button has an edge", async () => {
    const page = await window().load({ state: "signedOut" });
    const { border } = await look(page, "button[type=submit]");
    expect(border, "backgrounds are gone").toMatch(/^[1-9].*px rgb\(/);
  });
});
