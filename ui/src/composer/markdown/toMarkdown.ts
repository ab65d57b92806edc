import type { JSONContent } from "@tiptap/core";

import { escapeLine, escapeText } from "./escape";
import { wordsOf } from "./fromMarkdown";
import { everybody, mentionUrl } from "./mentions";

type Nodes = readonly JSONContent[];

/**
 * The editor's document as the shell reads it. A paragraph is a line: paragraphs that follow each other are lines of
 * one paragraph, and an empty one between them makes two.
 */
export function toMarkdown(doc: JSONContent): string {
  return blocks(doc.content ?? [], false);
}

interface Block {
  type: string;
  text: string;
}

function blocks(nodes: Nodes, inItem: boolean): string {
  const done: Block[] = [];
  let lines: string[] = [];
  let twin = false;
  const endParagraph = () => {
    const text = lines.join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "");
    if (text) done.push({ type: "paragraph", text });
    lines = [];
  };
  nodes.forEach((node) => {
    if (node.type === "paragraph") {
      lines.push(...textblock(node.content ?? []).split("\n").map(escapeLine));
      return;
    }
    endParagraph();
    // Two lists of a kind that touch would become one: the second has other marks.
    twin = isList(node) && done.at(-1)?.type === node.type && !twin;
    const text = block(node, twin);
    if (text) done.push({ type: node.type ?? "", text });
  });
  endParagraph();
  return done.map(({ type, text }, i) => (i === 0 ? "" : between(done[i - 1]?.type, type, text, inItem)) + text).join("");
}

/** A blank line sets blocks apart; inside an item it would make the whole list loose. */
function between(before: string | undefined, type: string, text: string, inItem: boolean): string {
  // A list that begins with an empty item does not interrupt a line, and "-" alone would underline it as a title.
  const interrupts = type === "blockquote" || type === "codeBlock" || /^([-*]|1[.)]) ./.test(text);
  return inItem && before === "paragraph" && interrupts ? "\n" : "\n\n";
}

