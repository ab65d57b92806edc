import type {
  AccountInfo,
  AttachmentEvent,
  Draft,
  HistoryProgress,
  Member,
  Navigation,
  RoomDetails,
  RoomKind,
  RoomSummary,
  Sender,
  SessionState,
  Settings,
  SyncState,
  TimelineItem,
} from "../bindings";
import { previewOf } from "./messages";
import { bernard, crowd, helene, ines, jeanA, jeanB, karim, marc, me, member, paul, sophie, yann } from "./people";
import { at, crisis, forum, gallery, small } from "./timelines";
import { List, State, Topic } from "./topic";

export interface FakeRoom {
  details: State<RoomDetails>;
  timeline: List<TimelineItem>;
  /** Not yet paged in; the newest last. */
  older: TimelineItem[];
  members: List<Member>;
  typing: State<Sender[]>;
  paging: Topic<"paginating" | "idle">;
  draft: Draft | null;
}

export interface World {
  account: AccountInfo;
  settings: Settings;
  session: State<SessionState>;
  sync: State<SyncState>;
  history: State<HistoryProgress>;
  navigation: Topic<Navigation>;
  attachments: Topic<AttachmentEvent>;
  list: List<RoomSummary>;
  rooms: Map<string, FakeRoom>;
  knobs: URLSearchParams;
}

interface RoomSeed {
  id: string;
  name: string;
  kind: RoomKind;
  timeline: TimelineItem[];
  older?: TimelineItem[];
  members: Member[];
  summary?: Partial<RoomSummary>;
  details?: Partial<RoomDetails>;
}

const full = { send: true, react: true, redactOthers: true, invite: true, remove: true, ban: true, setName: true, setTopic: true, setAvatar: true, setRoles: true, notifyRoom: true };
const modest = { ...full, redactOthers: false, remove: false, ban: false, setName: false, setTopic: false, setAvatar: false, setRoles: false, notifyRoom: false };

