import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";

/** Knobs of the fake backend, see `fakeBackend`. */
export type Knobs = Record<string, string>;

/** The size the window opens in. */
export const normalSize = { width: 1280, height: 800 };

let browser: Promise<Browser> | null = null;

/** A window on the page, and what went wrong in it. */
export class Window {
  /** Errors on the console, refusals of the policy, strangers asked. */
  readonly troubles: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly origin: string,
  ) {}

  static async open(options: BrowserContextOptions = {}): Promise<Window> {
    browser ??= chromium.connect(inject("browser"));
    const context = await (await browser).newContext({
      locale: "fr-FR",
      timezoneId: "Europe/Paris",
      viewport: normalSize,
      // What moves is judged where it has come to rest.
      reducedMotion: "reduce",
      ...options,
    });
    const window = new Window(context, await context.newPage(), inject("origin"));
    await window.listen();
    return window;
  }

  /** Loads the page afresh. Nobody writes of their own accord unless `life` says so. */
  async load(knobs: Knobs = {}): Promise<Page> {
    const query = new URLSearchParams({ life: "off", slow: "0", lang: "fr", ...knobs });
    await this.page.goto(`${this.origin}/?${query}`);
    await this.page.locator("#root > *").first().waitFor({ state: "attached" });
    await this.page.evaluate(() => document.fonts.ready.then(() => null));
    return this.page;
  }

  private async listen(): Promise<void> {
    const { page, troubles } = this;
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => troubles.push(`uncaught: ${error.message}`));
    page.on("crash", () => troubles.push("the page crashed"));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") troubles.push(`console: ${message.text()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
    });
    await this.context.route("**", (route) => {
      const url = route.request().url();
      if (url.startsWith(`${this.origin}/`) || url.startsWith("blob:")) return route.continue();
      troubles.push(`asked another origin: ${url}`);
      return route.abort();
    });
    await page.exposeFunction("tellRefusal", (refusal: string) => troubles.push(`policy: ${refusal}`));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const tell = (globalThis as unknown as { tellRefusal: (refusal: string) => void }).tellRefusal;
        tell(`${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
      });
    });
  }
}

/** A window for the tests of a file; a test in which something went wrong fails. */
export function windowForTests(options?: BrowserContextOptions): () => Window {
  let window: Window;
  beforeAll(async () => {
    window = await Window.open(options);
  });
  afterEach(() => {
    const troubles = window.troubles.splice(0);
    expect(troubles, "no error, no refusal of the policy, nobody else asked").toEqual([]);
  });
  afterAll(() => window.context.close());
  return () => window;
}
