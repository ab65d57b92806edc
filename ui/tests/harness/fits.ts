import type { Page } from "playwright-core";

import { settled } from "./theme";

/** The least width a window may have, and a window of 1280 × 800 enlarged to 200 %. */
export const tightSizes = { narrow: { width: 480, height: 700 }, enlarged: { width: 640, height: 400 } };

/** What cannot be reached or read at a window size: one line each. */
export async function spills(page: Page, size: { width: number; height: number }): Promise<string[]> {
  await page.setViewportSize(size);
  await settled(page);
  return page.evaluate(() => {
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const name = (element: Element) => `<${element.tagName.toLowerCase()}> “${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}”`;
    const scrolls = (element: Element, side: "overflowX" | "overflowY") => /auto|scroll/.test(getComputedStyle(element)[side]);
    const above = function* (element: Element) {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) yield parent;
    };
    const wide = "pre, :has(> table)";
    const found: string[] = [];
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const element of document.querySelectorAll("body *")) {
      // Code and tables may be wider than their place.
      if (element.matches(wide) || element.closest(".visually-hidden")) continue;
      if (scrolls(element, "overflowX") && element.scrollWidth > element.clientWidth + 1) {
        found.push(`${name(element)} scrolls sideways: ${element.scrollWidth} > ${element.clientWidth}`);
      }
      if (!element.matches("a, button, input, textarea, select, [tabindex], [contenteditable=true], h1, h2, h3, label")) continue;
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (!element.closest(wide) && (box.left < -1 || box.right > width + 1)) found.push(`${name(element)} from ${box.left} to ${box.right} of ${width}`);
      if (box.top >= 0 && box.bottom <= height) continue;
      if (![element, ...above(element)].some((parent) => scrolls(parent, "overflowY"))) {
        found.push(`${name(element)} from ${box.top} down to ${box.bottom} of ${height}, and nothing scrolls`);
      }
    }
    return found;
  });
}
