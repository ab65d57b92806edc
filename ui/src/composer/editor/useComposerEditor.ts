import { type Editor, useEditor } from "@tiptap/react";
import { useEffect, useMemo, useRef } from "react";

import { settings } from "../../stores/settings";
import type { Completion } from "../completion/completion";
import { composerExtensions } from "./extensions";
import { isPicture, sliceOfText } from "./lines";
import { type Asking, asking } from "./pressed";
import styles from "./Editor.module.css";

export interface EditorHandlers {
  /** Answers whether it did something. */
  onAsk: (asked: Exclude<Asking, "complete" | "break" | null>) => boolean;
  /** The user changed the text. */
  onChange: () => void;
  onPastePicture: () => void;
}

export interface EditorNames {
  label: string;
  placeholder: string;
}

/** The editor of one room; handlers and names may change while it lives. */
export function useComposerEditor(completion: Completion, names: EditorNames, handlers: EditorHandlers): Editor {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const extensions = useMemo(() => composerExtensions(completion), [completion]);
  const { label, placeholder } = names;
  const editorProps = useMemo(() => {
    let breaking = false;
    return {
      attributes: {
        class: styles.editor ?? "",
        role: "textbox",
        "aria-multiline": "true",
        "aria-autocomplete": "list",
        "aria-label": label,
        "aria-placeholder": placeholder,
        spellcheck: "true",
        "data-landmark-focus": "",
      },
      handleKeyDown(view: Editor["view"], event: KeyboardEvent): boolean {
        if (breaking || view.composing) return false;
        const { $from } = view.state.selection;
        const asked = asking(event, {
          enterSends: settings.get().enterSends,
          completing: completion.isOpen(),
          empty: view.state.doc.content.size <= 2 && view.state.doc.textContent === "",
          opensCode: /^(```|~~~)[a-z]*$/.test($from.parent.textContent),
        });
        switch (asked) {
          case null:
          case "complete":
            return false;
          case "break": {
            // What Enter does in an editor: another line, another item, out of an empty one.
            const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
            breaking = true;
            view.someProp("handleKeyDown", (handle) => handle(view, enter));
            breaking = false;
            return true;
          }
          default:
            return latest.current.onAsk(asked);
        }
      },
      handlePaste(_: unknown, event: ClipboardEvent): boolean {
        if (!event.clipboardData || !isPicture(event.clipboardData)) return false;
        latest.current.onPastePicture();
        return true;
      },
      // Files dropped on the window come from the shell.
      handleDrop: (_: unknown, event: DragEvent) => (event.dataTransfer?.files.length ?? 0) > 0,
      clipboardTextParser: sliceOfText,
    };
  }, [completion, label, placeholder]);
  return useEditor({
    extensions,
    editorProps,
    // Text would be read as HTML, which the policy refuses.
    content: { type: "doc", content: [{ type: "paragraph" }] },
    injectCSS: false,
    enablePasteRules: false,
    shouldRerenderOnTransaction: false,
    onUpdate: () => latest.current.onChange(),
  });
}
