import { asIpcError, type Backend, ipcError } from "./backend";
import type { IpcErrorCode, Subscriptions, TimelineItem, TimelineUpdate } from "./bindings";
import { attachmentCommands, listenForDrops } from "./fake/attachments";
import { keyFileCommands } from "./fake/keyFile";
import { startLife } from "./fake/life";
import { fakeMediaUrl } from "./fake/media";
import { policyCommands } from "./fake/policy";
import { everybody, searchPeople, setGuests, sophie } from "./fake/people";
import { changeDetails, roomCommands, roomIn } from "./fake/rooms";
import { account, type Handlers, sessionCommands, sessionOf } from "./fake/session";
import { timelineCommands } from "./fake/timeline";
import { trustOf, verificationCommands } from "./fake/verification";
import { makeWorld, type World } from "./fake/world";

type Listeners = {
  [K in keyof Subscriptions]: (
    args: Subscriptions[K]["args"],
    onUpdate: (update: Subscriptions[K]["updates"]) => void,
  ) => () => void;
};

function handlersOf(world: World): Handlers {
  return {
    ...sessionCommands(world),
    ...roomCommands(world),
    ...timelineCommands(world),
    ...attachmentCommands(world),
    ...keyFileCommands(world),
    ...verificationCommands(world),
    ...policyCommands(world),
    app_info: () => ({ version: "0.1.0", os: "linux", systemLanguage: "fr", profile: null }),
    directory_search_users: ({ term }) => searchPeople(term),
    link_open: () => null,
    media_save: () => ({ name: "fichier-enregistre" }),
    settings_get: () => world.settings,
    settings_set(settings) {
      world.settings = settings;
      return settings;
    },
    subscription_close: () => null,
    window_set_room: () => null,
  };
}

function listenersOf(world: World): Listeners {
  return {
    access_subscribe: (_, onUpdate) => world.access.listen(onUpdate),
    attachment_subscribe: (_, onUpdate) => world.attachments.subscribe(onUpdate),
    navigation_subscribe(_, onUpdate) {
      const roomId = world.knobs.get("room");
      return world.navigation.subscribe(onUpdate, roomId ? { kind: "openRoom", roomId, eventId: world.knobs.get("event") } : undefined);
    },
    person_subscribe: ({ userId }, onUpdate) => trustOf(world, userId).listen(onUpdate),
    recovery_subscribe: (_, onUpdate) => world.history.listen(onUpdate),
    room_keys_subscribe: (_, onUpdate) => world.keyFile.listen(onUpdate),
    room_list_subscribe: (_, onUpdate) => world.list.listen(onUpdate),
    room_members_subscribe: ({ roomId }, onUpdate) => roomIn(world, roomId).members.listen(onUpdate),
    room_guests_subscribe: ({ roomId }, onUpdate) => roomIn(world, roomId).guests.listen(onUpdate),
    room_newcomers_subscribe: ({ roomId }, onUpdate) => roomIn(world, roomId).newcomers.listen(onUpdate),
    room_subscribe: ({ roomId }, onUpdate) => roomIn(world, roomId).details.listen(onUpdate),
    session_subscribe: (_, onUpdate) => world.session.listen(onUpdate),
    sync_subscribe: (_, onUpdate) => world.sync.listen(onUpdate),
    verification_subscribe: (_, onUpdate) => world.trust.verifications.listen(onUpdate),
    timeline_subscribe({ roomId, focus }, onUpdate) {
      const room = roomIn(world, roomId);
      const far = focus === null ? null : around(room.older, focus);
      if (far) {
        // Far from the live end: the shell shows what stands around the event, and says that there is more.
        queueMicrotask(() => {
          onUpdate({ kind: "diffs", diffs: [{ kind: "reset", values: far }] });
          onUpdate({ kind: "historyGap" });
          onUpdate({ kind: "idle", reachedStart: true });
        });
        return () => {};
      }
      const idle = (): TimelineUpdate => ({ kind: "idle", reachedStart: room.older.length === 0 });
      const ends = [
        room.timeline.listen((diffs) => onUpdate({ kind: "diffs", diffs })),
        room.paging.subscribe((state) => onUpdate(state === "idle" ? idle() : { kind: "paginating" })),
        room.typing.listen((users) => onUpdate({ kind: "typing", users })),
      ];
      queueMicrotask(() => onUpdate(idle()));
      return () => ends.forEach((end) => end());
    },
  };
}

