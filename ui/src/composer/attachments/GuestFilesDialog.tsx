import { useEffect } from "react";

import { useLocale, useText } from "../../i18n/text";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { guests } from "../../stores/guests";
import { useStore } from "../../stores/store";
import { namesOf } from "../namesOf";
import { guestQuestion } from "./guestFiles";

/** Asked once in each room: who from outside will get the files. */
export function GuestFilesDialog({ roomId }: { roomId: string }) {
  const text = useText();
  const locale = useLocale();
  const question = useStore(guestQuestion, (now) => (now?.roomId === roomId ? now : null));
  const people = useStore(guests(roomId), (live) => live.value);
  // Whoever leaves the room has not agreed.
  useEffect(() => () => guestQuestion.get()?.answer(false), [roomId]);
  if (!question) return null;
  const names = namesOf(people, locale, (count) => text("guests-more", { count }));
  return (
    <Dialog
      open
      onClose={() => question.answer(false)}
      role="alertdialog"
      width="narrow"
      title={text("guest-files-title", { count: people.length })}
      actions={
        <>
          <Button onPress={() => question.answer(false)} autoFocus>
            {text("cancel")}
          </Button>
          <Button tone="primary" onPress={() => question.answer(true)}>
            {text("guest-files-confirm")}
          </Button>
        </>
      }
    >
      <p>{text("guest-files-lead", { names })}</p>
      <p>{text("guest-files-once")}</p>
    </Dialog>
  );
}
