import type { EventBody, MessageNode } from "../ipc/bindings";

/** The text of a message as it is put on the clipboard, on as many lines as it is drawn; `null` when it has none. */
export function copyable(body: EventBody): string | null {
  switch (body.kind) {
    case "text":
      return lines(body.nodes) || null;
    case "image":
    case "video":
    case "audio":
    case "file":
      return (body.caption && lines(body.caption)) || body.media.name;
    case "location":
      return body.description || null;
    case "poll":
      return [body.question, ...body.answers.map((answer) => `– ${answer.text}`)].join("\n");
    default:
      return null;
  }
}

function lines(nodes: readonly MessageNode[]): string {
  return nodes
    .map(words)
    .join("")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/[ \t]+\n/g, "\n")
    .trim();
}

function words(node: MessageNode): string {
  switch (node.kind) {
    case "text":
    case "code":
      return node.text;
    case "break":
      return "\n";
    case "rule":
      return "\n\n";
    case "codeBlock":
      return `\n${node.text}\n`;
    case "mention":
      return `@${node.name}`;
    case "roomMention":
      return "@room";
    case "paragraph":
    case "heading":
      return `\n${lines(node.children)}\n`;
    case "quote":
      return `\n${lines(node.children).replace(/^/gm, "> ")}\n`;
    case "list":
      return `\n${node.items.map((item, i) => `${node.start === null ? "–" : `${node.start + i}.`} ${lines(item)}`).join("\n")}\n`;
    case "table":
      return `\n${node.rows.map((row) => row.cells.map(lines).join("\t")).join("\n")}\n`;
    default:
      return node.children.map(words).join("");
  }
}
