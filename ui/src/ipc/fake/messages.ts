import type { EventBody, EventItem, MediaInfo, MessageNode, PreviewContent, Sender, TimelineItem } from "../bindings";
import { nodesOf } from "./markdown";
import { me } from "./people";

let count = 0;

export function media(id: string, name: string, change: Partial<MediaInfo> = {}): MediaInfo {
  return { id, name, size: 248_000, mimetype: null, width: null, height: null, durationMs: null, thumbnail: null, ...change };
}

/** What gave a text, for editing it. */
const sources = new WeakMap<EventBody, string>();

export function text(markdown: string): EventBody {
  const emote = /^\/me\s/.test(markdown);
  const body: EventBody = { kind: "text", nodes: nodesOf(emote ? markdown.slice(4) : markdown), style: emote ? "emote" : "message" };
  sources.set(body, markdown);
  return body;
}

export function sourceOf(body: EventBody): string | null {
  return sources.get(body) ?? null;
}

/** An event as a row. */
export function row(sender: Sender, timestamp: number, body: EventBody, change: Partial<EventItem> = {}): TimelineItem {
  count += 1;
  const own = sender === me;
  const words = body.kind !== "state" && body.kind !== "redacted" && body.kind !== "undecryptable";
  const event: EventItem = {
    eventId: `$event${count}`,
    transactionId: null,
    sender,
    own,
    timestamp,
    body,
    sendState: null,
    edited: false,
    highlight: false,
    reply: null,
    inThread: false,
    reactions: [],
    readBy: [],
    endsAt: null,
    warning: null,
    can: { edit: own && body.kind === "text", redact: own && words, react: words, reply: words, report: !own && words },
    ...change,
  };
  return { key: `row${count}`, content: { kind: "event", event } };
}

export const day = (timestamp: number): TimelineItem => ({
  key: `day${timestamp}`,
  content: { kind: "dayDivider", timestamp },
});
export const start: TimelineItem = { key: "start", content: { kind: "start" } };
export const readMarker: TimelineItem = { key: "read-marker", content: { kind: "readMarker" } };

/** What a room row or a quote says of a body. */
export function previewOf(body: EventBody): PreviewContent {
  switch (body.kind) {
    case "text":
      return { kind: body.style === "emote" ? "emote" : "text", text: plainText(body.nodes) };
    case "image":
    case "video":
    case "audio":
    case "sticker":
    case "location":
    case "redacted":
    case "undecryptable":
    case "call":
      return { kind: body.kind };
    case "file":
      return { kind: "file", name: body.media.name };
    case "poll":
      return { kind: "poll", question: body.question };
    default:
      return { kind: "other" };
  }
}

function plainText(nodes: readonly MessageNode[]): string {
  return nodes
    .map((node) => {
      if ("text" in node) return node.text;
      if (node.kind === "mention") return `@${node.name}`;
      if (node.kind === "roomMention") return "@room";
      if ("children" in node) return plainText(node.children);
      return " ";
    })
    .join("")
    .trim();
}
