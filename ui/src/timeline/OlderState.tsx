import { useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { IconRetry } from "../kit/icons";
import { useAfter } from "../kit/Spinner";
import { Spinner } from "../kit/Spinner";
import { useStore } from "../stores/store";
import { useTimelineActions } from "./actions";
import styles from "./Timeline.module.css";
import { paginate } from "./usePagination";

/** Above the first row: older messages on their way, or why they are not. */
export function OlderState() {
  const text = useText();
  const { roomId, store } = useTimelineActions();
  const kind = useStore(store, (live) => live.value.paging.kind);
  if (kind === "failed") {
    return (
      <div className={styles.older} role="status">
        <span>{text("timeline-older-failed")}</span>
        <Button size="small" icon={<IconRetry size={15} />} onPress={() => paginate(roomId)}>
          {text("retry")}
        </Button>
      </div>
    );
  }
  return kind === "paginating" ? <Fetching /> : null;
}

function Fetching() {
  const text = useText();
  if (!useAfter(300)) return null;
  return (
    <div className={styles.older}>
      <Spinner size={16} />
      <span>{text("timeline-older-loading")}</span>
    </div>
  );
}
