import { useText } from "../i18n/text";
import type { EventItem, UndecryptableReason } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconKey } from "../kit/icons";
import { useTimelineActions } from "./actions";
import styles from "./EventRow.module.css";
import { remedyOf, tryRemedy } from "./remedy";

/** Why a message cannot be read, and one thing to do about it. By keyboard, its menu has it too. */
export function Undecryptable({ event, reason }: { event: EventItem; reason: UndecryptableReason }) {
  const text = useText();
  const { roomId } = useTimelineActions();
  const remedy = remedyOf(event);
  return (
    <>
      <IconKey size={16} />
      <span className={styles.reason}>
        {text(`undecryptable-${reason}`)}
        {remedy ? (
          <Button excludeFromTabOrder tone="quiet" size="small" onPress={() => tryRemedy(remedy, roomId, event)}>
            {text(`undecryptable-${remedy}`)}
          </Button>
        ) : null}
      </span>
    </>
  );
}
