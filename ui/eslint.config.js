import importX, { createNodeResolver } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const noTauri = { group: ["@tauri-apps/*"], message: "Only ipc/tauri.ts speaks to Tauri." };

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/ipc/bindings.ts"] },
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "tests/**/*.{ts,tsx}", "*.ts"],
    plugins: { "import-x": importX, "react-hooks": reactHooks },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js"] })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-unresolved": ["error", { ignore: ["\\?raw$", "^vitest/config$", "^typescript-eslint$", "^virtual:"] }],
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "no-restricted-imports": ["error", { patterns: [noTauri] }],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Message text crosses as a tree." },
        { property: "outerHTML", message: "Message text crosses as a tree." },
        { property: "insertAdjacentHTML", message: "Message text crosses as a tree." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Message text crosses as a tree." },
      ],
      "no-console": ["error", { allow: ["error"] }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["src/**/*.tsx"],
    ignores: ["src/**/*.test.tsx"],
    rules: { "max-lines": ["error", { max: 300 }] },
  },
  {
    files: ["src/kit/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [noTauri, { group: ["../*"], message: "The kit imports nothing of ours." }] },
      ],
    },
  },
  { files: ["src/ipc/tauri.ts"], rules: { "no-restricted-imports": "off" } },
);
