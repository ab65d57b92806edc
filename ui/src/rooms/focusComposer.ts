/** Frames to wait for a room to be drawn: about a second. */
const patience = 60;

/**
 * Whoever named a room wants to write in it: the focus goes to its composer, or to the room where nothing can be
 * written, once it is drawn and the dialog it was named in is gone.
 */
export function focusComposer(): void {
  let left = patience;
  const look = () => {
    left -= 1;
    const editor = document.querySelector<HTMLElement>("main [contenteditable=true][data-landmark-focus]");
    if (editor && !document.querySelector("[role=dialog]")) editor.focus();
    else if (left > 0) requestAnimationFrame(look);
    else if (document.activeElement === document.body) document.querySelector<HTMLElement>("main[data-landmark]")?.focus();
  };
  requestAnimationFrame(look);
}
