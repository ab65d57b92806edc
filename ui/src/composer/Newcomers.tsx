import { useLocale, useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { IconPersonAdd } from "../kit/icons";
import { newcomers, seeNewcomers } from "../stores/newcomers";
import { useStore } from "../stores/store";
import styles from "./Newcomers.module.css";
import { namesOf } from "./namesOf";

/** Above what is written: who will read it since one last wrote, and was not let in by the user. */
export function Newcomers({ roomId }: { roomId: string }) {
  const text = useText();
  const locale = useLocale();
  const people = useStore(newcomers(roomId), (live) => live.value);
  if (people.length === 0) return null;
  const names = namesOf(people, locale, (count) => text("newcomers-more", { count }));
  return (
    <div className={styles.band} role="status">
      <IconPersonAdd size={17} />
      <span className={styles.words}>
        <b>{text("newcomers", { count: people.length, names })}</b> {text("newcomers-read", { count: people.length })}
      </span>
      <Button size="small" onPress={() => seeNewcomers(roomId)}>
        {text("newcomers-seen")}
      </Button>
    </div>
  );
}
