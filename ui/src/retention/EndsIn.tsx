import { useEffect, useState } from "react";

import { useText } from "../i18n/text";
import { IconTimer } from "../kit/icons";
import styles from "./retention.module.css";
import { left } from "./lifetimes";

/** How long a message is still there. `id` makes it part of the row's name. */
export function EndsIn({ at, id }: { at: number; id: string }) {
  const text = useText();
  const [now, setNow] = useState(Date.now);
  const { count, unit, next } = left(at, now);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), Math.min(next, 3_600_000));
    return () => clearTimeout(timer);
  }, [next, now]);
  const words = text(`ends-in-${unit}`, { count });
  return (
    <span className={styles.ends} title={words}>
      <IconTimer size={13} />
      <span aria-hidden>{text(`ends-short-${unit}`, { count })}</span>
      <span id={id} className="visually-hidden">
        {words}
      </span>
    </span>
  );
}
