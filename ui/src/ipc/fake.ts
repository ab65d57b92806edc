import type { Backend } from "./backend";

/** An invented ministry. */
export function fakeBackend(knobs: URLSearchParams): Backend {
  throw new Error(`being written (${knobs.toString()})`);
}
