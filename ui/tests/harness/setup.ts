import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

import { servePage } from "./server";

declare module "vitest" {
  interface ProvidedContext {
    origin: string;
    browser: string;
  }
}

const places = [process.env["PLI_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** One server and one browser for all workers. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = places.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("no Chromium: apt-get install chromium, or name one in PLI_CHROMIUM");
  const page = await servePage();
  const browser = await chromium.launchServer({ executablePath, host: "127.0.0.1", args: ["--font-render-hinting=none"] });
  project.provide("origin", page.origin);
  project.provide("browser", browser.wsEndpoint());
  return async () => {
    await browser.close();
    await page.close();
  };
}
