import type { Editor } from "@tiptap/core";
import { EditorState, Selection } from "@tiptap/pm/state";

import { fromMarkdown } from "../markdown/fromMarkdown";
import { mentionsIn } from "../markdown/mentions";
import { toMarkdown } from "../markdown/toMarkdown";

/** What is written, as it is sent. */
export interface Written {
  markdown: string;
  users: string[];
  room: boolean;
}

/** `null` when there is nothing a reader would see. */
export function written(editor: Editor): Written | null {
  if (!says(editor)) return null;
  const doc = editor.getJSON();
  return { markdown: toMarkdown(doc), ...mentionsIn(doc) };
}

/** Whether there is a letter, a sign or a mention. */
export function says(editor: Editor): boolean {
  let found = false;
  editor.state.doc.descendants((node) => {
    found ||= node.type.name === "mention" || (node.isText && (node.text ?? "").trim() !== "");
    return !found;
  });
  return found;
}

/** Another text, the caret at its end; what was there before cannot be brought back by undoing. */
export function fill(editor: Editor, markdown: string, mayNotifyRoom: boolean): void {
  if (editor.isDestroyed) return;
  const doc = editor.schema.nodeFromJSON(fromMarkdown(markdown, mayNotifyRoom));
  const { schema, plugins } = editor.state;
  editor.view.updateState(EditorState.create({ schema, plugins, doc, selection: Selection.atEnd(doc) }));
  // Those who draw the editor's state hear of it as of any other change.
  editor.view.dispatch(editor.state.tr.setMeta("addToHistory", false));
}

/** The largest event there may be, before encryption: see the shell's own limit. */
const maxContent = 45_000;

/** All else needs HTML. */
const plain = new Set(["paragraph", "text", "hardBreak"]);

/** Whether it fits in one event: text, and once more as HTML when it is formatted. */
export function isTooLong(editor: Editor): boolean {
  // Far below, nothing is counted while one types.
  if (editor.state.doc.content.size < maxContent / 8) return false;
  const { markdown } = written(editor) ?? { markdown: "" };
  let formatted = false;
  editor.state.doc.descendants((node) => {
    formatted ||= node.marks.length > 0 || !plain.has(node.type.name);
    return !formatted;
  });
  const bytes = new TextEncoder().encode(JSON.stringify(markdown)).length;
  return bytes * (formatted ? 2.2 : 1) + 500 > maxContent;
}
