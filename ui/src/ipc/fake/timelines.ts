import type { TimelineItem } from "../bindings";
import { day, media, readMarker, row, start, text } from "./messages";
import { helene, ines, jeanA, jeanB, karim, marc, me, paul, sophie, yann } from "./people";

/** Today at an hour, whatever the day. */
export function at(hour: number, minute: number, daysAgo = 0): number {
  const date = new Date();
  date.setDate(date.getDate() - daysAgo);
  date.setHours(hour, minute, 0, 0);
  return date.getTime();
}

const crisisPhrases = [
  "Bonjour à tous, la cellule est ouverte.",
  "Montargis : 3,18 m à 9 h, en hausse de 4 cm par heure.",
  "Le SDIS a deux embarcations sur place, une troisième arrive de **Gien**.",
  "Reçu. Je préviens la sous-préfecture.",
  "L’école Jean-Moulin est évacuée, 212 élèves au gymnase.",
  "Météo : encore 15 mm attendus d’ici ce soir, puis accalmie.",
  "Merci Hélène. On garde la vigilance orange.",
  "La D943 est coupée au pont de la Vallée, déviation par Amilly.",
  "Point presse à 12 h 30, je prépare les éléments de langage.",
  "Effectifs de jour : 22 agents, tous équipés.",
];

/** A hundred and twenty older messages, to scroll through. */
function crisisPast(): TimelineItem[] {
  const people = [karim, sophie, helene, me, paul, ines];
  const rows: TimelineItem[] = [start, day(at(9, 0, 2))];
  for (let i = 0; i < 120; i++) {
    if (i === 60) rows.push(day(at(8, 0, 1)));
    const phrase = crisisPhrases[i % crisisPhrases.length] ?? "";
    const who = people[(i * 7 + (i % 3)) % people.length] ?? karim;
    rows.push(row(who, at(9, 0, i < 60 ? 2 : 1) + (i % 60) * 7 * 60_000, text(i === 13 ? `${phrase}\n\nDétail dans le tableau de suivi, onglet *effectifs*.` : phrase)));
  }
  return rows;
}

export function crisis(): { older: TimelineItem[]; recent: TimelineItem[] } {
  const question = row(karim, at(17, 22), text(`[@Claire Lefèvre](${me.userId}) peux-tu confirmer les effectifs de nuit ?`), {
    highlight: true,
    reactions: [
      { key: "👍", count: 3, own: true, senders: ["Claire Lefèvre", "Sophie Marchand", "Inès Haddad"] },
      { key: "🙏", count: 1, own: false, senders: ["Hélène Dupuis"] },
    ],
  });
  const questionId = question.content.kind === "event" ? (question.content.event.eventId ?? "") : "";
  const recent = [
    day(at(0, 0)),
    row(karim, at(17, 21), text("Crue stabilisée à Montargis, 3,42 m. La préfecture maintient la vigilance orange jusqu’à demain 8 h.")),
    question,
    row(me, at(17, 24), text("Confirmé : 14 agents, relève à 6 h. Le tableau est à jour."), {
      edited: true,
      reply: {
        eventId: questionId,
        content: { kind: "ready", sender: karim, preview: { kind: "text", text: "@Claire Lefèvre peux-tu confirmer les effectifs de nuit ?" } },
      },
    }),
    row(helene, at(17, 31), {
      kind: "file",
      media: media("file-releve", "releve-stations-1800.ods", { mimetype: "application/vnd.oasis.opendocument.spreadsheet" }),
      caption: null,
    }),
    row(sophie, at(17, 33), {
      kind: "image",
      media: media("photo-crue", "quai-montargis.jpg", { mimetype: "image/jpeg", width: 960, height: 640, size: 1_240_000, thumbnail: "photo-crue" }),
      caption: [{ kind: "text", text: "Quai du Port, il y a dix minutes." }],
    }, { reactions: [{ key: "😮", count: 2, own: false, senders: ["Paul Roy", "Karim Benali"] }] }),
    readMarker,
    row(karim, at(17, 40), { kind: "undecryptable", reason: "beforeThisDevice" }),
    row(karim, at(17, 42), text("Le point de 18 h est prêt, je l’envoie à la DGSCGC."), { readBy: [sophie, helene] }),
  ];
  return { older: crisisPast(), recent };
}

