import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "vitest";

import { wear } from "./harness/theme";
import { windowForTests } from "./harness/window";
import { screens } from "./screens/all";

const folder = fileURLToPath(new URL("../../target/screenshots", import.meta.url));
mkdirSync(folder, { recursive: true });

const window = windowForTests();

/** For people to look at: nothing is judged here but that the screen can be reached. */
test.each(screens.map((screen) => [screen.name, screen] as const))("%s", async (_, screen) => {
  const page = await window().load(screen.knobs);
  await screen.arrange(page);
  for (const theme of ["light", "dark"] as const) {
    await wear(page, theme);
    await page.screenshot({ path: join(folder, `page-${screen.name}-${theme}.png`) });
  }
});
