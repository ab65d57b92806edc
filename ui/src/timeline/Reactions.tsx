import { ToggleButton } from "react-aria-components";

import { toastError } from "../errors/wordError";
import { type Text, useLocale, useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { EventItem, Reaction } from "../ipc/bindings";
import { IconButton } from "../kit/IconButton";
import { IconSmileAdd } from "../kit/icons";
import { Tooltip } from "../kit/Tooltip";
import { useTimelineActions } from "./actions";
import styles from "./EventRow.module.css";

/** Offered before anything is typed. */
export const frequentReactions = ["👍", "🙏", "✅", "😄", "🎉", "👀"] as const;

export function toggleReaction(text: Text, roomId: string, eventId: string, key: string): void {
  call("reaction_toggle", { roomId, eventId, key }).catch((thrown: unknown) =>
    toastError(text, asIpcError(thrown), text("action-react-failed")),
  );
}

export function Reactions({ event, rowKey }: { event: EventItem; rowKey: string }) {
  const text = useText();
  const { roomId, openReactions } = useTimelineActions();
  const { eventId } = event;
  if (event.reactions.length === 0 || eventId === null) return null;
  return (
    <div className={styles.reactions} data-part="reactions">
      {event.reactions.map((reaction) => (
        <ReactionChip
          key={reaction.key}
          reaction={reaction}
          disabled={!event.can.react}
          onToggle={() => toggleReaction(text, roomId, eventId, reaction.key)}
        />
      ))}
      {event.can.react ? (
        <IconButton
          excludeFromTabOrder
          size="small"
          label={text("action-react")}
          icon={<IconSmileAdd size={16} />}
          onPress={(press) => openReactions(rowKey, press.target as HTMLElement)}
        />
      ) : null}
    </div>
  );
}

/** "Claire Lefèvre, Sophie Marchand et 3 autres". */
function whoReacted(text: Text, locale: string, reaction: Reaction): string {
  const others = reaction.count - reaction.senders.length;
  if (others > 0) return `${reaction.senders.join(", ")} ${text("reaction-others", { count: others })}`;
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(reaction.senders);
}

function ReactionChip({ reaction, disabled, onToggle }: { reaction: Reaction; disabled: boolean; onToggle: () => void }) {
  const text = useText();
  const names = whoReacted(text, useLocale(), reaction);
  return (
    <Tooltip text={names}>
      <ToggleButton
        excludeFromTabOrder
        className={styles.reaction ?? ""}
        isSelected={reaction.own}
        isDisabled={disabled}
        onChange={onToggle}
        aria-label={text("reaction-label", { key: reaction.key, count: reaction.count, names })}
      >
        <bdi className={styles.reactionKey}>{reaction.key}</bdi>
        <span>{reaction.count}</span>
      </ToggleButton>
    </Tooltip>
  );
}