/** One of everything, for whoever draws the timeline. */
export function gallery(): TimelineItem[] {
  const t = (minute: number) => at(10, minute, 1);
  return [
    start,
    day(t(0)),
    row(ines, t(0), { kind: "state", change: { kind: "roomCreated" } }),
    row(ines, t(0), { kind: "state", change: { kind: "roomEncryption" } }),
    row(ines, t(1), { kind: "state", change: { kind: "roomName", name: "Recette des messages" } }),
    row(ines, t(1), { kind: "state", change: { kind: "membership", change: "invited", target: "Claire Lefèvre", reason: null } }),
    row(me, t(2), { kind: "state", change: { kind: "membership", change: "invitationAccepted", target: "Claire Lefèvre", reason: null } }),
    row(marc, t(2), { kind: "state", change: { kind: "profile", target: "Marc Oliveira", oldName: "M. Oliveira", newName: "Marc Oliveira", avatarChanged: false } }),
    row(ines, t(3), { kind: "state", change: { kind: "other", eventType: "fr.exemple.inconnu" } }),
    row(ines, t(4), {
      kind: "text",
      style: "message",
      nodes: [
        { kind: "heading", level: 2, children: [{ kind: "text", text: "Ordre du jour" }] },
        { kind: "list", start: 1, items: [[{ kind: "text", text: "Bilan de la semaine" }], [{ kind: "text", text: "Budget : " }, { kind: "strong", children: [{ kind: "text", text: "ligne 12" }] }], [{ kind: "text", text: "Divers" }]] },
        { kind: "quote", children: [{ kind: "paragraph", children: [{ kind: "text", text: "Ce qui se conçoit bien s’énonce clairement." }] }] },
        { kind: "codeBlock", language: "sql", text: "SELECT agent, heures\n  FROM astreintes\n WHERE semaine = 48;" },
        { kind: "table", rows: [
          { header: true, cells: [[{ kind: "text", text: "Station" }], [{ kind: "text", text: "Cote" }]] },
          { header: false, cells: [[{ kind: "text", text: "Montargis" }], [{ kind: "text", text: "3,42 m" }]] },
        ] },
        { kind: "paragraph", children: [{ kind: "text", text: "Voir " }, { kind: "link", id: "link-1", host: "www.exemple.gouv.fr", children: [{ kind: "text", text: "la note" }] }, { kind: "text", text: " avant jeudi, " }, { kind: "roomMention" }, { kind: "text", text: " ; " }, { kind: "spoiler", reason: "résultat", children: [{ kind: "text", text: "adopté à l’unanimité" }] }] },
      ],
    }),
    row(yann, t(6), text("Je lis ça ce soir."), { inThread: true }),
    row(yann, t(7), { kind: "text", style: "emote", nodes: [{ kind: "text", text: "apporte le café" }] }),
    row(marc, t(8), { kind: "text", style: "notice", nodes: [{ kind: "text", text: "Sauvegarde terminée sans erreur." }] }),
    row(sophie, t(9), { kind: "image", media: media("plan-salle", "plan-salle.png", { mimetype: "image/png", width: 480, height: 720, thumbnail: "plan-salle", size: 86_000 }), caption: null }),
    row(sophie, t(10), { kind: "video", media: media("video-drone-bytes", "survol.mp4", { mimetype: "video/mp4", width: 640, height: 360, durationMs: 73_000, thumbnail: "video-drone", size: 18_400_000 }), caption: null }),
    row(karim, t(11), { kind: "audio", media: media("voice", "message-vocal.ogg", { mimetype: "audio/ogg", durationMs: 12_000, size: 52_000 }), voice: true, caption: null }),
    row(karim, t(12), { kind: "audio", media: media("song", "conference.mp3", { mimetype: "audio/mpeg", durationMs: 1_812_000, size: 29_000_000 }), voice: false, caption: null }),
    row(ines, t(13), { kind: "sticker", media: media("sticker-bravo", "Bravo", { mimetype: "image/svg+xml", width: 200, height: 200, thumbnail: "sticker-bravo" }) }),
    row(paul, t(14), { kind: "location", description: "Gare de Montargis", geoUri: "geo:48.0065,2.7430" }),
    row(marc, t(15), { kind: "poll", question: "Réunion jeudi à quelle heure ?", answers: [{ text: "9 h 30", votes: 4, own: true }, { text: "14 h", votes: 2, own: false }], ended: false, disclosed: true }),
    row(yann, t(16), { kind: "redacted", by: "Yann Le Bihan" }),
    row(yann, t(17), { kind: "undecryptable", reason: "waiting" }),
    row(yann, t(18), { kind: "undecryptable", reason: "withheld" }),
    row(yann, t(18), { kind: "undecryptable", reason: "backupLocked" }),
    row(yann, t(18), { kind: "undecryptable", reason: "backupIncomplete" }),
    row(yann, t(19), { kind: "call", missed: true }),
    row(yann, t(20), { kind: "unsupported", eventType: "org.exemple.carte" }),
    row(marc, t(21), text("Ce message est arrivé en clair."), { warning: "sentInClear" }),
    row(me, t(22), text("Celui-ci part encore…"), { eventId: null, transactionId: "txn1", sendState: { kind: "sending", progress: null } }),
    row(me, t(23), text("Celui-là n’est pas parti."), { eventId: null, transactionId: "txn2", sendState: { kind: "failed", recoverable: true, code: "offline" } }),
    row(me, t(24), { kind: "file", media: media("file-note", "note-cadrage-v3.odt", { size: 4_200_000 }), caption: null }, { eventId: null, transactionId: "txn3", sendState: { kind: "sending", progress: { current: 1_700_000, total: 4_200_000 } } }),
    row(me, t(25), text("Bien reçu."), { sendState: { kind: "sent" }, reply: { eventId: "$gone", content: { kind: "unavailable" } } }),
  ];
}

