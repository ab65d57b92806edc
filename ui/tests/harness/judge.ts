import { describe, expect, test } from "vitest";

import type { Screen } from "../screens/screen";
import { violations } from "./axe";
import { spills, tightSizes } from "./fits";
import { wear } from "./theme";
import { normalSize, windowForTests } from "./window";

/** Each screen, drawn once: axe looks at it in both themes, then it must fit into little room. */
export function judgeScreens(about: string, screens: readonly Screen[]): void {
  describe(about, () => {
    const window = windowForTests();
    test.each(screens.map((screen) => [screen.name, screen] as const))("%s", async (_, screen) => {
      await window().page.setViewportSize(normalSize);
      const page = await window().load(screen.knobs);
      await screen.arrange(page);
      await wear(page, "light");
      expect(await violations(page), "axe, light").toEqual([]);
      await wear(page, "dark");
      expect(await violations(page, "colours"), "axe, dark").toEqual([]);
      for (const [how, size] of Object.entries(tightSizes)) {
        if (screen.anchored) {
          await page.setViewportSize(size);
          await window().load(screen.knobs);
          await screen.arrange(page);
        }
        expect(await spills(page, size), `${how}, ${size.width} × ${size.height}`).toEqual([]);
      }
    });
  });
}
