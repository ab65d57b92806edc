import { type ReactNode, useEffect, useRef, useState } from "react";

import styles from "./CompletionList.module.css";
import type { Completion } from "./completion";

export interface Choice {
  key: string;
  /** What is put in place of the query. */
  value: unknown;
  content: ReactNode;
}

/**
 * What may be completed, above the editor. The focus stays in the editor, which names the active choice
 * (`aria-activedescendant`): arrows walk, Enter and Tab take, Escape closes.
 */
export function CompletionList({
  completion,
  editor,
  id,
  label,
  choices,
  take,
  count,
}: {
  completion: Completion;
  /** The element in focus. */
  editor: HTMLElement;
  id: string;
  label: string;
  choices: readonly Choice[];
  take: (value: unknown) => void;
  /** Spoken when it changes: how many there are. */
  count: string;
}) {
  const [active, setActive] = useState({ index: 0, of: choices });
  // Another list begins at its best again.
  const index = active.of === choices ? active.index : 0;
  const latest = useRef({ index, choices, take });
  useEffect(() => {
    latest.current = { index, choices, take };
  });
  const some = choices.length > 0;

  useEffect(() => {
    if (!some) return;
    return completion.listen((event) => {
      const now = latest.current;
      const walk = (by: number) => setActive({ index: (now.index + by + now.choices.length) % now.choices.length, of: now.choices });
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return false;
      if (event.key === "ArrowDown") walk(1);
      else if (event.key === "ArrowUp") walk(-1);
      else if (event.key === "Enter" || event.key === "Tab") now.take(now.choices[now.index]?.value);
      else return false;
      return true;
    });
  }, [completion, some]);

  useEffect(() => {
    if (!some) return;
    editor.setAttribute("aria-controls", id);
    return () => {
      editor.removeAttribute("aria-controls");
      editor.removeAttribute("aria-activedescendant");
    };
  }, [editor, id, some]);
  useEffect(() => {
    if (!some) return;
    editor.setAttribute("aria-activedescendant", `${id}-${index}`);
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: "nearest" });
  }, [editor, id, index, some]);

  return (
    <>
      {some ? (
        <div role="listbox" id={id} aria-label={label} className={styles.list}>
          {choices.map((choice, i) => (
            <div
              key={choice.key}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === index}
              className={styles.choice}
              onPointerMove={() => setActive({ index: i, of: choices })}
              // The editor keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(choice.value)}
            >
              {choice.content}
            </div>
          ))}
        </div>
      ) : null}
      <span role="status" className="visually-hidden">
        {count}
      </span>
    </>
  );
}
