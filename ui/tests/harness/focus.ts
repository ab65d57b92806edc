import type { Page } from "playwright-core";

export interface Stop {
  /** Role or tag, and name. */
  what: string;
  /** Something is drawn around it. */
  visible: boolean;
}

/** Where the focus is, `null` when it is nowhere. */
export function focused(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || !element.isConnected) return null;
    const ringed = (one: Element | null): boolean => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
      if (boxShadow.includes("inset") && one.matches(":focus-within")) return true;
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !/, 0\)$|transparent/.test(outlineColor);
    };
    const box = element.getBoundingClientRect();
    const here = (one: Element | null) => one !== null && box.width > 0 && one.getBoundingClientRect().height - box.height < 24 && ringed(one);
    return {
      what: `${element.getAttribute("role") ?? element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40)}`,
      // A field draws the ring around the box it stands in; a choice beside its hidden radio.
      visible: here(element) || here(element.parentElement) || here(element.parentElement?.parentElement ?? null) || [...(element.closest("label")?.children ?? [])].some(ringed),
    };
  });
}

/** Every stop of the Tab key, from the top of the page until it comes round. */
export async function tabStops(page: Page, most = 60): Promise<Stop[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    if (stop === null || stops[0]?.what === stop.what) return stops;
    stops.push(stop);
  }
  throw new Error(`no end of stops: ${stops.map(({ what }) => what).join(" | ")}`);
}

/** Puts a mark on what has the focus, to know it again. */
export async function markFocus(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const marked of document.querySelectorAll("[data-was]")) marked.removeAttribute("data-was");
    document.activeElement?.setAttribute("data-was", "");
  });
}

/** Resolves once the marked element has the focus again. */
export async function focusIsBack(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-was"));
}
