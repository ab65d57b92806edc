import type { EventBody, EventItem, SendState, TimelineItem } from "../bindings";
import { effective } from "../../retention/lifetimes";
import { ipcError } from "../backend";
import { previewOf, row, sourceOf, text } from "./messages";
import { me } from "./people";
import { changeSummary, roomIn } from "./rooms";
import type { Handlers } from "./session";
import { latestOf, type World } from "./world";

let sent = 0;

function eventOf(item: TimelineItem): EventItem | null {
  return item.content.kind === "event" ? item.content.event : null;
}

function changeEvent(world: World, roomId: string, match: (event: EventItem) => boolean, change: (event: EventItem) => Partial<EventItem>): void {
  const room = roomIn(world, roomId);
  room.timeline.replace(
    (item) => {
      const event = eventOf(item);
      return event !== null && match(event);
    },
    (item) => {
      const event = eventOf(item);
      return event ? { ...item, content: { kind: "event", event: { ...event, ...change(event) } } } : item;
    },
  );
  changeSummary(world, roomId, latestOf(room));
}

/** A new event at the end of a room, with the room on top of the list. */
export function arrive(world: World, roomId: string, item: TimelineItem): void {
  const room = roomIn(world, roomId);
  room.timeline.push(item);
  const event = eventOf(item);
  const row = world.list.items.find((one) => one.roomId === roomId);
  const unread = event?.own || !row ? {} : { unreadMessages: row.unreadMessages + 1, unreadNotifications: row.unreadNotifications + (row.muted ? 0 : 1) };
  changeSummary(world, roomId, { ...latestOf(room), ...unread, timestamp: Date.now() });
  world.list.moveTo((one) => one.roomId === roomId, 0);
}

/** The room's timer counts, or less if so chosen. */
function endOf(world: World, roomId: string, chosen: number | null): number | null {
  const lives = effective(roomIn(world, roomId).details.value.retention, chosen);
  return lives === null ? null : Date.now() + lives;
}

/** What ends vanishes. */
function vanish(world: World, roomId: string, transactionId: string, chosen: number | null): void {
  const end = endOf(world, roomId, chosen);
  if (end === null || end - Date.now() > 3_600_000) return;
  setTimeout(() => roomIn(world, roomId).timeline.removeWhere((item) => eventOf(item)?.transactionId === transactionId), end - Date.now());
}

/** An own event goes out: shown sending, then sent once the network allows. */
export function send(world: World, roomId: string, body: EventBody, replyTo: string | null, size = 0, chosen: number | null = null): void {
  sent += 1;
  const transactionId = `send${sent}`;
  const answered = roomIn(world, roomId).timeline.items.map(eventOf).find((event) => event && event.eventId === replyTo);
  const progress = size > 0 ? { current: 0, total: size } : null;
  arrive(world, roomId, row(me, Date.now(), body, {
    eventId: null,
    transactionId,
    sendState: { kind: "sending", progress },
    endsAt: endOf(world, roomId, chosen),
    reply: answered?.eventId
      ? { eventId: answered.eventId, content: { kind: "ready", sender: answered.sender, preview: previewOf(answered.body) } }
      : null,
  }));
  vanish(world, roomId, transactionId, chosen);
  const setState = (sendState: SendState, change: Partial<EventItem> = {}) =>
    changeEvent(world, roomId, (event) => event.transactionId === transactionId, () => ({ sendState, ...change }));
  const finish = () => {
    if (world.sync.value.kind === "offline") return void setTimeout(finish, 500);
    setState({ kind: "sent" }, { eventId: `$sent${transactionId}` });
  };
  if (body.kind === "text" && JSON.stringify(body.nodes).includes("échoue")) {
    setTimeout(() => setState({ kind: "failed", recoverable: true, code: "offline" }), 700);
  } else if (progress) {
    let current = 0;
    const timer = setInterval(() => {
      current = Math.min(size, current + size / 8);
      setState({ kind: "sending", progress: { current, total: size } });
      if (current < size) return;
      clearInterval(timer);
      finish();
    }, 250);
  } else setTimeout(finish, 600);
}

type TimelineCommand = Extract<keyof Handlers, `timeline_${string}` | `event_${string}` | `reaction_${string}` | `draft_${string}`>;

export function timelineCommands(world: World): Pick<Handlers, TimelineCommand> {
  return {
    draft_load: ({ roomId }) => roomIn(world, roomId).draft,
    draft_save({ roomId, draft }) {
      if (world.sync.value.kind === "diskFull") throw ipcError("storeFull", "f00d42");
      roomIn(world, roomId).draft = draft;
      changeSummary(world, roomId, { draft: draft?.markdown.slice(0, 80) || null });
      return null;
    },
    event_redact({ roomId, eventId }) {
      changeEvent(world, roomId, (event) => event.eventId === eventId, () => ({ body: { kind: "redacted", by: me.name }, reactions: [], can: { edit: false, redact: false, react: false, reply: false, report: false } }));
      return null;
    },
    event_report: () => null,
    reaction_toggle({ roomId, eventId, key }) {
      changeEvent(world, roomId, (event) => event.eventId === eventId, ({ reactions }) => {
        const known = reactions.find((one) => one.key === key);
        if (!known) return { reactions: [...reactions, { key, count: 1, own: true, senders: [me.name] }] };
        const count = known.count + (known.own ? -1 : 1);
        const senders = known.own ? known.senders.filter((name) => name !== me.name) : [...known.senders, me.name];
        return { reactions: reactions.map((one) => (one === known ? { key, count, own: !known.own, senders } : one)).filter((one) => one.count > 0) };
      });
      return null;
    },
    timeline_cancel_send({ roomId, transactionId }) {
      roomIn(world, roomId).timeline.removeWhere((item) => eventOf(item)?.transactionId === transactionId);
      return null;
    },
    timeline_edit({ roomId, eventId, markdown }) {
      changeEvent(world, roomId, (event) => event.eventId === eventId, () => ({ body: text(markdown), edited: true }));
      return null;
    },
    timeline_edit_source({ roomId, eventId }) {
      const event = roomIn(world, roomId).timeline.items.map(eventOf).find((one) => one?.eventId === eventId);
      const markdown = event?.own && event.can.edit ? sourceOf(event.body) : null;
      if (markdown === null) throw ipcError("notFound", "ed17ed");
      return { markdown };
    },
    timeline_fetch_reply: () => null,
    timeline_mark_read({ roomId }) {
      changeSummary(world, roomId, { unreadMessages: 0, unreadNotifications: 0, unreadMentions: 0, markedUnread: false });
      return null;
    },
    async timeline_paginate({ roomId, count }) {
      const room = roomIn(world, roomId);
      room.paging.emit("paginating");
      await new Promise((done) => setTimeout(done, 350));
      const items = room.older.splice(Math.max(0, room.older.length - count));
      if (items.length) room.timeline.prepend(items);
      room.paging.emit("idle");
      return null;
    },
    timeline_retry_send({ roomId, transactionId }) {
      changeEvent(world, roomId, (event) => event.transactionId === transactionId, () => ({ sendState: { kind: "sending", progress: null } }));
      setTimeout(() => changeEvent(world, roomId, (event) => event.transactionId === transactionId, () => ({ sendState: { kind: "sent" }, eventId: `$again${transactionId}` })), 700);
      return null;
    },
    timeline_send_text({ roomId, markdown, replyTo, lifetime }) {
      if (world.sync.value.kind === "diskFull") throw ipcError("storeFull", "f00d42");
      send(world, roomId, text(markdown), replyTo, 0, lifetime);
      return null;
    },
  };
}
