import { Component, memo, type ReactNode, useState } from "react";
import { Button } from "react-aria-components";

import { useText } from "../i18n/text";
import { classes } from "../kit/classes";
import { IconChevronDown, IconChevronUp, IconLock, IconWarning } from "../kit/icons";
import { roomList } from "../stores/roomList";
import { sameItems, useStore } from "../stores/store";
import { useTimelineActions } from "./actions";
import { EventRow } from "./EventRow";
import styles from "./Row.module.css";
import { hasActions } from "./RowMenu";
import { RowTools } from "./RowTools";
import { type ChangesRow as Changes, eventOf, type EventRow as EventRowModel, type Row as RowModel } from "./rows";
import { useDayName } from "./useTimes";
import { wordChange, wordChanges } from "./wordChange";

/** One row of the list, drawn again when it or its events change. */
export const Row = memo(function Row({ row, id, hot }: { row: RowModel; id: string; hot: boolean }) {
  return (
    <>
      {row.day !== null ? <Day start={row.day} /> : null}
      {row.unread ? <UnreadLine /> : null}
      <RowBoundary row={row}>
        <Content row={row} id={id} hot={hot} />
      </RowBoundary>
    </>
  );
});

function Content({ row, id, hot }: { row: RowModel; id: string; hot: boolean }) {
  switch (row.kind) {
    case "start":
      return <RoomStart />;
    case "changes":
      return <ChangesRow row={row} id={id} />;
    case "event":
      return <Message row={row} id={id} hot={hot} />;
  }
}

function Message({ row, id, hot }: { row: EventRowModel; id: string; hot: boolean }) {
  const { store } = useTimelineActions();
  const event = useStore(store, (live) => eventOf(live.value.list.byKey.get(row.key)));
  if (!event) return null;
  return (
    <div className={styles.message} data-first={row.first || undefined}>
      <EventRow row={row} event={event} id={id} />
      {hot && hasActions(event) ? <RowTools event={event} rowKey={row.key} /> : null}
    </div>
  );
}

function Day({ start }: { start: number }) {
  return (
    <div className={styles.day}>
      <span>{useDayName(start)}</span>
    </div>
  );
}

function UnreadLine() {
  const text = useText();
  return (
    <div className={styles.unread} data-unread-line>
      <span>{text("timeline-new")}</span>
    </div>
  );
}

function RoomStart() {
  const text = useText();
  const { roomId } = useTimelineActions();
  const room = useStore(roomList, (list) => list.value.byKey.get(roomId));
  if (!room) return null;
  return (
    <div className={styles.start}>
      <p>
        <b>{text(room.kind === "direct" ? "timeline-start-direct" : "timeline-start-room", { name: room.name })}</b>
      </p>
      <p className={styles.startLead}>
        {room.encrypted ? <IconLock size={14} /> : null}
        <span>{text(room.encrypted ? "timeline-start-encrypted" : "timeline-start-lead")}</span>
      </p>
    </div>
  );
}

/** Two changes are told; more are counted, and told when asked. */
const told = 2;

function ChangesRow({ row, id }: { row: Changes; id: string }) {
  const text = useText();
  const { store } = useTimelineActions();
  const [open, setOpen] = useState(false);
  const events = useStore(store, (live) => row.items.map((key) => eventOf(live.value.list.byKey.get(key))), sameItems).filter((event) => event !== null);
  const folded = events.length > told && !open;
  return (
    <div id={`${id}-body`} className={styles.changes}>
      {events.length > told ? (
        <Button excludeFromTabOrder className={styles.fold ?? ""} aria-expanded={open} onPress={() => setOpen(!open)}>
          <span>{wordChanges(text, events)}</span>
          {open ? <IconChevronUp size={13} /> : <IconChevronDown size={13} />}
        </Button>
      ) : null}
      {folded ? null : events.map((event, i) => <p key={row.items[i]}>{event.body.kind === "state" ? wordChange(text, event.sender.name, event.own, event.body.change) : null}</p>)}
    </div>
  );
}

/** A row that cannot be drawn is said so, and its neighbours are drawn. It is tried again when it changes. */
class Boundary extends Component<{ of: unknown; fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: { of: unknown }): void {
    if (this.state.failed && before.of !== this.props.of) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

function RowBoundary({ row, children }: { row: RowModel; children: ReactNode }) {
  const text = useText();
  const { store } = useTimelineActions();
  const item = useStore(store, (live) => live.value.list.byKey.get(row.key));
  return (
    <Boundary
      of={item}
      fallback={
        <p className={classes(styles.changes, styles.broken)}>
          <IconWarning size={14} /> {text("timeline-row-failed")}
        </p>
      }
    >
      {children}
    </Boundary>
  );
}
