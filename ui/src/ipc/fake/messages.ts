import type { EventBody, EventItem, MediaInfo, MessageNode, PreviewContent, Sender, TimelineItem } from "../bindings";
import { me } from "./people";

let count = 0;

/** Text with `**`, `*`, `` ` ``, mentions and paragraphs: enough for an invented ministry. */
export function nodesOf(markdown: string): MessageNode[] {
  return markdown.split(/\n{2,}/).map((paragraph) => ({ kind: "paragraph", children: inline(paragraph) }));
}

const pattern = /\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[([^\]]+)\]\((?:https:\/\/matrix\.to\/#\/)?(@[^)]+)\)|\[([^\]]+)\]\((https:[^)]+)\)|(\n)/gs;

function inline(markdown: string): MessageNode[] {
  const nodes: MessageNode[] = [];
  let from = 0;
  for (const found of markdown.matchAll(pattern)) {
    const [whole, strong, emphasis, code, name, userId, words, url] = found;
    if (found.index > from) nodes.push({ kind: "text", text: markdown.slice(from, found.index) });
    from = found.index + whole.length;
    if (strong) nodes.push({ kind: "strong", children: inline(strong) });
    else if (emphasis) nodes.push({ kind: "emphasis", children: inline(emphasis) });
    else if (code) nodes.push({ kind: "code", text: code });
    else if (name && userId) {
      nodes.push({ kind: "mention", userId, name: name.replace(/^@/, ""), own: userId === me.userId });
    } else if (words && url) {
      nodes.push({ kind: "link", id: `link-${url}`, host: new URL(url).host, children: [{ kind: "text", text: words }] });
    } else nodes.push({ kind: "break" });
  }
  if (from < markdown.length) nodes.push({ kind: "text", text: markdown.slice(from) });
  return nodes;
}

export function media(id: string, name: string, change: Partial<MediaInfo> = {}): MediaInfo {
  return { id, name, size: 248_000, mimetype: null, width: null, height: null, durationMs: null, thumbnail: null, ...change };
}

export function text(markdown: string): EventBody {
  return { kind: "text", nodes: nodesOf(markdown), style: "message" };
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
