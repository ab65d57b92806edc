import type { ReactNode } from "react";

import { useText } from "../i18n/text";
import type { EventBody, EventItem, MessageNode } from "../ipc/bindings";
import { IconInfo, IconPhone, IconTrash } from "../kit/icons";
import { plainText } from "../stores/preview";
import styles from "./EventRow.module.css";
import { FileBody } from "./FileBody";
import { ImageBody, StickerBody } from "./ImageBody";
import { MessageText } from "./MessageText";
import { AudioBody, VideoBody } from "./PlayableBody";
import { LocationBody, PollBody } from "./SmallBodies";
import { Undecryptable } from "./Undecryptable";

/** How a body stands in its row: in a bubble, on its own, or as a placeholder for what cannot be shown. */
export type BodyFrame = "bubble" | "bare" | "placeholder" | "jumbo";

export function frameOf(event: EventItem): BodyFrame {
  const { body } = event;
  switch (body.kind) {
    case "text":
      if (body.style === "emote") return "bare";
      return isJumbo(body.nodes) && !event.reply ? "jumbo" : "bubble";
    case "poll":
      return "bubble";
    case "image":
    case "video":
    case "audio":
    case "file":
      return body.caption?.length || event.reply ? "bubble" : "bare";
    case "sticker":
    case "location":
      return "bare";
    default:
      return "placeholder";
  }
}

// Built here: the compiler does not know the flag, which both engines do.
const emoji = new RegExp("^(?:\\p{RGI_Emoji}\\s*){1,3}$", "v");

/** One to three emoji and nothing else. */
export function isJumbo(nodes: readonly MessageNode[]): boolean {
  if (nodes.length !== 1) return false;
  const words = plainText(nodes);
  return words.length <= 40 && emoji.test(words);
}

export function Body({ event }: { event: EventItem }): ReactNode {
  const { body } = event;
  switch (body.kind) {
    case "text":
      return <TextBody event={event} body={body} />;
    case "image":
      return (
        <Captioned caption={body.caption}>
          <ImageBody media={body.media} sender={event.sender.name} />
        </Captioned>
      );
    case "video":
      return (
        <Captioned caption={body.caption}>
          <VideoBody media={body.media} />
        </Captioned>
      );
    case "audio":
      return (
        <Captioned caption={body.caption}>
          <AudioBody media={body.media} voice={body.voice} />
        </Captioned>
      );
    case "file":
      return (
        <Captioned caption={body.caption}>
          <FileBody media={body.media} here={event.eventId === null} />
        </Captioned>
      );
    case "sticker":
      return <StickerBody media={body.media} />;
    case "location":
      return <LocationBody body={body} />;
    case "poll":
      return <PollBody body={body} />;
    default:
      return <Placeholder event={event} />;
  }
}

function TextBody({ event, body }: { event: EventItem; body: Extract<EventBody, { kind: "text" }> }) {
  const text = useText();
  if (body.style === "emote") {
    return (
      <div className={styles.emote}>
        <bdi className={styles.emoteName}>{text("message-emote", { name: event.sender.name })}</bdi> <MessageText nodes={body.nodes} />
      </div>
    );
  }
  if (body.style === "notice") {
    return (
      <div className={styles.notice}>
        <span className="visually-hidden">{text("message-notice")}. </span>
        <MessageText nodes={body.nodes} />
      </div>
    );
  }
  return <MessageText nodes={body.nodes} />;
}

function Captioned({ caption, children }: { caption: readonly MessageNode[] | null; children: ReactNode }) {
  if (!caption?.length) return children;
  return (
    <div className={styles.captioned}>
      {children}
      <MessageText nodes={caption} />
    </div>
  );
}

function Placeholder({ event }: { event: EventItem }) {
  const text = useText();
  const { body } = event;
  switch (body.kind) {
    case "redacted":
      return (
        <>
          <IconTrash size={15} />
          <span>{body.by ? text("message-redacted-by", { name: body.by }) : text("message-redacted")}</span>
        </>
      );
    case "undecryptable":
      return <Undecryptable event={event} reason={body.reason} />;
    case "call":
      return (
        <>
          <IconPhone size={15} />
          <span>
            {text(body.missed ? "message-call-missed" : "message-call")}. {text("message-call-hint")}
          </span>
        </>
      );
    default:
      return (
        <>
          <IconInfo size={15} />
          <span>{text("message-unsupported")}</span>
        </>
      );
  }
}
