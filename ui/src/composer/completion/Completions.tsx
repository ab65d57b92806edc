import { useId, useMemo } from "react";

import { useLocale, useText } from "../../i18n/text";
import { mediaUrl } from "../../ipc/backend";
import { Avatar } from "../../kit/Avatar";
import { IconPeople } from "../../kit/icons";
import { roomMembers } from "../../stores/members";
import { useStore } from "../../stores/store";
import { findEmojis, inTone, rememberEmoji, skinTone, useEmojis } from "../emoji/emojis";
import { everybody } from "../markdown/mentions";
import { recentSenders } from "../neighbours";
import { CompletionList } from "./CompletionList";
import styles from "./CompletionList.module.css";
import type { Asked, Completion } from "./completion";
import { findMembers, type Mentionable } from "./findMembers";

interface Props {
  completion: Completion;
  editor: HTMLElement;
  roomId: string;
  mayNotifyRoom: boolean;
}

/** The list for what is being typed, if any. */
export function Completions(props: Props) {
  const asked = useStore(props.completion.asked);
  if (!asked) return null;
  return asked.kind === "mention" ? <Mentions {...props} asked={asked} /> : <Emojis {...props} asked={asked} />;
}

function Mentions({ completion, editor, roomId, mayNotifyRoom, asked }: Props & { asked: Asked }) {
  const text = useText();
  const id = useId();
  const members = useStore(roomMembers(roomId), (live) => live.value.items);
  const recent = useMemo(() => recentSenders(roomId), [roomId]);
  const found = useMemo(() => findMembers(members, asked.query, recent, mayNotifyRoom), [members, asked.query, recent, mayNotifyRoom]);
  const choices = useMemo(
    () =>
      found.map((one) => ({
        key: one.id,
        value: { id: one.id, label: one.name },
        content: <MentionChoice one={one} />,
      })),
    [found],
  );
  return (
    <CompletionList
      completion={completion}
      editor={editor}
      id={id}
      label={text("mention-list")}
      choices={choices}
      take={asked.take}
      count={choices.length > 0 ? text("mention-count", { count: choices.length }) : ""}
    />
  );
}

function MentionChoice({ one }: { one: Mentionable }) {
  const text = useText();
  if (one.id === everybody) {
    return (
      <>
        <span className={styles.sign}>
          <IconPeople size={16} />
        </span>
        <span className={styles.name}>{text("mention-room")}</span>
        <span className={styles.detail}>{text("mention-room-detail")}</span>
      </>
    );
  }
  return (
    <>
      <Avatar id={one.id} name={one.name} src={mediaUrl(one.avatar)} size={26} />
      <bdi className={styles.name}>{one.name}</bdi>
      {one.ambiguous ? <span className={styles.detail}>{one.id}</span> : null}
    </>
  );
}

const mostEmojis = 8;
/** A lone colon is a sign of its own. */
const leastLetters = 2;

function Emojis({ completion, editor, asked }: Props & { asked: Asked }) {
  const text = useText();
  const words = useLocale().startsWith("en") ? "en" : "fr";
  const id = useId();
  const all = useEmojis();
  const tone = useStore(skinTone);
  const typed = asked.query.replace(/:$/, "");
  const choices = useMemo(() => {
    if (!all || typed.length < leastLetters) return [];
    return findEmojis(all, typed, words, mostEmojis).map((emoji) => ({
      key: emoji.emoji,
      value: inTone(emoji, tone),
      content: (
        <>
          <span className={styles.emoji}>{inTone(emoji, tone)}</span>
          <span className={styles.name}>{emoji.name[words]}</span>
        </>
      ),
    }));
  }, [all, typed, words, tone]);
  return (
    <CompletionList
      completion={completion}
      editor={editor}
      id={id}
      label={text("emoji-list")}
      choices={choices}
      take={(emoji) => {
        rememberEmoji(String(emoji));
        asked.take(emoji);
      }}
      count={choices.length > 0 ? text("emoji-count", { count: choices.length }) : ""}
    />
  );
}
