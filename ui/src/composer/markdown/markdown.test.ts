import type { JSONContent } from "@tiptap/core";
import { describe, expect, it } from "vitest";

import { fromMarkdown } from "./fromMarkdown";
import { mentionsIn, mentionUrl, mentionedUser } from "./mentions";
import { toMarkdown } from "./toMarkdown";

const text = (words: string, ...marks: string[]): JSONContent => ({
  type: "text",
  text: words,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});
const link = (words: string, href: string): JSONContent => ({ type: "text", text: words, marks: [{ type: "link", attrs: { href } }] });
const p = (...content: (string | JSONContent)[]): JSONContent => ({
  type: "paragraph",
  ...(content.length > 0 ? { content: content.map((one) => (typeof one === "string" ? text(one) : one)) } : {}),
});
const doc = (...content: JSONContent[]): JSONContent => ({ type: "doc", content });
const item = (...content: JSONContent[]): JSONContent => ({ type: "listItem", content });
const bullets = (...content: JSONContent[]): JSONContent => ({ type: "bulletList", content });
const ordered = (start: number, ...content: JSONContent[]): JSONContent => ({ type: "orderedList", attrs: { start }, content });
const anne = (label = "Anne"): JSONContent => ({ type: "mention", attrs: { id: "@anne:example.org", label } });

describe("what the editor holds, as Markdown", () => {
  const both: [string, JSONContent, string][] = [
    ["a line", doc(p("Bonjour")), "Bonjour"],
    ["lines", doc(p("a"), p("b")), "a\nb"],
    ["a blank line", doc(p("a"), p(), p("b")), "a\n\nb"],
    ["bold", doc(p("un ", text("mot", "bold"), " gras")), "un **mot** gras"],
    ["italic", doc(p(text("mot", "italic"))), "*mot*"],
    ["strike", doc(p(text("mot", "strike"))), "~~mot~~"],
    ["bold and italic", doc(p(text("a ", "bold"), text("b", "bold", "italic"))), "**a *b***"],
    ["code", doc(p(text("a*b", "code"))), "`a*b`"],
    ["code with a backtick", doc(p(text("a`b", "code"))), "``a`b``"],
    ["a link", doc(p(link("la note", "https://example.org/a"))), "[la note](https://example.org/a)"],
    ["a link with signs in its address", doc(p(link("x", "https://example.org/a_(b)"))), "[x](<https://example.org/a_(b)>)"],
    ["a heading", doc({ type: "heading", attrs: { level: 2 }, content: [text("Titre")] }, p("suite")), "## Titre\n\nsuite"],
    ["a list", doc(bullets(item(p("a")), item(p("b")))), "- a\n- b"],
    ["a list in a list", doc(bullets(item(p("a"), bullets(item(p("b")))), item(p("c")))), "- a\n  - b\n- c"],
    ["an ordered list", doc(ordered(3, item(p("a")), item(p("b")))), "3. a\n4. b"],
    ["a list between lines", doc(p("a"), bullets(item(p("b"))), p("c")), "a\n\n- b\n\nc"],
    ["two lists that touch", doc(bullets(item(p("a"))), bullets(item(p("b")))), "- a\n\n* b"],
    ["a quote", doc({ type: "blockquote", content: [p("a"), p("b")] }, p("c")), "> a\n> b\n\nc"],
    ["a code block", doc({ type: "codeBlock", attrs: { language: "sql" }, content: [text("a\n\n  b")] }), "```sql\na\n\n  b\n```"],
    ["a code block with a fence", doc({ type: "codeBlock", attrs: { language: null }, content: [text("```")] }), "````\n```\n````"],
    ["a rule", doc(p("a"), { type: "horizontalRule" }, p("b")), "a\n\n***\n\nb"],
    ["a mention", doc(p("Bonjour ", anne(), ", voir")), "Bonjour [Anne](https://matrix.to/#/@anne:example.org), voir"],
    ["a mention with brackets in the name", doc(p(anne("Anne [DSI]"))), "[Anne \\[DSI\\]](https://matrix.to/#/@anne:example.org)"],
    ["a mention after an exclamation mark", doc(p("Bravo !", anne())), "Bravo \\![Anne](https://matrix.to/#/@anne:example.org)"],
    ["everybody", doc(p({ type: "mention", attrs: { id: "@room", label: "room" } }, " réunion")), "@room réunion"],
  ];
  it.each(both)("%s", (_, document, markdown) => {
    expect(toMarkdown(document)).toBe(markdown);
    expect(fromMarkdown(markdown, true), "and back").toEqual(document);
  });

  const oneWay: [string, JSONContent, string][] = [
    ["spaces stay outside bold", doc(p("a", text(" b ", "bold"), "c")), "a **b** c"],
    ["a link whose words are its address", doc(p(link("https://example.org/a", "https://example.org/a"))), "https://example.org/a"],
    ["many blank lines are one", doc(p(), p("a"), p(), p(), p(), p("b"), p()), "a\n\nb"],
    ["a break inside a line", doc(p("a", { type: "hardBreak" }, "b")), "a\nb"],
    ["indentation goes", doc(p("    a")), "a"],
    ["an empty item is no title's underline", doc(bullets(item(p("a"), bullets(item(p()))))), "- a\n\n  -"],
    ["lists parted by an empty line only", doc(ordered(1, item(p("a"))), p(), ordered(3, item(p("b")))), "1. a\n\n3) b"],
    ["a rule in an item", doc(bullets(item(p(), { type: "horizontalRule" }))), "- ***"],
    ["bold beside a word, with a sign inside", doc(p("a", text("(b)", "bold"), "c ", text("d", "bold"))), "a(b)c **d**"],
    ["an empty quote or heading says nothing", doc(p("a"), { type: "heading", attrs: { level: 1 } }), "a"],
  ];
  it.each(oneWay)("%s", (_, document, markdown) => {
    expect(toMarkdown(document)).toBe(markdown);
  });
});

