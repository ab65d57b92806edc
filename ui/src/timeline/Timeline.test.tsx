import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { TextProvider } from "../i18n/text";
import { type Backend, setBackend } from "../ipc/backend";
import type { EventItem, ListDiff, TimelineItem, TimelineUpdate } from "../ipc/bindings";
import { row, text } from "../ipc/fake/messages";
import { karim, me, sophie } from "../ipc/fake/people";
import { composing, composingIn, resetComposing } from "../stores/composing";
import { forgetTimelines } from "../stores/timeline";
import { forgetPositions } from "./positions";
import { Timeline } from "./Timeline";

const calls: [string, unknown][] = [];
let tell: (update: TimelineUpdate) => void = () => {};

const said = (who: typeof me, words: string, change: Partial<EventItem> = {}) => row(who, 0, text(words), change);

beforeEach(() => {
  calls.length = 0;
  // A window of a size: without it nothing is drawn.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(800);
  vi.spyOn(Element.prototype, "scrollHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(40);
  Element.prototype.scrollTo = (() => {}) as never;
  setBackend({
    call: (name: string, args: unknown) => {
      calls.push([name, args]);
      return Promise.resolve(null);
    },
    subscribe: (name: string, _: unknown, onUpdate: (update: TimelineUpdate) => void) => {
      if (name === "timeline_subscribe") tell = onUpdate;
      return () => {};
    },
    mediaUrl: (id: string) => `blob:${id}`,
  } as unknown as Backend);
});

afterEach(() => {
  vi.restoreAllMocks();
  forgetTimelines();
  forgetPositions();
  resetComposing();
});

const send = (...diffs: ListDiff<TimelineItem>[]) => act(() => tell({ kind: "diffs", diffs }));

function open(...items: TimelineItem[]) {
  render(
    <TextProvider words="fr">
      <Timeline roomId="!a" focus={null} />
    </TextProvider>,
  );
  send({ kind: "reset", values: items });
  act(() => tell({ kind: "idle", reachedStart: true }));
}

const rowOf = (words: string) => screen.getByText(words).closest<HTMLElement>("[role=article]") ?? document.body;

describe("the keyboard in the log", () => {
  it("has one tab stop, the last message, and goes from row to row", async () => {
    open(said(karim, "un"), said(sophie, "deux"), said(karim, "trois"));
    await userEvent.tab();
    expect(document.activeElement).toBe(rowOf("trois"));
    await userEvent.keyboard("{ArrowUp}");
    expect(document.activeElement).toBe(rowOf("deux"));
    await userEvent.keyboard("{ArrowUp}{ArrowUp}{ArrowUp}");
    expect(document.activeElement, "the first row is the end of the way").toBe(rowOf("un"));
    const stops = [...document.querySelectorAll("[tabindex='0'], button:not([tabindex='-1'])")];
    expect(stops, "one tab stop in the whole log").toEqual([rowOf("un")]);
  });

  it("goes into what a row offers and back", async () => {
    open(said(karim, "un"));
    await userEvent.tab();
    await userEvent.keyboard("{ArrowRight}");
    expect(document.activeElement).toBe(within(rowOf("un")).getByRole("button", { name: "Réagir" }));
    await userEvent.keyboard("{ArrowRight}");
    expect(document.activeElement).toBe(within(rowOf("un")).getByRole("button", { name: "Répondre" }));
    await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(document.activeElement).toBe(rowOf("un"));
  });

  it("keeps its place when messages come, change and go", async () => {
    const two = said(sophie, "deux");
    open(said(karim, "un"), two, said(karim, "trois"));
    await userEvent.tab();
    await userEvent.keyboard("{ArrowUp}");
    send({ kind: "pushFront", value: said(karim, "zéro") }, { kind: "pushBack", value: said(sophie, "quatre") });
    expect(document.activeElement).toBe(rowOf("deux"));
    const edited = two.content.kind === "event" ? { ...two, content: { ...two.content, event: { ...two.content.event, body: text("deux bis"), edited: true } } } : two;
    send({ kind: "set", index: 2, value: edited });
    expect(document.activeElement).toBe(rowOf("deux bis"));
  });

  it("goes to the neighbour when its row goes", async () => {
    open(said(karim, "un"), said(sophie, "deux"), said(karim, "trois"));
    await userEvent.tab();
    await userEvent.keyboard("{ArrowUp}");
    send({ kind: "remove", index: 1 });
    await waitFor(() => expect(document.activeElement).toBe(rowOf("trois")));
  });

  it("answers the row it is on", async () => {
    const two = said(sophie, "deux");
    open(said(karim, "un"), two, said(karim, "trois"));
    await userEvent.tab();
    await userEvent.keyboard("{ArrowUp}{Control>}{ArrowUp}{/Control}");
    expect(composingIn(composing.get(), "!a")).toMatchObject({ kind: "reply", sender: sophie });
  });

  it("opens the menu of the row, and comes back to it", async () => {
    open(said(karim, "un"), said(karim, "deux"));
    await userEvent.tab();
    await userEvent.keyboard("{Shift>}{F10}{/Shift}");
    const menu = await screen.findByRole("menu", { name: /Karim Benali/ });
    expect(within(menu).getByRole("menuitem", { name: "Signaler…" })).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(rowOf("deux")));
  });
});

