import type {
  Access,
  AccountInfo,
  AttachmentEvent,
  Draft,
  HistoryProgress,
  KeyFileProgress,
  Member,
  Navigation,
  RoomDetails,
  RoomRetention,
  RoomSummary,
  Sender,
  SessionState,
  Settings,
  SyncState,
  TimelineItem,
} from "../bindings";
import { previewOf } from "./messages";
import { manyRooms, modest, type RoomSeed, seeds } from "./seeds";
import { List, State, Topic } from "./topic";
import { makeTrust, type Trust } from "./trust";

export interface FakeRoom {
  details: State<RoomDetails>;
  timeline: List<TimelineItem>;
  /** Not yet paged in; the newest last. */
  older: TimelineItem[];
  members: List<Member>;
  typing: State<Sender[]>;
  newcomers: State<Sender[]>;
  guests: State<Sender[]>;
  /** It was agreed that guests get files. */
  guestFiles: boolean;
  paging: Topic<"paginating" | "idle">;
  draft: Draft | null;
}

export interface World {
  account: AccountInfo;
  settings: Settings;
  session: State<SessionState>;
  sync: State<SyncState>;
  access: State<Access>;
  history: State<HistoryProgress>;
  keyFile: State<KeyFileProgress>;
  navigation: Topic<Navigation>;
  attachments: Topic<AttachmentEvent>;
  list: List<RoomSummary>;
  rooms: Map<string, FakeRoom>;
  trust: Trust;
  knobs: URLSearchParams;
}

function lastEvent(timeline: readonly TimelineItem[]): Partial<RoomSummary> {
  for (const { content } of [...timeline].reverse()) {
    if (content.kind !== "event") continue;
    const { event } = content;
    return {
      timestamp: event.timestamp,
      latest: {
        sender: event.sender.name,
        own: event.own,
        content: previewOf(event.body),
        sending: event.sendState?.kind === "sending",
        failed: event.sendState?.kind === "failed",
      },
    };
  }
  return {};
}

/** The row of a room as its timeline stands. */
/** Nothing disappears. */
export const noRetention: RoomRetention = { timer: null, serverMax: null, deviceMax: null, allowed: null };

export function latestOf(room: FakeRoom): Partial<RoomSummary> {
  return lastEvent(room.timeline.items);
}

export function summaryOf(seed: Pick<RoomSeed, "id" | "name" | "kind">, change: Partial<RoomSummary>): RoomSummary {
  return {
    roomId: seed.id, name: seed.name, avatar: null, kind: seed.kind, encrypted: true, membership: "joined", inviter: null,
    favourite: false, lowPriority: false, muted: false, unreadMessages: 0, unreadNotifications: 0, unreadMentions: 0,
    markedUnread: false, latest: null, timestamp: null, draft: null, ...change,
  };
}

export function roomOf(seed: RoomSeed, summary: RoomSummary): FakeRoom {
  const joined = seed.members.filter((one) => one.membership === "joined").length;
  return {
    details: new State<RoomDetails>({
      roomId: seed.id, name: seed.name, rawName: seed.kind === "direct" ? null : seed.name, topic: null, avatar: summary.avatar,
      kind: seed.kind, encrypted: summary.encrypted, membership: summary.membership, joinedMembers: joined, directUser: null,
      favourite: summary.favourite, lowPriority: summary.lowPriority, notificationMode: summary.muted ? "mute" : "all",
      can: modest, history: "shared", retention: noRetention, changed: [], ...seed.details,
    }),
    timeline: new List(seed.timeline),
    older: seed.older ?? [],
    members: new List(seed.members),
    typing: new State<Sender[]>([]),
    newcomers: new State<Sender[]>([]),
    guests: new State<Sender[]>([]),
    guestFiles: false,
    paging: new Topic(),
    draft: summary.draft ? { markdown: summary.draft, mode: { kind: "new" } } : null,
  };
}

export function makeWorld(knobs: URLSearchParams, session: SessionState, account: AccountInfo): World {
  const chosen = knobs.get("rooms") === "none" ? [] : [...seeds(), ...manyRooms(Number(knobs.get("rooms") ?? 0) || 0)];
  const rooms = new Map<string, FakeRoom>();
  const summaries: RoomSummary[] = [];
  for (const seed of chosen) {
    const summary = summaryOf(seed, { ...lastEvent(seed.timeline), ...seed.summary });
    summaries.push(summary);
    rooms.set(seed.id, roomOf(seed, summary));
  }
  summaries.sort((a, b) => (b.timestamp ?? 0) - (a.timestamp ?? 0));
  return {
    account,
    settings: {
      theme: (knobs.get("theme") as Settings["theme"]) ?? "system",
      language: (knobs.get("lang") as Settings["language"]) ?? "system",
      density: (knobs.get("density") as Settings["density"]) ?? "normal",
      zoom: 100,
      enterSends: true,
      notificationContent: "full",
      sendReadReceipts: true,
      sendTyping: true,
    },
    session: new State(session),
    sync: new State<SyncState>(syncOf(knobs.get("sync"))),
    access: new State<Access>((knobs.get("access") ?? "whole") as Access),
    history: new State<HistoryProgress>({ roomsDone: 0, roomsTotal: 0 }),
    keyFile: new State<KeyFileProgress>({ done: 0, total: 0 }),
    navigation: new Topic(),
    attachments: new Topic(),
    list: new List(summaries),
    rooms,
    trust: makeTrust(knobs),
    knobs,
  };
}

function syncOf(knob: string | null): SyncState {
  switch (knob) {
    case "offline":
      return { kind: "offline", since: Date.now() - 60_000 };
    case "connecting":
      return { kind: "connecting" };
    case "failed":
      return { kind: "failed", code: "internal" };
    case "expired":
    case "diskFull":
    case "diskFailing":
      return { kind: knob };
    default:
      return { kind: "online" };
  }
}
