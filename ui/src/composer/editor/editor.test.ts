import { Editor } from "@tiptap/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type Completion, createCompletion } from "../completion/completion";
import { fill, isTooLong, says, written } from "./content";
import { composerExtensions } from "./extensions";
import { isPicture, sliceOfText } from "./lines";

let editor: Editor;
let completion: Completion;

beforeEach(() => {
  completion = createCompletion();
  editor = new Editor({
    element: document.body.appendChild(document.createElement("div")),
    content: { type: "doc", content: [{ type: "paragraph" }] },
    extensions: composerExtensions(completion),
    editorProps: { clipboardTextParser: sliceOfText },
    injectCSS: false,
    enablePasteRules: false,
  });
});
afterEach(() => editor.destroy());

/** Letter by letter, as a keyboard does: the rules of Markdown see each. */
function type(text: string): void {
  for (const letter of text) {
    const { from, to } = editor.state.selection;
    const view = editor.view;
    if (letter === "\n") {
      view.someProp("handleKeyDown", (handle) => handle(view, new KeyboardEvent("keydown", { key: "Enter" })));
    } else if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, letter, () => view.state.tr))) {
      view.dispatch(view.state.tr.insertText(letter, from, to));
    }
  }
}
const markdown = () => written(editor)?.markdown;

describe("Markdown typed in the editor", () => {
  it.each([
    ["**gras** et _italique_", "**gras** et *italique*"],
    ["~~barré~~ `code` fin", "~~barré~~ `code` fin"],
    ["[la note](https://exemple.fr/n) jointe", "[la note](https://exemple.fr/n) jointe"],
    ["- un\ndeux\n\nfin", "- un\n- deux\n\nfin"],
    ["1. un\ndeux", "1. un\n2. deux"],
    ["> cité\nencore", "> cité\n> encore"],
    ["## Titre", "## Titre"],
    ["```sql\nSELECT 1;\nfin", "```sql\nSELECT 1;\nfin\n```"],
    ["une ligne\nune autre\n\nun paragraphe", "une ligne\nune autre\n\nun paragraphe"],
    ["2 * 3 = 6 et a_b_c", "2 * 3 = 6 et a_b_c"],
    ["[x](javascript:alert(1))", "[x\\](javascript:alert(1))"],
  ])("%j is sent as %j", (typed, sent) => {
    type(typed);
    expect(markdown()).toBe(sent);
  });

  it("by the toolbar is the same", () => {
    type("un mot");
    editor.commands.selectAll();
    editor.commands.toggleBold();
    expect(markdown()).toBe("**un mot**");
    editor.commands.toggleBulletList();
    expect(markdown()).toBe("- **un mot**");
  });

  it("has no shortcut that is not in the table of keys", () => {
    type("un");
    for (const key of [{ key: "c", altKey: true }, { key: "3", altKey: true }, { key: "u" }, { key: "s", shiftKey: true }, { key: "7", shiftKey: true }]) {
      const event = new KeyboardEvent("keydown", { ctrlKey: true, ...key });
      expect(editor.view.someProp("handleKeyDown", (handle) => handle(editor.view, event)), JSON.stringify(key)).toBeFalsy();
    }
    expect(markdown()).toBe("un");
  });
});

describe("completion", () => {
  it("is asked by @ and put in the place of what was typed", () => {
    type("Bonjour @kar");
    expect(completion.asked.get()).toMatchObject({ kind: "mention", query: "kar" });
    completion.asked.get()?.take({ id: "@karim:exemple.fr", label: "Karim [DSI]" });
    type("ça va");
    expect(written(editor)).toEqual({
      markdown: "Bonjour [Karim \\[DSI\\]](https://matrix.to/#/@karim:exemple.fr) ça va",
      users: ["@karim:exemple.fr"],
      room: false,
    });
  });

  it("is asked by a colon, and gives text", () => {
    type("merci :fus");
    expect(completion.asked.get()).toMatchObject({ kind: "emoji", query: "fus" });
    completion.asked.get()?.take("🚀");
    expect(markdown()).toBe("merci 🚀");
  });

  it.each(["agent@exemple", "10:30", "https://exemple", "`@kar"])("is not asked in %j", (typed) => {
    type(typed);
    expect(completion.asked.get()).toBeNull();
  });
});

describe("what is written", () => {
  it.each(["", "   ", "\n\n", "- ", "> ", "```\n"])("is nothing after %j", (typed) => {
    type(typed);
    expect([says(editor), written(editor)]).toEqual([false, null]);
  });

  it("is replaced for good: undoing does not bring it back", () => {
    type("secret");
    fill(editor, "", false);
    editor.commands.undo();
    expect(written(editor)).toBeNull();
    fill(editor, "un **mot**\n\n- a", false);
    expect(markdown()).toBe("un **mot**\n\n- a");
  });

  it("is too long when it does not fit in an event, twice as soon when it is formatted", () => {
    fill(editor, "a ".repeat(12_000), false);
    expect(isTooLong(editor)).toBe(false);
    fill(editor, `**a** ${"a ".repeat(12_000)}`, false);
    expect(isTooLong(editor)).toBe(true);
    fill(editor, "é".repeat(24_000), false);
    expect(isTooLong(editor), "bytes count, not letters").toBe(true);
  });
});

describe("what is pasted", () => {
  const pasting = () => new Event("paste") as ClipboardEvent;

  it("as text is text, line by line", () => {
    editor.view.pasteText("- a\r\n\r\n**b**\n", pasting());
    expect(markdown()).toBe("\\- a\n\n\\*\\*b\\*\\*");
  });

  it("as HTML is reduced to what Markdown tells", () => {
    editor.view.pasteHTML(
      '<h2 style="color:red">Titre</h2><p onclick="x()">un <b>mot</b>, <u>souligné</u>, <a href="javascript:x()">rien</a> <a href="https://exemple.fr">lien</a><script>x()</script><img src="https://exemple.fr/a.png"></p><table><tr><td>1</td></tr></table><ul><li>a</li></ul>',
      pasting(),
    );
    expect(markdown()).toBe("## Titre\n\nun **mot**, souligné, rien [lien](https://exemple.fr)\n1\n\n- a");
  });

  it("in code stays as it is", () => {
    type("```\n");
    editor.view.pasteText("a\r\n\n  *b*", pasting());
    expect(markdown()).toBe("```\na\n\n  *b*\n```");
  });

  const clipboard = (data: Record<string, string>, files: { type: string }[] = []) =>
    ({ types: Object.keys(data), getData: (type: string) => data[type] ?? "", files }) as unknown as DataTransfer;
  it("is a picture when there is nothing else on the clipboard", () => {
    expect(isPicture(clipboard({})), "as WebKitGTK has it").toBe(true);
    expect(isPicture(clipboard({ Files: "" }, [{ type: "image/png" }]))).toBe(true);
    expect(isPicture(clipboard({ "text/html": '<meta charset="utf-8"><img src="https://exemple.fr/a.png">' }))).toBe(true);
    expect(isPicture(clipboard({ "text/plain": "a" }))).toBe(false);
    expect(isPicture(clipboard({ "text/html": '<p>a <img src="x"></p>', "text/plain": "a" }))).toBe(false);
    expect(isPicture(clipboard({ Files: "" }, [{ type: "text/plain" }]))).toBe(false);
  });
});
