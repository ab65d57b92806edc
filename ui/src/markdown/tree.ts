import MarkdownIt, { type Token } from "markdown-it";

/**
 * CommonMark with strikethrough, as the shell reads it. Where links lead is looked at by who draws them, and addresses
 * are left as they are written.
 */
function reader() {
  const made = new MarkdownIt("commonmark").enable("strikethrough");
  made.validateLink = () => true;
  made.normalizeLink = (url) => url;
  made.normalizeLinkText = (url) => url;
  return made;
}

/** Tables stay lines of text. */
const plain = reader();
const withTables = reader().enable("table");

/** A piece of Markdown and what is in it. */
export interface Piece {
  /** `paragraph`, `strong`, `text`…, by markdown-it's names. */
  type: string;
  /** Of text, code and HTML. */
  text: string;
  /** `h2` of a heading. */
  tag: string;
  /** After the fence of a block of code. */
  info: string;
  /** Where a link leads. */
  href: string;
  /** Of an ordered list. */
  start: number;
  children: Piece[];
}

/** The blocks of a text. */
export function readBlocks(markdown: string, tables = false): Piece[] {
  return nest((tables ? withTables : plain).parse(markdown, {}));
}

/** The pieces of a line. */
export function readInline(markdown: string): Piece[] {
  return nest(plain.parseInline(markdown, {}));
}

/** The words alone, on one line. */
export function readText(markdown: string): string {
  return readBlocks(markdown).map(words).join(" ").replace(/\s+/g, " ").trim();
}

function words(piece: Piece): string {
  if (piece.type === "softbreak" || piece.type === "hardbreak") return " ";
  const between = /quote|list/.test(piece.type) ? " " : "";
  return piece.text + piece.children.map(words).join(between);
}

/** markdown-it tells where things open and close; here they are in each other. */
function nest(tokens: readonly Token[]): Piece[] {
  const root: Piece[] = [];
  const open: Piece[][] = [root];
  for (const token of tokens) {
    if (token.nesting < 0) {
      open.pop();
      continue;
    }
    const here = open.at(-1) ?? root;
    if (token.type === "inline") {
      here.push(...nest(token.children ?? []));
      continue;
    }
    const piece: Piece = {
      type: token.type.replace(/_open$/, ""),
      text: token.content,
      tag: token.tag,
      info: token.info.trim(),
      href: String(token.attrGet("href") ?? ""),
      start: Number(token.attrGet("start") ?? 1),
      children: token.type === "image" ? nest(token.children ?? []) : [],
    };
    here.push(piece);
    if (token.nesting > 0) open.push(piece.children);
  }
  return root;
}
