import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const whole = {
  resultTypes: ["violations"],
  // Everything is one origin: there is no style sheet to fetch.
  preload: false,
  // Off unless asked for: targets of at least 24 px.
  rules: { "target-size": { enabled: true } },
} satisfies RunOptions;

/** A theme changes nothing else: the elements are the same ones. */
const colours = { resultTypes: ["violations"], preload: false, runOnly: ["color-contrast", "link-in-text-block"] } satisfies RunOptions;

/** React Aria says a busy button's name by pointing at it for some seconds, when the button may be gone: nothing is drawn. */
const context = { exclude: ["[data-live-announcer]"] };

interface Axe {
  axe: { run: (context: object, options: object) => Promise<AxeResults> };
}

/** What axe holds against the page as it stands, one line a finding. */
export async function violations(page: Page, what: "whole" | "colours" = "whole"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const results = await page.evaluate(
    ({ context, options }) => (globalThis as unknown as Axe).axe.run(context, options),
    { context, options: what === "whole" ? whole : colours },
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => {
      const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ");
      return `${id}: ${node.target.join(" ")} (${why}) ${node.html.slice(0, 200)}`;
    }),
  );
}
