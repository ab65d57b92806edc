import { useLocale, useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { IconPersonAdd } from "../kit/icons";
import { newcomers, seeNewcomers } from "../stores/newcomers";
import { useStore } from "../stores/store";
import styles from "./Newcomers.module.css";

/** Named; of more, how many. */
const named = 3;

/** Above what is written: who will read it since one last wrote, and was not let in by the user. */
export function Newcomers({ roomId }: { roomId: string }) {
  const text = useText();
  const locale = useLocale();
  const people = useStore(newcomers(roomId), (live) => live.value);
  if (people.length === 0) return null;
  const names = people.slice(0, named).map(({ name }) => name);
  if (people.length > named) names.push(text("newcomers-more", { count: people.length - named }));
  return (
    <div className={styles.band} role="status">
      <IconPersonAdd size={17} />
      <span className={styles.words}>
        <b>{text("newcomers", { count: people.length, names: new Intl.ListFormat(locale).format(names) })}</b> {text("newcomers-read", { count: people.length })}
      </span>
      <Button size="small" onPress={() => seeNewcomers(roomId)}>
        {text("newcomers-seen")}
      </Button>
    </div>
  );
}