it("many formats in a line take no time", () => {
  const many = doc(p(...Array.from({ length: 400 }, (_, i) => text(`mot${i} `, ...(i % 2 ? ["bold"] : ["italic", "strike"])))));
  const start = performance.now();
  expect(fromMarkdown(toMarkdown(many), false).content).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(2000);
});

describe("text stays the text that was typed", () => {
  it.each([
    ["2 * 3 * 4", "2 * 3 * 4"],
    ["a*b*c", "a\\*b\\*c"],
    ["mon_fichier_v2.odt", "mon_fichier_v2.odt"],
    ["_a_", "\\_a\\_"],
    ["entre ~20 et ~30", "entre ~20 et ~30"],
    ["~~30~~", "\\~\\~30\\~\\~"],
    ["`a`", "\\`a\\`"],
    ["[x] fait", "[x] fait"],
    ["[x](y)", "[x\\](y)"],
    ["[x]: y", "[x\\]: y"],
    ["a < b <b>", "a < b \\<b>"],
    ["<3 <", "\\<3 \\<"],
    ["fin \\", "fin \\\\"],
    ["R&D &amp; &eacute;", "R&D \\&amp; \\&eacute;"],
    ["C:\\dossier\\*", "C:\\dossier\\\\\\*"],
    ["# titre", "\\# titre"],
    ["#5", "#5"],
    ["- a", "\\- a"],
    ["-5 °C", "-5 °C"],
    ["---", "\\---"],
    ["===", "\\==="],
    ["1. a", "1\\. a"],
    ["12.5", "12.5"],
    ["> a", "\\> a"],
    ["+ a", "\\+ a"],
    ["```", "\\`\\`\\`"],
    ["~~~", "\\~\\~\\~"],
    ["/me salue", "/me salue"],
    ["https://example.org/a_b?x=1&y=2", "https://example.org/a_b?x=1&y=2"],
  ])("%s", (typed, markdown) => {
    expect(toMarkdown(doc(p(typed)))).toBe(markdown);
    expect(fromMarkdown(markdown, false), "and back").toEqual(doc(p(typed)));
  });

  it("lines that look like blocks", () => {
    const document = doc(p("a"), p("- b"), p("==="), p("1) c"));
    expect(toMarkdown(document)).toBe("a\n\\- b\n\\===\n1\\) c");
    expect(fromMarkdown(toMarkdown(document), false)).toEqual(document);
  });

  it("a table comes back as it came", () => {
    const table = "| a | b |\n| --- | --- |\n| 1 | **2** |";
    expect(toMarkdown(fromMarkdown(table, false))).toBe(table);
  });
});

describe("mentions", () => {
  it("lead where the shell reads a user id", () => {
    expect(mentionUrl("@anne:example.org")).toBe("https://matrix.to/#/@anne:example.org");
    expect(mentionUrl("@a(b)/c:example.org:8448")).toBe("https://matrix.to/#/@a%28b%29%2Fc:example.org:8448");
    for (const id of ["@anne:example.org", "@a(b)'*!:example.org:8448", "@a=b+c:example.org"]) {
      expect(mentionedUser(mentionUrl(id)), id).toBe(id);
    }
    expect(mentionedUser("https://matrix.to/#/!room:example.org")).toBeNull();
    expect(mentionedUser("https://matrix.to/#/%E0%A4%A")).toBeNull();
  });

  it("are counted once, everybody apart", () => {
    const document = doc(p(anne(), anne("Annie")), bullets(item(p({ type: "mention", attrs: { id: "@room", label: "room" } }))));
    expect(mentionsIn(document)).toEqual({ users: ["@anne:example.org"], room: true });
  });

  it("of everybody are mere text where the user may not make them", () => {
    expect(fromMarkdown("@room !", false)).toEqual(doc(p("@room !")));
    expect(mentionsIn(fromMarkdown("a@room @rooms `@room`", true)).room).toBe(false);
    expect(mentionsIn(fromMarkdown("(@room)", true)).room).toBe(true);
  });
});
