import { useAfter } from "./Spinner";
import styles from "./Spinner.module.css";

/** The size of what will come; drawn after 300 ms. */
export function Skeleton({
  width = "100%",
  height = 14,
  round,
}: {
  width?: number | string;
  height?: number | string;
  round?: boolean;
}) {
  const shown = useAfter(300);
  return (
    <span
      aria-hidden
      className={styles.skeleton}
      data-shown={shown || undefined}
      style={{ width, height, borderRadius: round ? "50%" : undefined }}
    />
  );
}
