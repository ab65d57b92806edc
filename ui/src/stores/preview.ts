import type { EventBody, MessageNode, PreviewContent } from "../ipc/bindings";

/** Message text without its form, on one line. */
export function plainText(nodes: readonly MessageNode[]): string {
  return nodes.map(plainNode).join("").replace(/\s+/g, " ").trim();
}

function plainNode(node: MessageNode): string {
  switch (node.kind) {
    case "text":
    case "code":
      return node.text;
    case "codeBlock":
      return ` ${node.text} `;
    case "break":
    case "rule":
      return " ";
    case "mention":
      return `@${node.name}`;
    case "roomMention":
      return "@room";
    case "list":
      return node.items.map((item) => ` ${plainText(item)} `).join("");
    case "table":
      return node.rows.map((row) => ` ${row.cells.map(plainText).join(" ")} `).join("");
    case "paragraph":
    case "heading":
    case "quote":
      return ` ${plainText(node.children)} `;
    case "spoiler":
      // Not given away in one line.
      return node.reason ? `[${node.reason}]` : "[…]";
    default:
      return node.children.map(plainNode).join("");
  }
}

/** What a quote says of a body; the page words it. */
export function previewOfBody(body: EventBody): PreviewContent {
  switch (body.kind) {
    case "text":
      return { kind: body.style === "emote" ? "emote" : "text", text: plainText(body.nodes) };
    case "file":
      return { kind: "file", name: body.media.name };
    case "poll":
      return { kind: "poll", question: body.question };
    case "image":
    case "video":
    case "audio":
    case "sticker":
    case "location":
    case "redacted":
    case "undecryptable":
    case "call":
      return { kind: body.kind };
    case "state":
    case "unsupported":
      return { kind: "other" };
  }
}
