import { useEffect, useRef } from "react";

import { focusRoomList } from "../rooms/focusList";

const passing = "[role=menu], [role=dialog], [role=alertdialog], [role=listbox]";

/**
 * A question asked from a menu is answered after the menu is gone: the focus then goes to what opened the menu,
 * or, when that is gone too (a room that was left), to the list of rooms. It is never lost.
 */
export function useFocusReturn(asked: boolean): void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest(passing)) last.current = target;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    if (!asked) return;
    return () => {
      const opener = last.current;
      // After the dialog has tried by itself.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (document.activeElement && document.activeElement !== document.body) return;
          if (opener?.isConnected) opener.focus();
          else if (!focusRoomList()) document.querySelector<HTMLElement>("[data-landmark]")?.focus();
        }),
      );
    };
  }, [asked]);
}
