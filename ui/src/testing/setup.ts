import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);

// jsdom knows no CSS object; React Aria and our lists look elements up by key.
globalThis.CSS ??= { escape: (value: string) => value.replace(/[^\w-]/g, (letter) => `\\${letter}`) } as typeof CSS;
