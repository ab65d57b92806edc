import { useEffect, useState } from "react";

import styles from "./Spinner.module.css";

/** True once `ms` have passed: what takes less shows nothing. */
export function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(ms === 0);
  useEffect(() => {
    if (ms === 0) return;
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** Drawn after 300 ms; its place is kept from the start. */
export function Spinner({ size = 20, label }: { size?: number; label?: string }) {
  const shown = useAfter(300);
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      className={styles.spinner}
      data-shown={shown || undefined}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      <path d="M12 3a9 9 0 1 0 9 9" />
    </svg>
  );
}
