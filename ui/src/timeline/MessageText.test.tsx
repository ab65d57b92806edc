import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { TextProvider } from "../i18n/text";
import { type Backend, setBackend } from "../ipc/backend";
import type { MessageNode } from "../ipc/bindings";
import { namesOtherHost } from "./links";
import { MessageText } from "./MessageText";

const calls: [string, unknown][] = [];

beforeEach(() => {
  calls.length = 0;
  setBackend({
    call: (name: string, args: unknown) => {
      calls.push([name, args]);
      return Promise.resolve(null);
    },
    subscribe: () => () => {},
    mediaUrl: (id: string) => id,
  } as unknown as Backend);
});

const draw = (...nodes: MessageNode[]) =>
  render(
    <TextProvider words="fr">
      <MessageText nodes={nodes} />
    </TextProvider>,
  ).container;

const words = (text: string): MessageNode[] => [{ kind: "text", text }];
const link = (children: MessageNode[], host = "www.exemple.gouv.fr"): MessageNode => ({ kind: "link", id: "link-7", host, children });

describe("links", () => {
  it("are opened by the shell and by nothing else", async () => {
    const container = draw({ kind: "paragraph", children: [link(words("la note"))] });
    const opened = screen.getByRole("link", { name: "la note" });
    await userEvent.click(opened);
    opened.focus();
    await userEvent.keyboard("{Enter}");
    expect(calls).toEqual([
      ["link_open", { id: "link-7" }],
      ["link_open", { id: "link-7" }],
    ]);
    expect(container.querySelectorAll("a, area, form, iframe, [href], [src]"), "nothing in the page leads out of it").toHaveLength(0);
  });

  it("tell where they lead", () => {
    draw(link(words("la note")));
    expect(screen.getByRole("link").title).toBe("Ouvre www.exemple.gouv.fr");
  });

  it("that name another place show the real one beside", () => {
    expect(draw(link(words("impots.gouv.fr/paiement"), "evil.example")).textContent).toContain("(evil.example)");
    expect(draw(link(words("https://exemple.gouv.fr/x"))).textContent, "www is the same place").not.toContain("(");
  });

  it("are suspected for what may be a host, not for other words", () => {
    expect(namesOtherHost(words("note.zip"), "a.example"), "a file, or a place").toBe(true);
    expect(namesOtherHost(words("la note du 12.11, p. 4"), "a.example")).toBe(false);
    expect(namesOtherHost(words("A.EXAMPLE/x"), "a.example")).toBe(false);
  });
});

describe("message text", () => {
  it("is text, whatever it looks like", () => {
    const container = draw({ kind: "paragraph", children: words("<img src=x onerror=alert(1)><a href='x'>y</a>") });
    expect(container.querySelector("img, a")).toBeNull();
    expect(container.textContent).toContain("<img src=x");
  });

  it("hides a spoiler until it is asked for", async () => {
    const container = draw({ kind: "spoiler", reason: "résultat", children: words("adopté") });
    expect(container.textContent).not.toContain("adopté");
    await userEvent.click(screen.getByRole("button", { name: /résultat/ }));
    expect(container.textContent).toContain("adopté");
  });

  it("draws lists, tables, quotes and code as such", () => {
    const container = draw(
      { kind: "list", start: 3, items: [words("trois"), words("quatre")] },
      { kind: "list", start: null, items: [words("point")] },
      { kind: "table", rows: [{ header: true, cells: [words("Station")] }, { header: false, cells: [words("Montargis")] }] },
      { kind: "quote", children: words("cité") },
      { kind: "codeBlock", language: "sql", text: "SELECT 1;\n" },
    );
    expect(container.querySelector("ol")?.start).toBe(3);
    expect(container.querySelectorAll("ul li")).toHaveLength(1);
    expect(container.querySelector("th")?.textContent).toBe("Station");
    expect(container.querySelector("td")?.textContent).toBe("Montargis");
    expect(container.querySelector("blockquote")?.textContent).toBe("cité");
    expect(container.querySelector("pre")?.textContent).toBe("SELECT 1;\n");
  });

  it("makes no heading of the window out of a message's", () => {
    draw({ kind: "heading", level: 1, children: words("Ordre du jour") });
    expect(screen.queryByRole("heading")).toBeNull();
  });

  it("names those it mentions", () => {
    draw({ kind: "mention", userId: "@claire:interieur.example", name: "Claire", own: true });
    expect(screen.getByText("@Claire").title).toBe("@claire:interieur.example");
  });
});
