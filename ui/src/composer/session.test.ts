import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ipcError, setBackend } from "../ipc/backend";
import type { Draft, Sender } from "../ipc/bindings";
import { composing, composingIn, resetComposing, resumeComposing, stopComposing } from "../stores/composing";
import { saveAgain } from "./drafts";
import { createSession, type Session } from "./session";

const roomId = "!r:example.org";
const sender: Sender = { userId: "@k:example.org", name: "Karim", ambiguous: false, avatar: null, guest: false };

/** The shell's side: drafts by room, and the texts of one's own events. */
let drafts: Map<string, Draft | null>;
let saves: number;
let full: boolean;
let sources: Record<string, string>;
let text: string;
let session: Session;
let errors: string[];

function begin(): Promise<void> {
  session = createSession(roomId, page, (error) => errors.push(error.code));
  return session.open();
}
const page = {
  markdown: () => text,
  fill: (markdown: string) => {
    text = markdown;
  },
  focus: () => {},
};
const type = (words: string) => {
  text = words;
  session.changed();
};
const mode = () => composingIn(composing.get(), roomId).kind;
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  drafts = new Map();
  saves = 0;
  full = false;
  sources = { $mine: "Bonjour" };
  text = "";
  errors = [];
  resetComposing();
  const answer = (name: string, args: { roomId: string; eventId: string; draft: Draft | null }): unknown => {
    if (name === "draft_load") return drafts.get(args.roomId) ?? null;
    if (name === "draft_save") {
      if (full) throw ipcError("storeFull");
      saves += 1;
      drafts.set(args.roomId, args.draft);
      return null;
    }
    if (name === "timeline_edit_source") {
      const markdown = sources[args.eventId];
      if (markdown === undefined) throw ipcError("notFound");
      return { markdown };
    }
    throw ipcError("internal");
  };
  setBackend({ call: async (name, ...args) => answer(name, args[0] as never) as never, subscribe: () => () => {}, mediaUrl: (id) => id });
});

afterEach(async () => {
  session.close();
  text = "";
  await settle();
  vi.useRealTimers();
});

describe("drafts", () => {
  it("are saved once the typing has rested for half a second", async () => {
    await begin();
    type("B");
    await vi.advanceTimersByTimeAsync(400);
    type("Bon");
    await vi.advanceTimersByTimeAsync(400);
    expect(saves, "still typing").toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(drafts.get(roomId)).toEqual({ markdown: "Bon", mode: { kind: "new" } });
    expect(saves).toBe(1);
  });

  it("are saved at once when the room or the window goes, if anything changed", async () => {
    await begin();
    session.flush();
    await settle();
    expect(saves, "nothing to save").toBe(0);
    type("Bon");
    session.close();
    await settle();
    expect(drafts.get(roomId)?.markdown).toBe("Bon");
  });

  it("come back, and before what was typed meanwhile", async () => {
    drafts.set(roomId, { markdown: "avant", mode: { kind: "new" } });
    const opening = begin();
    text = "après";
    await opening;
    expect(text).toBe("avant\n\naprès");
  });

  it("are loaded only after what is being saved", async () => {
    await begin();
    type("Bon");
    session.close();
    text = "";
    await begin();
    expect(text).toBe("Bon");
  });

  it("wait here when the disk is full, and are saved once it is not", async () => {
    await begin();
    full = true;
    type("Bon");
    session.close();
    await settle();
    text = "";
    await begin();
    expect(text, "it comes back all the same").toBe("Bon");
    full = false;
    saveAgain();
    await settle();
    expect(drafts.get(roomId)?.markdown).toBe("Bon");
    session.close();
    text = "";
    drafts.set(roomId, { markdown: "plus tard", mode: { kind: "new" } });
    await begin();
    expect(text, "and waits no longer").toBe("plus tard");
  });

  it("bring back a reply, of which only the event is known", async () => {
    drafts.set(roomId, { markdown: "oui", mode: { kind: "reply", eventId: "$q" } });
    await begin();
    expect(text).toBe("oui");
    expect(composingIn(composing.get(), roomId)).toEqual({ kind: "reply", eventId: "$q", sender: null, preview: null });
    type("oui !");
    session.flush();
    await settle();
    expect(drafts.get(roomId)).toEqual({ markdown: "oui !", mode: { kind: "reply", eventId: "$q" } });
  });

  it("bring back an edit, which can tell whether it changed anything", async () => {
    drafts.set(roomId, { markdown: "Bonsoir", mode: { kind: "edit", eventId: "$mine" } });
    await begin();
    expect(text).toBe("Bonsoir");
    expect(session.isUnchanged()).toBe(false);
    text = "Bonjour";
    expect(session.isUnchanged()).toBe(true);
  });

  it("are cleared by sending", async () => {
    drafts.set(roomId, { markdown: "Bon", mode: { kind: "new" } });
    await begin();
    session.sent();
    await settle();
    expect([text, drafts.get(roomId)]).toEqual(["", null]);
  });

  it("come back when sending fails, with the reply they were", async () => {
    await begin();
    const reply = { kind: "reply", eventId: "$q", sender, preview: null } as const;
    resumeComposing(roomId, reply);
    type("oui");
    session.sent();
    expect(mode()).toBe("new");
    session.restore("oui", reply);
    expect([text, mode()]).toEqual(["oui", "reply"]);
  });
});

describe("editing", () => {
  it("sets what was being written aside, and gives it back when it ends", async () => {
    await begin();
    type("nouveau");
    resumeComposing(roomId, { kind: "edit", eventId: "$mine" });
    await settle();
    expect(text).toBe("Bonjour");
    expect(session.isUnchanged()).toBe(true);
    type("Bonsoir");
    session.flush();
    await settle();
    expect(drafts.get(roomId)).toEqual({ markdown: "Bonsoir", mode: { kind: "edit", eventId: "$mine" } });
    session.sent();
    await settle();
    expect([text, mode()]).toEqual(["nouveau", "new"]);
    expect(drafts.get(roomId)).toEqual({ markdown: "nouveau", mode: { kind: "new" } });
  });

  it("keeps what was set aside as the draft while nothing is changed", async () => {
    await begin();
    type("nouveau");
    resumeComposing(roomId, { kind: "edit", eventId: "$mine" });
    session.close();
    await settle();
    expect(drafts.get(roomId)).toEqual({ markdown: "nouveau", mode: { kind: "new" } });
    stopComposing(roomId);
  });

  it("ends with a word when the event cannot be edited", async () => {
    await begin();
    type("nouveau");
    resumeComposing(roomId, { kind: "edit", eventId: "$gone" });
    await settle();
    expect([errors, mode(), text]).toEqual([["notFound"], "new", "nouveau"]);
  });
});

describe("replying", () => {
  it("keeps what is written, begun and ended", async () => {
    await begin();
    type("oui");
    resumeComposing(roomId, { kind: "reply", eventId: "$q", sender, preview: null });
    await vi.advanceTimersByTimeAsync(500);
    expect(drafts.get(roomId)).toEqual({ markdown: "oui", mode: { kind: "reply", eventId: "$q" } });
    stopComposing(roomId);
    await vi.advanceTimersByTimeAsync(500);
    expect(drafts.get(roomId)).toEqual({ markdown: "oui", mode: { kind: "new" } });
    expect(text).toBe("oui");
  });
});