function block(node: JSONContent, twin: boolean): string {
  const content = node.content ?? [];
  switch (node.type) {
    case "heading": {
      const title = escapeLine(textblock(content).replace(/\s+/g, " ")).replace(/(?<=^|\s)(#+)$/, "\\$1");
      return title && `${"#".repeat(Number(node.attrs?.level ?? 1))} ${title}`;
    }
    case "blockquote":
      return prefixed(blocks(content, false), "> ", "> ");
    case "codeBlock":
      return codeBlock(content.map((child) => child.text ?? "").join(""), String(node.attrs?.language ?? ""));
    case "horizontalRule":
      // At the start of an item, dashes would make a rule of the item's own dash.
      return "***";
    case "bulletList":
      return content.map((item) => listItem(item, twin ? "* " : "- ")).join("\n");
    case "orderedList": {
      const start = Number(node.attrs?.start ?? 1);
      return content.map((item, i) => listItem(item, `${start + i}${twin ? ")" : "."} `)).join("\n");
    }
    default:
      return blocks(content, false);
  }
}

function isList(node: JSONContent): boolean {
  return node.type === "bulletList" || node.type === "orderedList";
}

function listItem(item: JSONContent, marker: string): string {
  return prefixed(blocks(item.content ?? [], true), marker, " ".repeat(marker.length));
}

function prefixed(text: string, first: string, rest: string): string {
  return text
    .split("\n")
    .map((line, i) => ((i === 0 ? first : rest) + line).replace(/[ \t]+$/, ""))
    .join("\n");
}

function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}${language.replace(/[`\s]/g, "")}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

const delimiters: Record<string, string> = { bold: "**", italic: "*", strike: "~~" };

/** Marks that cannot be told in Markdown where they stand (in the middle of words, say) are left out: words come first. */
function textblock(nodes: Nodes): string {
  const marked = inline(nodes, []);
  const same = (text: string) => text.replace(/\s+/g, "");
  if (same(wordsOf(marked)) === same(plain(nodes))) return marked;
  return inline(nodes, Object.keys(delimiters));
}

/** As a reader sees it. */
function plain(nodes: Nodes): string {
  return nodes.map((node) => (node.type === "mention" ? mentionLabel(node) : (node.text ?? " "))).join("");
}

function mentionLabel({ attrs }: JSONContent): string {
  return attrs?.id === everybody ? everybody : String(attrs?.label || attrs?.id);
}

/** `open` are the marks that stand around the nodes already. */
function inline(nodes: Nodes, open: readonly string[]): string {
  let out = "";
  for (let i = 0; i < nodes.length; ) {
    const node = nodes[i] ?? {};
    const { mark, length } = outermost(nodes, i, open);
    const end = i + (mark ? length : 1);
    const piece = mark
      ? wrapped(mark, nodes.slice(i, end), [...open, mark.type], out, firstSign(nodes[end], open))
      : leaf(node, open);
    // An exclamation mark before a link would make it a picture.
    const picture = piece.startsWith("[") && /(^|[^\\])(\\\\)*!$/.test(out);
    out = (picture ? `${out.slice(0, -1)}\\!` : out) + piece;
    i = end;
  }
  return out;
}

type Mark = NonNullable<JSONContent["marks"]>[number];

/** The mark of the node at `from` that reaches furthest; links first, when equal. */
function outermost(nodes: Nodes, from: number, open: readonly string[]): { mark: Mark | null; length: number } {
  let mark: Mark | null = null;
  let length = 0;
  for (const candidate of nodes[from]?.marks ?? []) {
    if (open.includes(candidate.type) || !(candidate.type === "link" || candidate.type in delimiters)) continue;
    let end = from + 1;
    while (end < nodes.length && nodes[end]?.marks?.some((other) => sameMark(other, candidate))) end++;
    if (end - from > length || (end - from === length && candidate.type === "link")) {
      mark = candidate;
      length = end - from;
    }
  }
  return { mark, length };
}

function sameMark(a: Mark, b: Mark): boolean {
  return a.type === b.type && a.attrs?.href === b.attrs?.href;
}

/** What a node begins with. */
function firstSign(node: JSONContent | undefined, open: readonly string[]): string {
  if (!node) return "";
  const text = leaf(node, open);
  const delimited = node.marks?.some(({ type }) => type !== "code" && !open.includes(type));
  return delimited && !/^\s/.test(text) ? "*" : text.charAt(0);
}

/** `out` stands before, `behind` begins what follows. */
function wrapped(mark: Mark, nodes: Nodes, open: readonly string[], out: string, behind: string): string {
  if (mark.type === "link") return link(String(mark.attrs?.href ?? ""), nodes, open);
  const delimiter = delimiters[mark.type] ?? "";
  // Spaces inside the delimiters would make them mere signs.
  const [, before = "", words = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inline(nodes, open)) ?? [];
  if (words === "") return before + after;
  const opens = touches(before === "" ? out.slice(-1) : "", words.charAt(0));
  const closes = touches(after === "" ? behind : "", words.slice(-1));
  // Two runs of one sign would be read as one.
  const meets = before === "" && out.endsWith(delimiter.charAt(0)) && !out.endsWith(`\\${delimiter.charAt(0)}`);
  return opens && closes && !meets ? before + delimiter + words + delimiter + after : before + words + after;
}

/** Whether a delimiter between what is outside and inside is one: not between a letter and a sign (CommonMark, 6.2). */
function touches(outside: string, inside: string): boolean {
  return !sign.test(inside) || outside === "" || /\s/.test(outside) || sign.test(outside);
}

const sign = /[\p{P}\p{S}]/u;

/** A link whose words are its address is that address. */
function link(href: string, nodes: Nodes, open: readonly string[]): string {
  const [only] = nodes;
  const bare = nodes.length === 1 && only?.text === href && only.marks?.every((mark) => open.includes(mark.type));
  if (bare) return escapeText(href, { mark: open.length > 1 });
  const url = /[\s()<>]/.test(href) ? `<${href.replace(/\s/g, "%20").replace(/</g, "%3C").replace(/>/g, "%3E")}>` : href;
  return `[${inline(nodes, open)}](${url.replace(/\\/g, "%5C").replace(/&(?=#?\w+;)/g, "\\&")})`;
}

function leaf(node: JSONContent, open: readonly string[]): string {
  if (node.type === "hardBreak") return "\n";
  if (node.type === "mention") {
    const label = mentionLabel(node);
    return label === everybody ? everybody : `[${escapeText(label, { link: true, mark: true })}](${mentionUrl(String(node.attrs?.id))})`;
  }
  const text = node.text ?? "";
  return node.marks?.some((mark) => mark.type === "code") ? code(text) : escapeText(text, { link: open.includes("link"), mark: (node.marks?.length ?? 0) > 0 });
}

function code(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const padded = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== "") ? ` ${text} ` : text;
  return fence + padded + fence;
}