describe("a row", () => {
  it("is named by who spoke, when and what", () => {
    open(said(karim, "Cote stable."));
    expect(screen.getByRole("article", { name: /^Karim Benali, \d\d:\d\d Cote stable\.$/ })).toBeTruthy();
    expect(screen.getByRole("log").getAttribute("aria-live"), "the announcer speaks").toBe("off");
  });

  it("that cannot be drawn does not take its neighbours along", () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = said(karim, "cassé", { body: { kind: "text", nodes: [{ kind: "list", start: null, items: null as never }], style: "message" } });
    open(said(karim, "avant"), broken, said(sophie, "après"));
    expect(screen.getByText("avant")).toBeTruthy();
    expect(screen.getByText("Ce message ne peut pas être affiché.")).toBeTruthy();
    expect(screen.getByText("après")).toBeTruthy();
    send({ kind: "set", index: 1, value: { ...said(karim, "réparé"), key: broken.key } });
    expect(screen.getByText("réparé"), "it is tried again when it changes").toBeTruthy();
  });

  it("that was not sent offers to try again and to delete", async () => {
    open(said(me, "perdu", { eventId: null, transactionId: "t1", sendState: { kind: "failed", recoverable: true, code: "offline" } }));
    await userEvent.click(screen.getByRole("button", { name: "Réessayer" }));
    await userEvent.click(screen.getByRole("button", { name: "Supprimer" }));
    expect(calls).toEqual(expect.arrayContaining([
      ["timeline_retry_send", { roomId: "!a", transactionId: "t1" }],
      ["timeline_cancel_send", { roomId: "!a", transactionId: "t1" }],
    ]));
  });

  it("is deleted after a question, with a reason", async () => {
    const mine = said(me, "trop vite");
    open(mine);
    await userEvent.tab();
    await userEvent.keyboard("{Shift>}{F10}{/Shift}");
    await userEvent.click(await screen.findByRole("menuitem", { name: "Supprimer…" }));
    const question = await screen.findByRole("alertdialog");
    await userEvent.type(within(question).getByRole("textbox"), "erreur");
    expect(calls.some(([name]) => name === "event_redact")).toBe(false);
    await userEvent.click(within(question).getByRole("button", { name: "Supprimer" }));
    const eventId = mine.content.kind === "event" ? mine.content.event.eventId : null;
    expect(calls).toContainEqual(["event_redact", { roomId: "!a", eventId, reason: "erreur" }]);
  });

  it("asks once for the message it answers while that is missing", () => {
    const answer = said(karim, "oui", { reply: { eventId: "$q", content: { kind: "loading" } } });
    open(answer);
    send({ kind: "set", index: 0, value: { ...answer } });
    const eventId = answer.content.kind === "event" ? answer.content.event.eventId : null;
    expect(calls.filter(([name]) => name === "timeline_fetch_reply")).toEqual([["timeline_fetch_reply", { roomId: "!a", eventId }]]);
  });
});

describe("what comes", () => {
  it("is said once, and together when it comes together", async () => {
    vi.useFakeTimers();
    open(said(karim, "un"));
    const announcer = screen.getByTestId("announcer");
    expect(announcer.textContent, "what was there is not news").toBe("");
    send({ kind: "pushBack", value: said(sophie, "Reçu.") });
    await act(() => vi.advanceTimersByTimeAsync(1000));
    expect(announcer.textContent).toBe("Sophie Marchand\u00a0: Reçu.");
    send({ kind: "pushBack", value: said(karim, "a") });
    send({ kind: "pushBack", value: said(sophie, "b") });
    send({ kind: "pushFront", value: said(karim, "ancien") });
    send({ kind: "pushBack", value: said(me, "c") });
    await act(() => vi.advanceTimersByTimeAsync(1000));
    expect(announcer.textContent).toBe("2 nouveaux messages de Karim Benali et Sophie Marchand");
    vi.useRealTimers();
  });

  it("says who is writing", () => {
    open(said(karim, "un"));
    act(() => tell({ kind: "typing", users: [sophie] }));
    expect(screen.getByText("Sophie Marchand écrit…")).toBeTruthy();
    act(() => tell({ kind: "typing", users: [sophie, karim] }));
    expect(screen.getByText("Sophie Marchand et Karim Benali écrivent…")).toBeTruthy();
  });
});
