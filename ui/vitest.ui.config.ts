import { defineConfig } from "vitest/config";

/** The page as built, in Chromium. `--mode screenshots` draws every screen to a file instead of judging it. */
export default defineConfig(({ mode }) => ({
  test: {
    environment: "node",
    include: [mode === "screenshots" ? "tests/screenshots.ts" : "tests/*.test.ts"],
    globalSetup: ["tests/harness/setup.ts"],
    // One browser for all; a worker has a page of its own in it.
    maxWorkers: 2,
    isolate: false,
    testTimeout: 90_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
  },
}));
