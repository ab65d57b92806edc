import { Marked, type Token, type Tokens } from "marked";

import type { MessageNode } from "../bindings";
import { me } from "./people";

/** As the shell reads messages: no address becomes a link by itself here, for want of its rules. */
const reader = new Marked({ gfm: true });
reader.use({ tokenizer: { url: () => undefined, def: () => undefined } });

/** Markdown as the tree that crosses the border. */
export function nodesOf(markdown: string): MessageNode[] {
  return blocks(reader.lexer(markdown));
}

function blocks(tokens: readonly Token[]): MessageNode[] {
  return (tokens as Tokens.Generic[]).flatMap((token): MessageNode[] => {
    switch (token.type) {
      case "space":
      case "checkbox":
        return [];
      case "heading":
        return [{ kind: "heading", level: token.depth, children: inline(token.tokens ?? []) }];
      case "blockquote":
        return [{ kind: "quote", children: blocks(token.tokens ?? []) }];
      case "code":
        return [{ kind: "codeBlock", language: token.lang || null, text: token.text }];
      case "hr":
        return [{ kind: "rule" }];
      case "list":
        return [{ kind: "list", start: token.ordered ? Number(token.start) : null, items: (token.items as Tokens.ListItem[]).map((item) => blocks(item.tokens)) }];
      case "table":
        return [table(token as Tokens.Table)];
      case "text":
        return inline(token.tokens ?? [token as Token]);
      default:
        return [{ kind: "paragraph", children: token.tokens ? inline(token.tokens) : lines(token.raw) }];
    }
  });
}

function table({ header, rows }: Tokens.Table): MessageNode {
  const row = (cells: readonly Tokens.TableCell[], isHeader: boolean) => ({ header: isHeader, cells: cells.map((cell) => inline(cell.tokens)) });
  return { kind: "table", rows: [row(header, true), ...rows.map((cells) => row(cells, false))] };
}

function inline(tokens: readonly Token[]): MessageNode[] {
  return (tokens as Tokens.Generic[]).flatMap((token): MessageNode[] => {
    const children = () => inline(token.tokens ?? []);
    switch (token.type) {
      case "strong":
        return [{ kind: "strong", children: children() }];
      case "em":
        return [{ kind: "emphasis", children: children() }];
      case "del":
        return [{ kind: "strike", children: children() }];
      case "codespan":
        return [{ kind: "code", text: token.text }];
      case "br":
        return [{ kind: "break" }];
      case "link":
        return [link(token.href, token.text, children())];
      case "escape":
        return [{ kind: "text", text: token.text }];
      default:
        return token.tokens ? children() : lines(token.text ?? token.raw);
    }
  });
}

function link(href: string, words: string, children: MessageNode[]): MessageNode {
  const id = /^(?:https:\/\/matrix\.to\/#\/)?(@.+)$/.exec(href)?.[1];
  const userId = id && decodeURIComponent(id);
  if (userId) return { kind: "mention", userId, name: words.replace(/^@|\\/g, ""), own: userId === me.userId };
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
