import { describe, expect, test } from "vitest";

import { wear } from "./harness/theme";
import { windowForTests } from "./harness/window";

const surfaces = ["wall", "panel", "page", "raised", "hover"];

/** What is written on what: 4.5 to 1. */
const texts: Record<string, string[]> = {
  ink: [...surfaces, "pressed", "accent-soft", "accent-line", "safe-soft", "guest-soft", "open-soft", "alarm-soft"],
  "ink-2": [...surfaces, "accent-soft"],
  "ink-3": [...surfaces, "accent-soft"],
  accent: [...surfaces, "accent-soft"],
  "accent-ink": ["accent", "accent-hover"],
  safe: ["page", "panel", "raised", "safe-soft"],
  guest: ["page", "panel", "raised", "guest-soft"],
  open: ["page", "panel", "raised", "open-soft"],
  alarm: [...surfaces, "accent-soft", "alarm-soft"],
  "alarm-ink": ["alarm-fill"],
  "avatar-ink": Array.from({ length: 10 }, (_, i) => `avatar-${i}`),
};

/** What only draws an outline or tells a state: 3 to 1. */
const lines: Record<string, string[]> = {
  edge: ["wall", "panel", "page", "raised"],
  accent: [...surfaces, "pressed"],
  alarm: ["page", "raised"],
  safe: ["wall", "panel"],
  guest: ["wall", "panel"],
};

type Colour = [red: number, green: number, blue: number];

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** As WCAG 2 defines it. */
function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe("tokens", () => {
  const window = windowForTests();

  /** Tokens as the engine paints them now. */
  const colours = (names: string[]) =>
    window().page.evaluate((names) => {
      const probe = document.createElement("i");
      document.body.append(probe);
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const all = names.map((name) => {
        probe.style.color = `var(--${name})`;
        if (!canvas || probe.style.color === "") return [name, null] as const;
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = getComputedStyle(probe).color;
        canvas.fillRect(0, 0, 1, 1);
        return [name, [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((value) => value / 255)] as const;
      });
      probe.remove();
      return Object.fromEntries(all);
    }, names) as Promise<Record<string, Colour>>;

  const known = () =>
    window().page.evaluate(() =>
      [...document.styleSheets]
        .flatMap((sheet) => [...sheet.cssRules])
        .flatMap((rule) => (rule instanceof CSSStyleRule && rule.selectorText === ":root" ? [...rule.style] : [])),
    );

  test.each([
    ["light", "no-preference"],
    ["dark", "no-preference"],
    ["light", "more"],
    ["dark", "more"],
  ] as const)("are readable in %s, contrast %s", async (colorScheme, preference) => {
    const page = await window().load({ state: "signedOut" });
    await page.emulateMedia({ contrast: preference });
    await wear(page, colorScheme);
    const pairs = [
      ...Object.entries(texts).flatMap(([front, backs]) => backs.map((back) => [front, back, 4.5] as const)),
      ...Object.entries(lines).flatMap(([front, backs]) => backs.map((back) => [front, back, 3] as const)),
    ];
    const names = [...new Set(pairs.flatMap(([front, back]) => [front, back]))];
    expect((await known()).map((name) => name.slice(2))).toEqual(expect.arrayContaining(names));
    const painted = await colours(names);
    const weak = pairs.flatMap(([front, back, least]) => {
      const [one, other] = [painted[front], painted[back]];
      const ratio = one && other ? contrast(one, other) : 0;
      return ratio < least ? [`--${front} on --${back}: ${ratio.toFixed(2)} < ${least}`] : [];
    });
    expect(weak).toEqual([]);
  });

  test("differ between the themes", async () => {
    const page = await window().load({ state: "signedOut" });
    await wear(page, "light");
    const light = await colours(["page", "ink"]);
    await wear(page, "dark");
    expect(luminance((await colours(["page"]))["page"] as Colour)).toBeLessThan(luminance(light["page"] as Colour));
  });
});
