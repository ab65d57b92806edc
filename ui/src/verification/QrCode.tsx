import { useText } from "../i18n/text";
import styles from "./verification.module.css";

/** Dark on light in every theme: readers want it so. */
export function QrCode({ size, path }: { size: number; path: string }) {
  const text = useText();
  return (
    <svg
      role="img"
      aria-label={text("verification-code")}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={styles.code}
    >
      <rect width={size} height={size} className={styles.light} />
      <path d={path} className={styles.dark} />
    </svg>
  );
}
