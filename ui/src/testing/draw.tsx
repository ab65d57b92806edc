import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";

import type { Words } from "../i18n/catalogue";
import { TextProvider } from "../i18n/text";
import { type Backend, type CommandName, setBackend } from "../ipc/backend";
import { fakeBackend } from "../ipc/fake";
import { Toasts } from "../kit/Toasts";

export interface Asked {
  name: CommandName;
  args: unknown;
}

/** The invented ministry behind the page, and what the page asked of it. `knobs` as in its address. */
export function startMinistry(knobs = ""): Asked[] {
  const ministry = fakeBackend(new URLSearchParams(`life=off&slow=0&${knobs}`));
  const asked: Asked[] = [];
  const noting: Backend = {
    ...ministry,
    call(name, ...args) {
      asked.push({ name, args: args[0] ?? null });
      return ministry.call(name, ...args);
    },
    mediaUrl: (id) => `blob:${id}`,
  };
  setBackend(noting);
  return asked;
}

/** Draws with words around, as the application does; answers who types and clicks. */
export function draw(children: ReactNode, words: Words = "fr") {
  const user = userEvent.setup({ delay: null });
  const drawn = render(
    <I18nProvider locale={words === "fr" ? "fr-FR" : "en-GB"}>
      <TextProvider words={words}>
        {children}
        <Toasts label="toasts" closeLabel="close" />
      </TextProvider>
    </I18nProvider>,
  );
  return { user, ...drawn };
}

/** What was asked by one name. */
export function askedOf(asked: readonly Asked[], name: CommandName): unknown[] {
  return asked.filter((one) => one.name === name).map((one) => one.args);
}