function around(items: readonly TimelineItem[], eventId: string): TimelineItem[] | null {
  const at = items.findIndex(({ content }) => content.kind === "event" && content.event.eventId === eventId);
  return at < 0 ? null : items.slice(Math.max(0, at - 20), at + 21);
}

/**
 * An invented ministry, for a plain browser and for tests.
 *
 * Knobs in the address: `state` (signedIn, signedIn-portal, signedOut, signedOut-tokenRevoked, recovery-showCode, recovery-enterCode, recovery-portal,
 * vault-noKeyring, vault-locked, vault-keyMissing, store-inUse…, starting), `sync` (online, offline, connecting, failed,
 * expired, diskFull, diskFailing),
 * `guests` (`on`: the weather service and the railways are guests’), `guest` (`on`: the user is a guest), `newcomers` (how many came into the crisis room), `access` (whole, lost, noRecovery), `theme`, `lang`, `density`, `room` (opened at start), `rooms` (`none`, or how many more), `fail` (`command:code`),
 * `verify` (a stage: asked, emojis, mismatch…; `person-…` with Sophie), `changed` (`on`: Sophie’s identity changed),
 * `policy` (`on`: the organisation decides; `open`: it offers servers and allows others),
 * `browser` (`none`: none can be opened),
 * `alone` (`on`: no other device could let this one in),
 * `slow` (milliseconds a command takes), `life` (`off`: nobody writes), `typing` (`on`: Sophie is writing for ever).
 */
export function fakeBackend(knobs: URLSearchParams): Backend {
  setGuests(knobs.get("guests") === "on");
  const world = makeWorld(knobs, sessionOf(knobs.get("state")), account);
  const handlers = handlersOf(world);
  const listeners = listenersOf(world);
  const slow = Number(knobs.get("slow") ?? 20);
  const failing = new Map(knobs.getAll("fail").map((one) => one.split(":") as [string, IpcErrorCode]));
  listenForDrops(world);
  if (knobs.get("life") !== "off") startLife(world);
  if (knobs.get("changed") === "on") {
    for (const id of ["!crise", "!sophie"]) changeDetails(world, id, { changed: [sophie] });
  }
  if (knobs.get("typing") === "on") roomIn(world, "!crise").typing.set([sophie]);
  for (const room of world.rooms.values()) room.guests.set(room.members.items.filter(({ guest }) => guest));
  const newcomers = Number(knobs.get("newcomers") ?? 0);
  if (newcomers > 0) roomIn(world, "!crise").newcomers.set(everybody.slice(3, 3 + newcomers));
  return {
    async call(name, ...args) {
      await new Promise((done) => setTimeout(done, slow));
      const code = failing.get(name);
      if (code) throw ipcError(code, "f00d42");
      try {
        const handler = handlers[name] as (args: unknown) => unknown;
        return (await handler(args[0] ?? null)) as never;
      } catch (thrown) {
        throw asIpcError(thrown);
      }
    },
    subscribe(name, args, onUpdate, onError) {
      try {
        const listen = listeners[name] as (args: unknown, onUpdate: unknown) => () => void;
        return listen(args, onUpdate);
      } catch (thrown) {
        queueMicrotask(() => onError?.(asIpcError(thrown)));
        return () => {};
      }
    },
    mediaUrl: fakeMediaUrl,
  };
}

