import type { Text } from "../i18n/text";
import type { EventItem, StateChange } from "../ipc/bindings";
import { wordLifetime } from "../retention/lifetimes";

type Own = "yes" | "no";

/** A change of state in a sentence: "Inès Haddad a invité Claire Lefèvre". */
export function wordChange(text: Text, sender: string, own: boolean, change: StateChange): string {
  const who = { sender, own: (own ? "yes" : "no") as Own };
  switch (change.kind) {
    case "membership": {
      const words = text(`change-membership-${change.change}`, { ...who, target: change.target });
      return change.reason ? text("change-reason", { words, reason: change.reason }) : words;
    }
    case "profile":
      return wordProfile(text, who, change);
    case "roomName":
      return change.name ? text("change-room-name", { ...who, name: change.name }) : text("change-room-name-removed", who);
    case "roomTopic":
      return change.topic ? text("change-room-topic", { ...who, topic: change.topic }) : text("change-room-topic-removed", who);
    case "joinRules":
      return text(change.public ? "change-join-public" : "change-join-invite", who);
    case "historyVisibility":
      return text(`change-history-${change.visibility}`, who);
    case "timer":
      return change.lifetime === null ? text("change-timer-off", who) : text("change-timer-set", { ...who, time: wordLifetime(text, change.lifetime) });
    default:
      return text(`change-${change.kind}`, who);
  }
}

function wordProfile(text: Text, who: { sender: string; own: Own }, change: Extract<StateChange, { kind: "profile" }>): string {
  const { target, oldName, newName, avatarChanged } = change;
  const args = { ...who, target, name: newName ?? "" };
  if (oldName === newName) return text(avatarChanged ? "change-profile-avatar" : "change-profile", args);
  if (newName === null) return text("change-profile-name-removed", args);
  return text(avatarChanged ? "change-profile-name-avatar" : "change-profile-name", args);
}

/** What a group of changes comes to, the most telling first: "2 arrivées · 1 autre changement". */
export function wordChanges(text: Text, events: readonly EventItem[]): string {
  const counts: Record<Sort, number> = { joined: 0, left: 0, invited: 0, profile: 0, other: 0 };
  for (const { body } of events) if (body.kind === "state") counts[sortOf(body.change)] += 1;
  return sorts
    .filter((sort) => counts[sort] > 0)
    .map((sort) => text(`changes-${sort}`, { count: counts[sort] }))
    .join(" · ");
}

const sorts = ["joined", "left", "invited", "profile", "other"] as const;
type Sort = (typeof sorts)[number];

function sortOf(change: StateChange): Sort {
  if (change.kind === "profile") return "profile";
  if (change.kind !== "membership") return "other";
  switch (change.change) {
    case "joined":
    case "invitationAccepted":
    case "knockAccepted":
      return "joined";
    case "left":
    case "removed":
    case "banned":
    case "invitationRejected":
      return "left";
    case "invited":
      return "invited";
    default:
      return "other";
  }
}
