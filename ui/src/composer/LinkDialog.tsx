import { type Editor, getMarkRange } from "@tiptap/core";
import { type FormEvent, useId, useState } from "react";

import { useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { TextField } from "../kit/TextField";
import styles from "./LinkDialog.module.css";
import { completeUrl } from "./links";

/** The link at the caret, else what is selected. */
function target(editor: Editor): { from: number; to: number; words: string; href: string } {
  const { selection, doc, schema } = editor.state;
  const type = schema.marks.link;
  const href = String(editor.getAttributes("link").href ?? "");
  const range = (href && type && getMarkRange(selection.$from, type)) || { from: selection.from, to: selection.to };
  return { ...range, words: doc.textBetween(range.from, range.to, " "), href };
}

/** Makes a link of what is selected, or changes the one at the caret. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const text = useText();
  const form = useId();
  const [{ from, to, words: was, href }] = useState(() => target(editor));
  const [words, setWords] = useState(was);
  const [address, setAddress] = useState(href);
  const [wrong, setWrong] = useState(false);
  const done = () => {
    onClose();
    // Once the dialog has given the focus back.
    requestAnimationFrame(() => editor.commands.focus());
  };
  const remove = () => {
    editor.chain().setTextSelection({ from, to }).unsetMark("link").setTextSelection(to).run();
    done();
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const url = completeUrl(address);
    if (!url) return setWrong(true);
    const marks = [{ type: "link", attrs: { href: url } }];
    const chain = editor.chain();
    if (words.trim() === was && was !== "") chain.setTextSelection({ from, to }).setMark("link", { href: url }).setTextSelection(to);
    else chain.insertContentAt({ from, to }, { type: "text", text: words.trim() || address.trim(), marks });
    chain.run();
    done();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text("link-title")}
      closeLabel={text("close")}
      width="narrow"
      actions={
        <>
          {href ? (
            <Button tone="dangerQuiet" onPress={remove}>
              {text("link-remove")}
            </Button>
          ) : null}
          <Button tone="primary" type="submit" form={form}>
            {text("link-apply")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={apply} noValidate>
        <TextField label={text("link-words")} value={words} onChange={setWords} autoFocus={was === ""} />
        <TextField
          label={text("link-address")}
          hint={text("link-address-hint")}
          error={wrong ? text("link-address-error") : null}
          value={address}
          onChange={(value) => {
            setAddress(value);
            setWrong(false);
          }}
          autoFocus={was !== ""}
          inputMode="url"
          spellCheck="false"
          isRequired
        />
      </form>
    </Dialog>
  );
}
