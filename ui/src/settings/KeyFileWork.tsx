import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { ProgressBar } from "../kit/ProgressBar";
import { keyFile } from "../stores/keyFile";
import { useStore } from "../stores/store";
import styles from "./settings.module.css";

/** How far a file of keys has come, and a way out. */
export function KeyFileWork({ label }: { label: string }) {
  const text = useText();
  const { done, total } = useStore(keyFile, (live) => live.value);
  return (
    <div className={styles.work}>
      <ProgressBar label={label} value={done} max={total} valueLabel={total > 0 ? text("key-file-progress", { done, total }) : text("key-file-preparing")} />
      <Button size="small" onPress={() => void call("room_keys_cancel")}>
        {text("cancel")}
      </Button>
    </div>
  );
}
