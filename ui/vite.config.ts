import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { configDefaults } from "vitest/config";

import { emojiData } from "./emojiData.ts";

// WebKitGTK 2.50 and the Chromium of WebView2: both know light-dark(), nesting and :has.
const engines = ["chrome125", "safari18"];

export default defineConfig({
  plugins: [react(), emojiData()],
  build: {
    target: engines,
    cssTarget: engines,
    // The content security policy admits no data: URL and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "tests/**"],
    setupFiles: ["src/testing/setup.ts"],
    // Typing and roles take long in jsdom on a machine that builds beside it.
    testTimeout: 60_000,
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
