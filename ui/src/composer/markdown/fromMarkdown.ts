import type { JSONContent } from "@tiptap/core";

import { type Piece, readBlocks, readInline } from "../../markdown/tree";
import { isLinkable } from "../links";
import { everybody, mention, mentionedUser } from "./mentions";

type Marks = NonNullable<JSONContent["marks"]>;

/**
 * The document of the editor that Markdown gives; `@room` is a mention where the user may make it. Tables stay lines:
 * the editor has none, and gives them back as they came.
 */
export function fromMarkdown(markdown: string, mayNotifyRoom: boolean): JSONContent {
  return { type: "doc", content: filled(blocks(readBlocks(markdown), mayNotifyRoom)) };
}

/** What a reader sees of a piece of inline Markdown. */
export function wordsOf(markdown: string): string {
  return runs(readInline(markdown), [], false)
    .map((run) => (run.type === "mention" ? String(run.attrs?.label) : (run.text ?? " ")))
    .join("");
}

function blocks(pieces: readonly Piece[], mayNotifyRoom: boolean): JSONContent[] {
  return pieces.flatMap((piece, i) => {
    if (!isParagraph(piece)) return [block(piece, mayNotifyRoom)];
    const before = pieces[i - 1];
    const lines = split(piece.type === "paragraph" ? runs(piece.children, [], mayNotifyRoom) : textRuns(piece.text.trimEnd(), [], false));
    // The blank line between two paragraphs is an empty line of the editor.
    return [...(before && isParagraph(before) ? [{ type: "paragraph" }] : []), ...lines.map(paragraph)];
  });
}

/** HTML that was typed is text. */
function isParagraph({ type }: Piece): boolean {
  return type === "paragraph" || type === "html_block";
}

function paragraph(content: JSONContent[]): JSONContent {
  return content.length > 0 ? { type: "paragraph", content } : { type: "paragraph" };
}

function block(piece: Piece, mayNotifyRoom: boolean): JSONContent {
  switch (piece.type) {
    case "heading":
      return { type: "heading", attrs: { level: Number(piece.tag.slice(1)) }, content: join(split(runs(piece.children, [], mayNotifyRoom)), " ") };
    case "blockquote":
      return { type: "blockquote", content: filled(blocks(piece.children, mayNotifyRoom)) };
    case "hr":
      return { type: "horizontalRule" };
    case "bullet_list":
      return { type: "bulletList", content: piece.children.map((item) => listItem(item, mayNotifyRoom)) };
    case "ordered_list":
      return { type: "orderedList", attrs: { start: piece.start }, content: piece.children.map((item) => listItem(item, mayNotifyRoom)) };
    default: {
      const text = piece.text.replace(/\n$/, "");
      return { type: "codeBlock", attrs: { language: piece.info || null }, ...(text ? { content: [{ type: "text", text }] } : {}) };
    }
  }
}

function listItem(item: Piece, mayNotifyRoom: boolean): JSONContent {
  const content = blocks(item.children, mayNotifyRoom);
  return { type: "listItem", content: content[0]?.type === "paragraph" ? content : [{ type: "paragraph" }, ...content] };
}

function filled(content: JSONContent[]): JSONContent[] {
  return content.length > 0 ? content : [{ type: "paragraph" }];
}

const markOf: Record<string, string> = { strong: "bold", em: "italic", s: "strike" };

/** Inline nodes; a line break is a node of its own. */
function runs(pieces: readonly Piece[], marks: Marks, mayNotifyRoom: boolean): JSONContent[] {
  return pieces.flatMap((piece) => {
    const mark = markOf[piece.type];
    if (mark) return runs(piece.children, [...marks, { type: mark }], mayNotifyRoom);
    switch (piece.type) {
      case "link":
        return link(piece, marks, mayNotifyRoom);
      case "code_inline":
        return [{ type: "text", text: piece.text, marks: [{ type: "code" }] }];
      case "softbreak":
      case "hardbreak":
        return [{ type: "hardBreak" }];
      case "image":
        return runs(piece.children, marks, false);
      default:
        return textRuns(piece.text, marks, mayNotifyRoom && piece.type === "text");
    }
  });
}

function link(piece: Piece, marks: Marks, mayNotifyRoom: boolean): JSONContent[] {
  const inside = runs(piece.children, [], false);
  const user = mentionedUser(piece.href);
  if (user) return [mention(user, inside.map((run) => run.text ?? "").join("") || user)];
  if (!isLinkable(piece.href)) return runs(piece.children, marks, mayNotifyRoom);
  return runs(piece.children, [{ type: "link", attrs: { href: piece.href } }, ...marks], false);
}

function textRuns(text: string, marks: Marks, mayNotifyRoom: boolean): JSONContent[] {
  return text.split(mayNotifyRoom ? /(\n|(?<![\w@])@room(?!\w))/ : /(\n)/).flatMap((part) => {
    if (part === "") return [];
    if (part === "\n") return [{ type: "hardBreak" }];
    if (mayNotifyRoom && part === everybody) return [mention(everybody, "room")];
    return [{ type: "text", text: part, ...(marks.length > 0 ? { marks } : {}) }];
  });
}

/** Lines, each of as few runs of text as its marks allow. */
function split(content: readonly JSONContent[]): JSONContent[][] {
  const lines: JSONContent[][] = [[]];
  for (const node of content) {
    const line = lines.at(-1) ?? [];
    const last = line.at(-1);
    if (node.type === "hardBreak") lines.push([]);
    else if (last?.type === "text" && node.type === "text" && JSON.stringify(last.marks) === JSON.stringify(node.marks)) {
      line[line.length - 1] = { ...last, text: `${last.text}${node.text}` };
    } else line.push(node);
  }
  return lines;
}

function join(lines: readonly JSONContent[][], between: string): JSONContent[] {
  return lines.flatMap((line, i) => (i === 0 ? line : [{ type: "text", text: between }, ...line]));
}
