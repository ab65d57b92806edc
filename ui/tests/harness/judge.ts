import { describe, expect, test } from "vitest";

import type { Screen } from "../screens/screen";
import { violations } from "./axe";
import { wear } from "./theme";
import { windowForTests } from "./window";

/** Each screen, drawn once and looked at by axe in both themes. */
export function judgeScreens(about: string, screens: readonly Screen[]): void {
  describe(about, () => {
    const window = windowForTests();
    test.each(screens.map((screen) => [screen.name, screen] as const))("%s", async (_, screen) => {
      const page = await window().load(screen.knobs);
      await screen.arrange(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await wear(page, colorScheme);
        expect(await violations(page), `axe, ${colorScheme}`).toEqual([]);
      }
    });
  });
}