/** A few lines in a room that nobody tests closely. */
export function small(phrases: [who: typeof me, hour: number, minute: number, words: string][], daysAgo = 0): TimelineItem[] {
  return [start, day(at(0, 0, daysAgo)), ...phrases.map(([who, hour, minute, words]) => row(who, at(hour, minute, daysAgo), text(words)))];
}

/** A room whose messages disappear: one of them soon, and one that answers what has disappeared. */
export function fleeting(): TimelineItem[] {
  const [hour, now] = [3_600_000, Date.now()];
  return [
    start,
    day(at(0, 0)),
    row(yann, at(13, 50), { kind: "state", change: { kind: "timer", lifetime: 7 * 24 * hour } }),
    row(yann, at(13, 58), text("Passage de consigne fait."), { endsAt: now + 5.5 * 24 * hour }),
    row(yann, at(13, 59), text("Code du portail jusqu’à 15 h : 4417."), { endsAt: now + 42.5 * 60_000 }),
    row(me, at(14, 2), text("Bien reçu, je prends la suite."), {
      endsAt: now + 6.5 * 24 * hour,
      reply: { eventId: "$gone", content: { kind: "gone" } },
    }),
    row(paul, at(14, 5), text("Rien à signaler de mon côté.")),
  ];
}

/** A forum where twelve messages came since it was read; the older half has to be fetched. */
export function forum(): { older: TimelineItem[]; recent: TimelineItem[] } {
  const phrases = [
    "Le guide est en ligne.",
    "Merci ! La partie sur les tableaux de données est très claire ; il manque peut-être un exemple avec des cellules fusionnées, que nos services produisent souvent.",
    "Une question : pour une image qui ne fait qu’illustrer, vaut-il mieux une alternative vide ou une courte description ?",
    "Vide, si elle n’apporte rien au texte. Le critère 1.2 le dit bien.",
    "Atelier lecteurs d’écran mardi à 14 h, salle 3 et à distance. Venez avec une page à essayer.",
    "Je viendrai avec le formulaire de congés.",
  ];
  const people = [jeanA, ines, jeanB, marc];
  const said = (i: number) => row(people[(i * 3 + (i % 2)) % people.length] ?? ines, at(9, 0) + i * 9 * 60_000, text(phrases[i % phrases.length] ?? ""));
  const older = [start, day(at(0, 0)), ...Array.from({ length: 24 }, (_, i) => said(i))];
  const unread = [...Array.from({ length: 11 }, (_, i) => said(i + 28)), row(ines, at(15, 20), text("Nouvelle grille RGAA publiée"))];
  return { older, recent: [...Array.from({ length: 4 }, (_, i) => said(i + 24)), readMarker, ...unread] };
}
