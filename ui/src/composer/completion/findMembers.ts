import type { Member } from "../../ipc/bindings";
import { fold, rank } from "../../rooms/fold";
import { everybody } from "../markdown/mentions";

/** Somebody to mention. */
export interface Mentionable {
  /** User id, or `everybody`. */
  id: string;
  name: string;
  avatar: string | null;
  /** Told apart by the id. */
  ambiguous: boolean;
}

/** What one types for everybody, in either language. */
const names = ["room", "salon", "tous", "tout le monde", "everybody", "all"];

export const mostMembers = 8;

/**
 * The best for what is typed: by name, then by id; among equals those who wrote last, then by name.
 * `recent` are user ids, the latest first.
 */
export function findMembers(
  members: readonly Member[],
  typed: string,
  recent: readonly string[],
  mayNotifyRoom: boolean,
): Mentionable[] {
  const wanted = fold(typed.trim());
  const found = members
    .filter((member) => !member.own && !member.ignored && (member.membership === "joined" || member.membership === "invited"))
    .flatMap((member) => {
      const place = placeOf(member, wanted);
      const spoke = recent.indexOf(member.userId);
      return place === null ? [] : [{ member, place, spoke: spoke < 0 ? recent.length : spoke }];
    })
    .sort((a, b) => a.place - b.place || a.spoke - b.spoke || a.member.name.localeCompare(b.member.name, "fr"))
    .map(({ member }) => ({ id: member.userId, name: member.name, avatar: member.avatar, ambiguous: member.ambiguous }));
  if (!mayNotifyRoom || !names.some((name) => name.startsWith(wanted))) return found.slice(0, mostMembers);
  const all = { id: everybody, name: "room", avatar: null, ambiguous: false };
  // Asked for by name it goes first; else it is not in the way.
  return wanted === "" ? [...found.slice(0, mostMembers - 1), all] : [all, ...found].slice(0, mostMembers);
}

function placeOf(member: Member, wanted: string): number | null {
  if (wanted === "") return 0;
  const byName = rank(fold(member.name), wanted);
  if (byName !== null && byName < 2) return byName;
  const local = fold(member.userId.slice(1).split(":")[0] ?? "");
  if (local.startsWith(wanted) || fold(member.userId).startsWith(`@${wanted}`)) return 2;
  return byName === null ? null : 3;
}
