import { type RefObject, useEffect } from "react";

/**
 * A room opened from something that went with the room before it (a member's menu, a dialog) leaves the focus nowhere:
 * it goes to where one writes, or to the room itself. A focus that is somewhere stays there.
 */
export function useFocusOnOpen(room: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      // After what closes has tried to give it back.
      frame = requestAnimationFrame(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const editor = room.current?.querySelector<HTMLElement>("[contenteditable=true]");
        (editor ?? room.current)?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [room]);
}
