import { useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { EventItem } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { classes } from "../kit/classes";
import { IconThread, IconWarning } from "../kit/icons";
import { EndsIn } from "../retention/EndsIn";
import { Body, frameOf } from "./Body";
import styles from "./EventRow.module.css";
import { Quote } from "./Quote";
import { Reactions } from "./Reactions";
import { Receipts } from "./Receipts";
import { type EventRow as Row, isEmote } from "./rows";
import { SendStatus, Upload } from "./SendStatus";
import { useTimeOfDay } from "./useTimes";

/** A message: who, what, and how it fares. `id` names its parts for the row's accessible name. */
export function EventRow({ row, event, id }: { row: Row; event: EventItem; id: string }) {
  const text = useText();
  const time = useTimeOfDay(event.timestamp);
  return (
    <div className={classes(styles.event, event.own && styles.mine, row.first && styles.first)}>
      <Who row={row} event={event} id={id} time={time} />
      <div className={styles.main}>
        <div className={styles.line}>
          <Bubble row={row} event={event} id={id} />
          {event.edited ? (
            <span className={styles.edited} title={text("message-edited-label")}>
              {text("message-edited")}
            </span>
          ) : null}
          {event.endsAt === null ? null : <EndsIn at={event.endsAt} id={`${id}-ends`} />}
        </div>
        <Upload event={event} />
        <Warning row={row} event={event} />
        <Reactions event={event} rowKey={row.key} />
        <Meta row={row} event={event} time={time} />
      </div>
      {event.own ? null : <Receipts readers={event.readBy} />}
    </div>
  );
}

function Who({ row, event, id, time }: { row: Row; event: EventItem; id: string; time: string }) {
  const text = useText();
  const { sender, own } = event;
  const name = own ? text("message-you") : sender.name;
  const iso = new Date(event.timestamp).toISOString();
  const isGuest = sender.guest && !own;
  return (
    <>
      <span id={`${id}-who`} className="visually-hidden">
        {text("message-of", { name, time })}
        {isGuest ? `. ${text("member-guest")}` : ""}
        {event.highlight ? `. ${text("message-mentions-you")}` : ""}
      </span>
      {own ? null : row.first ? (
        <>
          <span className={styles.avatar}>
            <Avatar id={sender.userId} name={sender.name} src={mediaUrl(sender.avatar)} size="var(--message-avatar)" />
          </span>
          <div className={styles.who} aria-hidden>
            {isEmote(event) ? null : <bdi className={styles.name}>{sender.name}</bdi>}
            {sender.ambiguous ? <bdi className={styles.userId}>{sender.userId}</bdi> : null}
            {isGuest ? <span className={styles.guest}>{text("member-guest")}</span> : null}
            <time className={styles.time} dateTime={iso}>
              {time}
            </time>
          </div>
        </>
      ) : (
        <time className={styles.gutterTime} dateTime={iso} aria-hidden>
          {time}
        </time>
      )}
    </>
  );
}

function Bubble({ row, event, id }: { row: Row; event: EventItem; id: string }) {
  const text = useText();
  const frame = frameOf(event);
  return (
    <div
      id={`${id}-body`}
      className={classes(styles.box, styles[frame], row.first && styles.corner, event.highlight && styles.highlight)}
      data-state={event.sendState?.kind}
    >
      {event.inThread ? (
        <p className={styles.thread}>
          <IconThread size={13} /> {text("message-in-thread")}
        </p>
      ) : null}
      {event.reply ? <Quote reply={event.reply} of={event.eventId} /> : null}
      <Body event={event} />
    </div>
  );
}

/** What came back from the backup is most of a new device's history: it is said quietly, once for messages that stand together. */
function Warning({ row, event }: { row: Row; event: EventItem }) {
  const text = useText();
  const { warning } = event;
  if (!warning) return null;
  if (warning === "authenticityUnknown") {
    return <p className={row.last ? styles.quiet : "visually-hidden"}>{text("warning-authenticityUnknown")}</p>;
  }
  const grave = warning === "sentInClear" || warning === "identityChanged";
  return (
    <p className={classes(styles.warning, grave && styles.grave)}>
      <IconWarning size={14} /> <span>{text(`warning-${warning}`)}</span>
    </p>
  );
}

/** Under own messages: when, and whether it left; once for messages that stand together, unless one fares otherwise. */
function Meta({ row, event, time }: { row: Row; event: EventItem; time: string }) {
  if (!event.own) return null;
  const pending = event.sendState !== null && event.sendState.kind !== "sent";
  if (!row.last && !pending && event.readBy.length === 0) return null;
  const plain = event.body.kind === "redacted";
  return (
    <div className={styles.meta}>
      <time dateTime={new Date(event.timestamp).toISOString()}>{time}</time>
      {plain || event.readBy.length > 0 ? null : <SendStatus event={event} />}
      <Receipts readers={event.readBy} />
    </div>
  );
}
