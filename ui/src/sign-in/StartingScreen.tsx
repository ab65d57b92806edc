import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import type { IpcError } from "../ipc/bindings";
import { Skeleton } from "../kit/Skeleton";
import styles from "./StartingScreen.module.css";

/** The store is being opened: nothing for 300 ms, then the shape of what comes. */
export function StartingScreen({ error }: { error: IpcError | null }) {
  const text = useText();
  if (error) {
    return (
      <main className={styles.failed}>
        <h1 className="visually-hidden">Pli</h1>
        <ErrorNotice error={error} what={text("starting-failed")} />
      </main>
    );
  }
  return (
    <main className={styles.frame} aria-busy aria-label={text("starting")}>
      <h1 className="visually-hidden">Pli</h1>
      <div className={styles.rail}>
        <Skeleton width={36} height={36} />
      </div>
      <div className={styles.list}>
        <Skeleton height={36} />
        {[0, 1, 2, 3, 4, 5, 6].map((row) => (
          <div key={row} className={styles.row}>
            <Skeleton width={38} height={38} round />
            <div className={styles.lines}>
              <Skeleton width={`${55 + ((row * 17) % 40)}%`} />
              <Skeleton width={`${40 + ((row * 29) % 50)}%`} height={11} />
            </div>
          </div>
        ))}
      </div>
      <div className={styles.page} />
    </main>
  );
}
