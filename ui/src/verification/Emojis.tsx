import { useText } from "../i18n/text";
import type { VerificationEmoji } from "../ipc/bindings";
import styles from "./verification.module.css";

/** Seven pictures, each with its name: some look alike, and some are not seen. */
export function Emojis({ emojis }: { emojis: readonly VerificationEmoji[] }) {
  const text = useText();
  return (
    <ol className={styles.emojis} aria-label={text("verification-emojis")}>
      {emojis.map(({ index, symbol }, place) => (
        <li key={place}>
          <span className={styles.emoji} aria-hidden>
            {symbol}
          </span>
          <span>{text(`sas-emoji-${index}`)}</span>
        </li>
      ))}
    </ol>
  );
}
