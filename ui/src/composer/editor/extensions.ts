import { type AnyExtension, Extension } from "@tiptap/core";
import { Mention } from "@tiptap/extension-mention";
import { PluginKey } from "@tiptap/pm/state";
import StarterKit from "@tiptap/starter-kit";
import { Suggestion, type SuggestionOptions } from "@tiptap/suggestion";

import type { Completion } from "../completion/completion";
import { isLinkable } from "../links";
import { everybody } from "../markdown/mentions";

export const mentionKey = new PluginKey("mention");
export const emojiKey = new PluginKey("emoji");

/** After these a name or an emoji may be completed: not within words, as in addresses. */
const allowedPrefixes = [" ", "\u00a0", "\u202f", "(", "[", "«", "“", '"', "'", "’", "/"];

/** What may be undone, deleted or joined: all other keys are in our own table, or would be AltGr on a French keyboard. */
const kept = /^(Enter|Backspace|Delete|Arrow\w+|Mod-(Backspace|Delete|[zyя])|Shift-Mod-[zя])$/;

function quiet(extension: AnyExtension): AnyExtension {
  return extension.extend({
    addKeyboardShortcuts() {
      const shortcuts = (this as { parent?: () => Record<string, unknown> }).parent?.() ?? {};
      return Object.fromEntries(Object.entries(shortcuts).filter(([key]) => kept.test(key))) as never;
    },
  });
}

const Formats = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map((extension) => quiet(extension as AnyExtension));
  },
});

/** All the editor can hold is what Markdown can tell. */
export function composerExtensions(completion: Completion): AnyExtension[] {
  return [
    Formats.configure({
      underline: false,
      trailingNode: false,
      link: {
        openOnClick: false,
        autolink: false,
        linkOnPaste: true,
        markdownLinks: true,
        isAllowedUri: isLinkable,
        HTMLAttributes: { target: null, rel: null },
      },
    }),
    quiet(
      Mention.configure({
        deleteTriggerWithBackspace: true,
        renderText: ({ node }) => wordMention(node.attrs.id, node.attrs.label),
        renderHTML: ({ node, options }) => ["span", options.HTMLAttributes, wordMention(node.attrs.id, node.attrs.label)],
        suggestion: {
          ...completing(completion, "mention"),
          char: "@",
          pluginKey: mentionKey,
          allowSpaces: true,
          command: ({ editor, range, props }) => insert(editor, range, { type: "mention", attrs: props }),
        },
      }),
    ),
    Extension.create({
      name: "emojiCompletion",
      addProseMirrorPlugins() {
        return [
          Suggestion({
            ...completing(completion, "emoji"),
            editor: this.editor,
            char: ":",
            pluginKey: emojiKey,
            command: ({ editor, range, props }) => insert(editor, range, { type: "text", text: String(props) }),
          }),
        ];
      },
    }),
  ];
}

type Insert = NonNullable<SuggestionOptions["command"]>;

/** With a space behind, unless there is one. */
function insert(editor: Parameters<Insert>[0]["editor"], range: Parameters<Insert>[0]["range"], content: object): void {
  const { doc } = editor.state;
  const after = doc.textBetween(range.to, Math.min(range.to + 1, doc.content.size), "\n", " ");
  const marks = editor.state.storedMarks ?? editor.state.selection.$from.marks();
  const spaced = after.startsWith(" ") ? [content] : [content, { type: "text", text: " " }];
  editor
    .chain()
    .focus()
    .insertContentAt(range, spaced)
    .command(({ tr }) => {
      tr.setStoredMarks(marks);
      return true;
    })
    .run();
}

function completing(completion: Completion, kind: "mention" | "emoji"): Pick<SuggestionOptions, "allowedPrefixes" | "allow" | "render"> {
  return {
    allowedPrefixes,
    // In code, signs are signs.
    allow: ({ editor }) => !editor.isActive("codeBlock") && !editor.isActive("code"),
    render: () => ({
      onStart: ({ query, command }) => completion.ask({ kind, query, take: command }),
      onUpdate: ({ query, command }) => completion.ask({ kind, query, take: command }),
      onKeyDown: ({ event }) => completion.press(event),
      onExit: () => completion.ask(null),
    }),
  };
}

function wordMention(id: string, label: string | null): string {
  return id === everybody ? everybody : `@${label ?? id}`;
}
