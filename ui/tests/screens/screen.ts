import type { Page } from "playwright-core";

import type { Knobs } from "../harness/window";

/** One thing a person can have before their eyes. */
export interface Screen {
  /** Also the picture's file name. */
  name: string;
  knobs?: Knobs;
  /** Leads there from a fresh page and waits until it is drawn. */
  arrange: (page: Page) => Promise<unknown>;
  /** Stands beside something that moves when the window shrinks: opened anew at each size. */
  anchored?: true;
}

/** Waits until a text is on screen. */
export const sees = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor();

export const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
