import type { JSONContent } from "@tiptap/core";
import { Marked, type Token, type Tokens } from "marked";

import { isLinkable } from "../links";
import { everybody, mention, mentionedUser } from "./mentions";

/**
 * CommonMark with strikethrough, as the shell has it. Addresses in text stay text, and tables stay lines: the editor
 * has none, and gives them back as they came.
 */
const reader = new Marked({ gfm: true });
reader.use({ tokenizer: { url: () => undefined, table: () => undefined, def: () => undefined } });

type Marks = NonNullable<JSONContent["marks"]>;

/** The document of the editor that Markdown gives; `@room` is a mention where the user may make it. */
export function fromMarkdown(markdown: string, mayNotifyRoom: boolean): JSONContent {
  const content = blocks(reader.lexer(markdown), mayNotifyRoom);
  return { type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] };
}

/** What a reader sees of a piece of inline Markdown. */
export function wordsOf(markdown: string): string {
  return runs(reader.Lexer.lexInline(markdown, reader.defaults), [], false)
    .map((run) => (run.type === "mention" ? String(run.attrs?.label) : (run.text ?? " ")))
    .join("");
}

function blocks(tokens: readonly Token[], mayNotifyRoom: boolean): JSONContent[] {
  const nodes: JSONContent[] = [];
  let afterParagraph = false;
  for (const token of tokens) {
    const lines = paragraphLines(token, mayNotifyRoom);
    // The blank line between two paragraphs is an empty line of the editor.
    if (lines && afterParagraph) nodes.push({ type: "paragraph" });
    nodes.push(...(lines ?? block(token as Tokens.Generic, mayNotifyRoom)));
    if (token.type !== "space" && token.type !== "checkbox") afterParagraph = lines !== null;
  }
  return nodes;
}

/** The lines of a paragraph; `null` for all else. */
function paragraphLines(token: Token, mayNotifyRoom: boolean): JSONContent[] | null {
  const { type, raw, tokens } = token as Tokens.Generic;
  if (type !== "paragraph" && type !== "text" && type !== "html") return null;
  const inside = tokens ? runs(tokens, [], mayNotifyRoom) : textRuns(raw.trimEnd(), [], mayNotifyRoom);
  return split(inside).map(paragraph);
}

function paragraph(content: JSONContent[]): JSONContent {
  return content.length > 0 ? { type: "paragraph", content } : { type: "paragraph" };
}

function block(token: Tokens.Generic, mayNotifyRoom: boolean): JSONContent[] {
  switch (token.type) {
    case "heading":
      return [{ type: "heading", attrs: { level: token.depth }, content: join(split(runs(token.tokens ?? [], [], mayNotifyRoom)), " ") }];
    case "blockquote":
      return [{ type: "blockquote", content: filled(blocks(token.tokens ?? [], mayNotifyRoom)) }];
    case "code":
      return [{
        type: "codeBlock",
        attrs: { language: token.lang || null },
        ...(token.text ? { content: [{ type: "text", text: token.text }] } : {}),
      }];
    case "hr":
      return [{ type: "horizontalRule" }];
    case "list":
      return [{
        type: token.ordered ? "orderedList" : "bulletList",
        ...(token.ordered ? { attrs: { start: Number(token.start) } } : {}),
        content: (token.items as Tokens.ListItem[]).map((item) => listItem(item, mayNotifyRoom)),
      }];
    default:
      return [];
  }
}

function listItem(item: Tokens.ListItem, mayNotifyRoom: boolean): JSONContent {
  const content = blocks(item.tokens, mayNotifyRoom);
  // The shell has no tasks: their boxes are text.
  const box = item.task ? [{ type: "text", text: item.checked ? "[x] " : "[ ] " }] : [];
  if (content[0]?.type !== "paragraph") content.unshift({ type: "paragraph" });
  const [first, ...rest] = content;
  return { type: "listItem", content: [paragraph([...box, ...(first?.content ?? [])]), ...rest] };
}

function filled(content: JSONContent[]): JSONContent[] {
  return content.length > 0 ? content : [{ type: "paragraph" }];
}

/** Inline nodes; a line break is a node of its own. */
function runs(tokens: readonly Token[], marks: Marks, mayNotifyRoom: boolean): JSONContent[] {
  const within = (token: Tokens.Generic, mark: Marks[number]) => runs(token.tokens ?? [], [...marks, mark], mayNotifyRoom);
  return (tokens as Tokens.Generic[]).flatMap((token) => {
    switch (token.type) {
      case "strong":
        return within(token, { type: "bold" });
      case "em":
        return within(token, { type: "italic" });
      case "del":
        return within(token, { type: "strike" });
      case "link":
        return link(token, marks, mayNotifyRoom);
      case "codespan":
        return [{ type: "text", text: token.text, marks: [{ type: "code" }] }];
      case "br":
        return [{ type: "hardBreak" }];
      case "escape":
        return textRuns(token.text, marks, false);
      case "image":
      case "html":
        return textRuns(token.raw, marks, false);
      default:
        return token.tokens ? runs(token.tokens, marks, mayNotifyRoom) : textRuns(entities(token.text ?? token.raw), marks, mayNotifyRoom);
    }
  });
}

function link(token: Tokens.Generic, marks: Marks, mayNotifyRoom: boolean): JSONContent[] {
  const inside = runs(token.tokens ?? [], [], false);
  const user = mentionedUser(token.href);
  if (user) return [mention(user, inside.map((run) => run.text ?? "").join("") || user)];
  if (!isLinkable(token.href)) return runs(token.tokens ?? [], marks, mayNotifyRoom);
  return runs(token.tokens ?? [], [{ type: "link", attrs: { href: token.href } }, ...marks], false);
}

function textRuns(text: string, marks: Marks, mayNotifyRoom: boolean): JSONContent[] {
  return text.split(mayNotifyRoom ? /(\n|(?<![\w@])@room(?!\w))/ : /(\n)/).flatMap((part) => {
    if (part === "") return [];
    if (part === "\n") return [{ type: "hardBreak" }];
    if (mayNotifyRoom && part === everybody) return [mention(everybody, "room")];
    return [{ type: "text", text: part, ...(marks.length > 0 ? { marks } : {}) }];
  });
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

function entities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return named[name] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hex ?? "", 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
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
