import { useLocale, useText } from "../i18n/text";
import { IconGuest } from "../kit/icons";
import { guests } from "../stores/guests";
import { useStore } from "../stores/store";
import styles from "./Newcomers.module.css";
import { namesOf } from "./namesOf";

/** Above what is written, for as long as somebody from outside will read it. */
export function Guests({ roomId }: { roomId: string }) {
  const text = useText();
  const locale = useLocale();
  const people = useStore(guests(roomId), (live) => live.value);
  if (people.length === 0) return null;
  const names = namesOf(people, locale, (count) => text("guests-more", { count }));
  return (
    <div className={styles.band} role="note">
      <IconGuest size={17} />
      <span className={styles.words}>
        <b>{text("guests-read", { count: people.length })}</b> {names}
      </span>
    </div>
  );
}
