import { useEffect } from "react";
import { Button } from "react-aria-components";

import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Reply } from "../ipc/bindings";
import { Skeleton } from "../kit/Skeleton";
import { wordContent } from "../rooms/wordPreview";
import { useTimelineActions } from "./actions";
import styles from "./EventRow.module.css";

/** What a message answers; a click goes there. `of` is the answering event. */
export function Quote({ reply, of }: { reply: Reply; of: string | null }) {
  const text = useText();
  const { roomId, jumpTo } = useTimelineActions();
  const { content } = reply;
  const fetchReply = () => {
    // A refusal is told by the row's own state, which becomes "unavailable".
    if (of !== null) call("timeline_fetch_reply", { roomId, eventId: of }).catch(() => {});
  };
  const loading = content.kind === "loading";
  useEffect(() => {
    if (loading) fetchReply();
    // Asked once a row; a retry is the user's.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [loading, of]);

  if (content.kind === "loading") {
    return (
      <div className={styles.quote} aria-busy>
        <span className="visually-hidden">{text("reply-loading")}</span>
        <Skeleton width="12rem" height={12} />
      </div>
    );
  }
  if (content.kind === "gone") {
    return (
      <div className={styles.quote}>
        <i>{text("reply-gone")}</i>
      </div>
    );
  }
  if (content.kind === "unavailable") {
    return (
      <Button excludeFromTabOrder className={styles.quote ?? ""} onPress={fetchReply} aria-label={`${text("reply-unavailable")}. ${text("reply-retry")}`}>
        <i>{text("reply-unavailable")}</i>
      </Button>
    );
  }
  const words = wordContent(text, content.preview);
  return (
    <Button
      excludeFromTabOrder
      className={styles.quote ?? ""}
      aria-label={`${text("reply-to", { sender: content.sender.name, words })}. ${text("reply-jump")}`}
      onPress={() => jumpTo(reply.eventId)}
    >
      <bdi className={styles.quoteName}>{content.sender.name}</bdi> <bdi>{words}</bdi>
    </Button>
  );
}
