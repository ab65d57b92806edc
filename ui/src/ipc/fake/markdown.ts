import { type Piece, readBlocks } from "../../markdown/tree";
import type { MessageNode } from "../bindings";
import { me } from "./people";

/** Markdown as the tree that crosses the border. No address becomes a link by itself here, for want of the shell's rules. */
export function nodesOf(markdown: string): MessageNode[] {
  return readBlocks(markdown, true).flatMap(block);
}

function block(piece: Piece): MessageNode[] {
  const inside = () => piece.children.flatMap(block);
  switch (piece.type) {
    case "paragraph":
      return [{ kind: "paragraph", children: piece.children.flatMap(inline) }];
    case "heading":
      return [{ kind: "heading", level: Number(piece.tag.slice(1)), children: piece.children.flatMap(inline) }];
    case "blockquote":
      return [{ kind: "quote", children: inside() }];
    case "fence":
    case "code_block":
      return [{ kind: "codeBlock", language: piece.info || null, text: piece.text.replace(/\n$/, "") }];
    case "hr":
      return [{ kind: "rule" }];
    case "bullet_list":
    case "ordered_list":
      return [{ kind: "list", start: piece.type === "ordered_list" ? piece.start : null, items: piece.children.map((item) => item.children.flatMap(block)) }];
    case "table":
      return [{ kind: "table", rows: piece.children.flatMap(({ type, children }) => children.map((row) => ({ header: type === "thead", cells: row.children.map((cell) => cell.children.flatMap(inline)) }))) }];
    default:
      return lines(piece.text);
  }
}

function inline(piece: Piece): MessageNode[] {
  const children = () => piece.children.flatMap(inline);
  switch (piece.type) {
    case "strong":
      return [{ kind: "strong", children: children() }];
    case "em":
      return [{ kind: "emphasis", children: children() }];
    case "s":
      return [{ kind: "strike", children: children() }];
    case "code_inline":
      return [{ kind: "code", text: piece.text }];
    case "softbreak":
    case "hardbreak":
      return [{ kind: "break" }];
    case "link":
      return [link(piece.href, children())];
    case "image":
      return children();
    default:
      return lines(piece.text);
  }
}

function link(href: string, children: MessageNode[]): MessageNode {
  const id = /^(?:https:\/\/matrix\.to\/#\/)?(@.+)$/.exec(href)?.[1];
  const userId = id && decodeURIComponent(id);
  if (userId) {
    const name = children.map((child) => ("text" in child ? child.text : "")).join("");
    return { kind: "mention", userId, name: name.replace(/^@/, ""), own: userId === me.userId };
  }
  return { kind: "link", id: `link-${href}`, host: URL.canParse(href) ? new URL(href).host : "", children };
}

/** `@room` is told apart as the shell does. */
function lines(text: string): MessageNode[] {
  return text.split(/(\n|(?<![\w@])@room(?!\w))/).flatMap((part): MessageNode[] => {
    if (part === "") return [];
    if (part === "\n") return [{ kind: "break" }];
    return [part === "@room" ? { kind: "roomMention" } : { kind: "text", text: part }];
  });
}
