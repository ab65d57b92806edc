import { useText } from "../i18n/text";
import styles from "./FirstRunCard.module.css";

/** Whose account it is, and the way back to another. */
export function TypedAddress({ address, onBack }: { address: string; onBack: () => void }) {
  const text = useText();
  return (
    <p className={styles.identity}>
      <bdi>{address}</bdi>
      <button type="button" className={styles.link} onClick={onBack}>
        {text("sign-in-other-address")}
      </button>
    </p>
  );
}
