import { describe, expect, it } from "vitest";

import { textIn } from "../i18n/text";
import type { EventBody, EventItem, MessageNode } from "../ipc/bindings";
import { row, text } from "../ipc/fake/messages";
import { karim, sophie } from "../ipc/fake/people";
import { plainText, previewOfBody } from "../stores/preview";
import { wordArrivals } from "./Announcer";
import { frameOf, isJumbo } from "./Body";
import { copyable } from "./copyable";
import { mediaBox } from "./mediaBox";
import { eventOf } from "./rows";
import { coordinates } from "./SmallBodies";
import { wordDuration, wordSize } from "./wordSize";

const fr = textIn("fr");
const words = (value: string): MessageNode => ({ kind: "text", text: value });
const event = (body: EventBody, change: Partial<EventItem> = {}): EventItem => {
  const made = eventOf(row(karim, 0, body, change));
  if (!made) throw new Error("no event");
  return made;
};

describe("sizes and lengths", () => {
  it.each([
    [0, "0 octets"],
    [999, "999 octets"],
    [1_000, "1 Ko"],
    [248_000, "248 Ko"],
    [999_600, "1 Mo"],
    [1_240_000, "1,2 Mo"],
    [29_000_000, "29 Mo"],
  ])("%d bytes", (bytes, worded) => expect(wordSize(fr, "fr-FR", bytes)).toBe(worded));

  it.each([
    [12_000, "0:12"],
    [1_812_000, "30:12"],
    [3_725_000, "1:02:05"],
  ])("%d ms", (ms, worded) => expect(wordDuration(ms)).toBe(worded));

  it("a picture has its place before it comes, never larger than it is", () => {
    expect(mediaBox(960, 640)).toEqual({ width: 400, height: 267 });
    expect(mediaBox(120, 80)).toEqual({ width: 120, height: 80 });
    expect(mediaBox(null, null).width).toBeGreaterThan(0);
    expect(mediaBox(10_000, 3).height, "it can still be clicked").toBeGreaterThanOrEqual(24);
  });
});

describe("a message in one line", () => {
  it("gives no spoiler away", () => {
    expect(plainText([words("Vote : "), { kind: "spoiler", reason: null, children: [words("adopté")] }])).toBe("Vote : […]");
    expect(plainText([{ kind: "spoiler", reason: "résultat", children: [words("adopté")] }])).toBe("[résultat]");
  });

  it("is the text of all its parts", () => {
    const nodes: MessageNode[] = [
      { kind: "paragraph", children: [words("Bonjour "), { kind: "mention", userId: "@a:b", name: "Inès", own: false }, { kind: "break" }, words("voici")] },
      { kind: "list", start: null, items: [[words("un")], [words("deux")]] },
    ];
    expect(previewOfBody({ kind: "text", nodes, style: "message" })).toEqual({ kind: "text", text: "Bonjour @Inès voici un deux" });
  });
});

describe("the text that is copied", () => {
  it("keeps its lines, lists and quotes", () => {
    const nodes: MessageNode[] = [
      { kind: "paragraph", children: [words("Ordre du jour"), { kind: "break" }, words("de jeudi")] },
      { kind: "list", start: 2, items: [[words("budget")], [words("divers")]] },
      { kind: "quote", children: [{ kind: "paragraph", children: [words("a")] }, { kind: "paragraph", children: [words("b")] }] },
    ];
    expect(copyable({ kind: "text", nodes, style: "message" })).toBe("Ordre du jour\nde jeudi\n\n2. budget\n3. divers\n\n> a\n>\n> b");
  });

  it("is none for what says nothing", () => {
    expect(copyable({ kind: "redacted", by: null })).toBeNull();
    expect(copyable({ kind: "undecryptable", reason: "waiting" })).toBeNull();
  });
});

describe("a body", () => {
  it("of a few emoji is drawn large", () => {
    expect(isJumbo([words("👍🏽 🎉")])).toBe(true);
    expect(isJumbo([words("👨‍👩‍👧")])).toBe(true);
    expect(isJumbo([words("👍👍👍👍")])).toBe(false);
    expect(isJumbo([words("ok 👍")])).toBe(false);
    expect(isJumbo([words("12")]), "digits are no emoji").toBe(false);
  });

  it("stands in a bubble with the words that belong to it", () => {
    const media = { id: "x", name: "a.png", size: 1, mimetype: null, width: 1, height: 1, durationMs: null, thumbnail: null };
    expect(frameOf(event({ kind: "image", media, caption: null }))).toBe("bare");
    expect(frameOf(event({ kind: "image", media, caption: [words("vue")] }))).toBe("bubble");
    expect(frameOf(event({ kind: "undecryptable", reason: "withheld" }))).toBe("placeholder");
  });

  it("with a place shows its coordinates and nothing else of the address", () => {
    expect(coordinates("geo:48.0065,2.7430;u=10")).toBe("48.0065, 2.7430");
    expect(coordinates("https://evil.example/48,2")).toBeNull();
  });
});

describe("what is announced", () => {
  it("is the message, or how many and from whom", () => {
    const one = event(text("Reçu."));
    const two = { ...event(text("Vu.")), sender: sophie };
    expect(wordArrivals(fr, "fr-FR", [one])).toBe("Karim Benali\u00a0: Reçu.");
    expect(wordArrivals(fr, "fr-FR", [one, two, one])).toBe("3 nouveaux messages de Karim Benali et Sophie Marchand");
  });

  it("is cut when it is long", () => {
    expect(wordArrivals(fr, "fr-FR", [event(text("a".repeat(5000)))]).length).toBeLessThan(400);
  });
});
