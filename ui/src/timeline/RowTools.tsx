import { useText } from "../i18n/text";
import type { EventItem } from "../ipc/bindings";
import { IconButton } from "../kit/IconButton";
import { IconEdit, IconMore, IconReply, IconSmileAdd } from "../kit/icons";
import { startEdit, startReply } from "../stores/composing";
import { useTimelineActions } from "./actions";
import styles from "./Row.module.css";

/** What is done most with a message, beside it while it is pointed at or in focus. */
export function RowTools({ event, rowKey }: { event: EventItem; rowKey: string }) {
  const text = useText();
  const { roomId, openMenu, openReactions } = useTimelineActions();
  const { can } = event;
  const sent = event.eventId !== null;
  return (
    <div className={styles.tools} role="group" aria-label={text("action-tools")} data-part="tools">
      {sent && can.react ? (
        <IconButton
          excludeFromTabOrder
          size="small"
          label={text("action-react")}
          icon={<IconSmileAdd />}
          onPress={(press) => openReactions(rowKey, press.target as HTMLElement)}
        />
      ) : null}
      {sent && can.reply ? (
        <IconButton excludeFromTabOrder size="small" label={text("action-reply")} icon={<IconReply />} onPress={() => startReply(roomId, event)} />
      ) : null}
      {sent && can.edit ? (
        <IconButton excludeFromTabOrder size="small" label={text("action-edit")} icon={<IconEdit />} onPress={() => startEdit(roomId, event)} />
      ) : null}
      <IconButton
        excludeFromTabOrder
        size="small"
        label={text("action-more")}
        icon={<IconMore />}
        aria-haspopup="menu"
        onPress={(press) => openMenu(rowKey, press.target as HTMLElement)}
      />
    </div>
  );
}
