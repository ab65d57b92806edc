import type { Member, RoomDetails, RoomKind, RoomSummary, TimelineItem } from "../bindings";
import { bernard, crowd, helene, ines, jeanA, jeanB, karim, marc, me, member, paul, sophie, yann } from "./people";
import { at, crisis, fleeting, forum, gallery, small } from "./timelines";

/** What a room of the invented ministry begins with. */
export interface RoomSeed {
  id: string;
  name: string;
  kind: RoomKind;
  timeline: TimelineItem[];
  older?: TimelineItem[];
  members: Member[];
  summary?: Partial<RoomSummary>;
  details?: Partial<RoomDetails>;
}

const full = { send: true, react: true, redactOthers: true, invite: true, remove: true, ban: true, setName: true, setTopic: true, setAvatar: true, setRoles: true, setTimer: true, notifyRoom: true, openToGuests: false };
export const modest = { ...full, redactOthers: false, remove: false, ban: false, setName: false, setTopic: false, setAvatar: false, setRoles: false, setTimer: false, notifyRoom: false };

export function seeds(): RoomSeed[] {
  const inCrisis = crisis();
  const onForum = forum();
  return [
    {
      id: "!crise", name: "Cellule de crise — inondations", kind: "private",
      timeline: inCrisis.recent, older: inCrisis.older,
      members: [member(me, "creator"), member(karim, "administrator"), member(sophie, "moderator"), member(helene), member(paul), member(ines), member(jeanA), member(jeanB), member(yann, "user", { membership: "invited" })],
      summary: { favourite: true },
      details: { topic: "Suivi de la crue du Loing. Point toutes les trois heures ; rien de nominatif ici.", can: { ...full, openToGuests: true } },
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
      id: "!astreinte", name: "Astreinte préfecture", kind: "open",
      timeline: fleeting(),
      members: [member(me, "moderator"), member(yann, "administrator"), member(paul)],
      details: { retention: { timer: 7 * 86_400_000, serverMax: 365 * 86_400_000, deviceMax: 30 * 86_400_000, allowed: null } },
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
      id: "!cantine", name: "Menus de la cantine", kind: "unencrypted",
      timeline: small([[jeanB, 10, 0, "Jeudi : brandade."]], 3),
      members: [member(me), member(jeanB, "administrator")],
      summary: { encrypted: false, lowPriority: true, unreadMessages: 31, muted: true },
      details: { can: { ...modest, send: false, react: false } },
    },
  ];
}

/** Rooms without end, to feel the weight of a list. */
export function manyRooms(count: number): RoomSeed[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `!many${i}`, name: `Groupe de travail n° ${i + 1}`, kind: "private" as const,
    timeline: small([[karim, 9, i % 60, `Compte rendu n° ${i + 1}`]], 4 + (i % 20)), members: [member(me), member(karim, "administrator")],
  }));
}