function seeds(): RoomSeed[] {
  const inCrisis = crisis();
  const onForum = forum();
  return [
    {
      id: "!crise", name: "Cellule de crise — inondations", kind: "private",
      timeline: inCrisis.recent, older: inCrisis.older,
      members: [member(me, "creator"), member(karim, "administrator"), member(sophie, "moderator"), member(helene), member(paul), member(ines), member(jeanA), member(jeanB), member(yann, "user", { membership: "invited" })],
      summary: { favourite: true },
      details: { topic: "Suivi de la crue du Loing. Point toutes les trois heures ; rien de nominatif ici.", can: full },
    },
    {
      id: "!sophie", name: "Sophie Marchand", kind: "direct",
      timeline: small([[sophie, 16, 50, "Bonjour Claire, la note part ce soir."], [me, 16, 58, "Envoie, je la relis."], [sophie, 17, 36, "Voilà, je viens de la déposer."], [sophie, 17, 38, "Tu peux relire avant 19 h ?"]]),
      members: [member(me, "administrator"), member(sophie, "administrator")],
      summary: { avatar: sophie.avatar, favourite: true, unreadMessages: 2, unreadNotifications: 2 },
      details: { directUser: sophie.userId, can: full },
    },
    {
      id: "!numerique", name: "Direction du numérique", kind: "private",
      timeline: small([[marc, 16, 40, "La réunion de demain est maintenue ?"], [ines, 17, 10, `[@Claire Lefèvre](${me.userId}) la réunion est déplacée à 11 h`]]),
      members: [member(me), member(marc, "administrator"), member(ines, "moderator"), member(bernard)],
      summary: { unreadMessages: 4, unreadNotifications: 4, unreadMentions: 1 },
    },
    {
      id: "!budget", name: "Budget et logistique 2027", kind: "private",
      timeline: small([[bernard, 16, 20, "Il manque le devis des véhicules."], [marc, 16, 55, "Je l’ai demandé ce matin."]]),
      members: [member(me), member(bernard, "administrator"), member(marc)],
      summary: { draft: "Pour la ligne 12, je propose de garder" },
    },
    {
      id: "!forum", name: "Forum accessibilité", kind: "public",
      timeline: onForum.recent, older: onForum.older,
      members: [member(me), member(ines, "administrator"), member(jeanA), member(jeanB), member(marc)],
      summary: { avatar: "room-forum", encrypted: false, unreadMessages: 12, muted: true },
      details: { encrypted: false, topic: "Ouvert à tous les agents." },
    },
    {
      id: "!astreinte", name: "Astreinte préfecture", kind: "private",
      timeline: small([[yann, 13, 58, "Passage de consigne fait."], [me, 14, 2, "Bien reçu, je prends la suite."]]),
      members: [member(me, "moderator"), member(yann, "administrator"), member(paul)],
    },
    {
      id: "!recette", name: "Recette des messages", kind: "private", timeline: gallery(),
      members: [member(me), member(ines, "administrator"), member(marc), member(yann), member(sophie), member(karim), member(paul)],
    },
    {
      id: "!yann", name: "Yann Le Bihan", kind: "direct",
      timeline: small([[yann, 18, 12, "Je t’envoie la note de cadrage demain."]], 1),
      members: [member(me, "administrator"), member(yann, "administrator")],
      summary: { latest: { sender: "Yann Le Bihan", own: false, content: { kind: "file", name: "note-cadrage-v3.odt" }, sending: false, failed: false } },
      details: { directUser: yann.userId, can: full },
    },
    {
      id: "!marches", name: "Marchés publics", kind: "private",
      timeline: small([[ines, 11, 30, "Le calendrier est à jour."]], 1),
      members: [member(me), member(ines, "administrator")],
      summary: { markedUnread: true },
    },
    {
      id: "!reseau", name: "Réseau des référents", kind: "private",
      timeline: small([[ines, 9, 40, "La liste des référents est à jour."]], 2),
      members: [member(ines, "administrator"), member(me, "moderator"), ...crowd(1998).map((who, i) => member(who, i === 40 ? "moderator" : "user", { membership: i % 400 === 7 ? "banned" : "joined" }))],
      details: { topic: "Deux mille agents : les référents de chaque direction, en un seul salon.", can: { ...full, setRoles: false } },
    },
    {
      id: "!quitte", name: "Ancien groupe projet", kind: "private", timeline: [], members: [],
      summary: { membership: "left", latest: null, timestamp: null },
      details: { membership: "left", can: modest },
    },
    {
      id: "!invite", name: "Préparation des élections", kind: "private", timeline: [], members: [member(karim, "administrator"), member(yann)],
      summary: { membership: "invited", inviter: karim, latest: null, timestamp: at(16, 30) },
      details: { membership: "invited", joinedMembers: 14, topic: "Logistique des bureaux de vote." },
    },
    {
      id: "!invite-dm", name: "Bernard Nguyễn", kind: "direct", timeline: [], members: [member(bernard, "administrator")],
      summary: { membership: "invited", inviter: bernard, latest: null, timestamp: at(9, 12) },
      details: { membership: "invited", directUser: bernard.userId, joinedMembers: 1 },
    },
    {
      id: "!cantine", name: "Menus de la cantine", kind: "private",
      timeline: small([[jeanB, 10, 0, "Jeudi : brandade."]], 3),
      members: [member(me), member(jeanB, "administrator")],
      summary: { lowPriority: true, unreadMessages: 31, muted: true },
      details: { can: { ...modest, send: false, react: false } },
    },
  ];
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
      can: modest, history: "shared", ...seed.details,
    }),
    timeline: new List(seed.timeline),
    older: seed.older ?? [],
    members: new List(seed.members),
    typing: new State<Sender[]>([]),
    paging: new Topic(),
    draft: summary.draft ? { markdown: summary.draft, mode: { kind: "new" } } : null,
  };
}

/** Rooms without end, to feel the weight of a list. */
function manyRooms(count: number): RoomSeed[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `!many${i}`, name: `Groupe de travail n° ${i + 1}`, kind: "private" as const,
    timeline: small([[karim, 9, i % 60, `Compte rendu n° ${i + 1}`]], 4 + (i % 20)), members: [member(me), member(karim, "administrator")],
  }));
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
    history: new State<HistoryProgress>({ roomsDone: 0, roomsTotal: 0 }),
    navigation: new Topic(),
    attachments: new Topic(),
    list: new List(summaries),
    rooms,
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
    default:
      return { kind: "online" };
  }
}
