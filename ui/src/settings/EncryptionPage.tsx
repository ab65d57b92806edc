import { ExportKeys } from "./ExportKeys";
import { ImportKeys } from "./ImportKeys";
import styles from "./settings.module.css";

/** The keys of messages, to and from a file. */
export function EncryptionPage() {
  return (
    <div className={styles.page}>
      <ExportKeys />
      <hr className={styles.rule} />
      <ImportKeys />
    </div>
  );
}
