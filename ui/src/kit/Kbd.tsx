import styles from "./Kbd.module.css";

/** A key combination, as worded. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd className={styles.kbd}>{keys}</kbd>;
}
