import { type Editor, useEditorState } from "@tiptap/react";
import { type ReactNode, useState } from "react";
import { Separator, Toolbar as AriaToolbar } from "react-aria-components";

import { useLocale, useText } from "../i18n/text";
import { IconButton, IconToggle } from "../kit/IconButton";
import {
  IconBold,
  IconClip,
  IconCode,
  IconCodeBlock,
  IconFormat,
  IconItalic,
  IconLink,
  IconList,
  IconOrderedList,
  IconQuote,
  IconStrike,
} from "../kit/icons";
import { type KeyId, wordKey } from "../keys";
import { createStore, useStore } from "../stores/store";
import { EmojiButton } from "./emoji/EmojiButton";
import { LinkDialog } from "./LinkDialog";
import styles from "./Toolbar.module.css";

/** Whether all formats are shown: as it was in the room before. */
const expanded = createStore(false);

interface Format {
  /** Of the editor's node or mark. */
  name: string;
  label: "format-bold" | "format-italic" | "format-strike" | "format-code" | "format-code-block" | "format-list" | "format-ordered-list" | "format-quote";
  icon: ReactNode;
  key?: KeyId;
  toggle: (editor: Editor) => void;
}

const first: readonly Format[] = [
  { name: "bold", label: "format-bold", icon: <IconBold />, key: "format-bold", toggle: (editor) => editor.chain().focus().toggleBold().run() },
  { name: "italic", label: "format-italic", icon: <IconItalic />, key: "format-italic", toggle: (editor) => editor.chain().focus().toggleItalic().run() },
];
const more: readonly Format[] = [
  { name: "strike", label: "format-strike", icon: <IconStrike />, toggle: (editor) => editor.chain().focus().toggleStrike().run() },
  { name: "code", label: "format-code", icon: <IconCode />, key: "format-code", toggle: (editor) => editor.chain().focus().toggleCode().run() },
];
const blocks: readonly Format[] = [
  { name: "codeBlock", label: "format-code-block", icon: <IconCodeBlock />, toggle: (editor) => editor.chain().focus().toggleCodeBlock().run() },
  { name: "bulletList", label: "format-list", icon: <IconList />, toggle: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: "orderedList", label: "format-ordered-list", icon: <IconOrderedList />, toggle: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: "blockquote", label: "format-quote", icon: <IconQuote />, toggle: (editor) => editor.chain().focus().toggleBlockquote().run() },
];
const all = [...first, ...more, ...blocks];

/** Formats, files, emojis: one stop for the Tab key, arrows inside. */
export function Toolbar({ editor, onAttach, children }: { editor: Editor; onAttach: (() => void) | null; children?: ReactNode }) {
  const text = useText();
  const locale = useLocale();
  const open = useStore(expanded);
  const [linking, setLinking] = useState(false);
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => [...all.filter(({ name }) => now.isActive(name)).map(({ name }) => name), now.isActive("link") ? "link" : ""].join(" "),
  }).split(" ");
  const buttons = (formats: readonly Format[]) =>
    formats.map(({ name, label, icon, key, toggle }) => (
      <IconToggle
        key={name}
        label={text(label)}
        keys={key && wordKey(key, locale)}
        icon={icon}
        size="small"
        isSelected={active.includes(name)}
        onChange={() => toggle(editor)}
      />
    ));
  return (
    <>
      <AriaToolbar aria-label={text("composer-toolbar")} className={styles.toolbar ?? ""}>
        <div className={styles.group}>
          {buttons(first)}
          {open ? (
            <>
              {buttons(more)}
              <Separator orientation="vertical" className={styles.line ?? ""} />
              {buttons(blocks)}
              <IconToggle label={text("format-link")} icon={<IconLink />} size="small" isSelected={active.includes("link")} onChange={() => setLinking(true)} />
            </>
          ) : null}
          <IconButton
            label={text(open ? "composer-less" : "composer-more")}
            icon={<IconFormat />}
            size="small"
            aria-expanded={open}
            onPress={() => expanded.set(!open)}
          />
        </div>
        <Separator orientation="vertical" className={styles.line ?? ""} />
        <IconButton label={text("attach")} keys={wordKey("attach", locale)} icon={<IconClip />} size="small" isDisabled={!onAttach} onPress={() => onAttach?.()} />
        <EmojiButton
          label={text("emoji-button")}
          size="small"
          onPick={(emoji) => {
            // Once the popover has given the focus back.
            requestAnimationFrame(() => editor.chain().focus().insertContent({ type: "text", text: emoji }).run());
          }}
        />
        {children}
      </AriaToolbar>
      {linking ? <LinkDialog editor={editor} onClose={() => setLinking(false)} /> : null}
    </>
  );
}
