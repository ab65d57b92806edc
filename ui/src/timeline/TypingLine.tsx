import { useText } from "../i18n/text";
import type { RoomTimeline } from "../stores/timeline";
import styles from "./Timeline.module.css";

/** Its place is kept while nobody writes, so that nothing moves. */
export function TypingLine({ typing }: { typing: RoomTimeline["typing"] }) {
  const text = useText();
  const [first, second, third] = typing;
  return (
    <p className={styles.typing}>
      {typing.length > 0 ? (
        <>
          <span aria-hidden className={styles.dots}>
            <i />
            <i />
            <i />
          </span>
          {text("timeline-typing", { count: typing.length, first: first?.name ?? "", second: second?.name ?? "", third: third?.name ?? "" })}
        </>
      ) : null}
    </p>
  );
}
