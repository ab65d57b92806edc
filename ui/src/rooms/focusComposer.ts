/** Frames to wait for a room to be drawn: about a second. */
const patience = 60;

/**
 * Whoever named a room wants to write in it: the focus goes to its composer once that is drawn and
 * the dialog it was named in is gone, even where a list would take it back.
 */
export function focusComposer(): void {
  let left = patience;
  const look = () => {
    left -= 1;
    const editor = document.querySelector<HTMLElement>("main [contenteditable=true][data-landmark-focus]");
    if (editor && !document.querySelector("[role=dialog]")) editor.focus();
    else if (left > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
