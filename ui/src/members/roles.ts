import type { Member, MemberRole, RoomPermissions } from "../ipc/bindings";
import type { MemberAct } from "../stores/roomDialog";

/** Roles that can be given; a creator is one for ever. */
export const givenRoles = ["user", "moderator", "administrator"] as const satisfies readonly MemberRole[];

export type GivenRole = (typeof givenRoles)[number];

const levels: Record<MemberRole, number> = { user: 0, moderator: 50, administrator: 100, creator: Number.MAX_SAFE_INTEGER };

/** What `own` may make of `member`: nobody gives more than they have, and guests get nothing. */
export function rolesFor(own: Member, member: Member): GivenRole[] {
  if (member.role === "creator") return [];
  return givenRoles.filter((role) => role === member.role || (levels[role] <= own.powerLevel && (role === "user" || !member.guest)));
}

/** What must be known before a role is given. */
export type RoleWarning = "equal" | "self" | "lastAdministrator";

export function roleWarning(members: readonly Member[], own: Member, member: Member, role: MemberRole): RoleWarning | null {
  if (role === member.role) return null;
  if (member.own) {
    if (levels[role] >= member.powerLevel) return null;
    return isLastAdministrator(members) ? "lastAdministrator" : "self";
  }
  // A creator stands above every level and can take it back.
  return own.role !== "creator" && levels[role] >= own.powerLevel ? "equal" : null;
}

function administers(member: Member): boolean {
  return member.membership === "joined" && (member.role === "administrator" || member.role === "creator");
}

/** The user administers the room, others are in it, and nobody else could take over. */
export function isLastAdministrator(members: readonly Member[]): boolean {
  const own = members.find((member) => member.own);
  if (!own || !administers(own)) return false;
  const others = members.filter((member) => !member.own && member.membership === "joined");
  return others.length > 0 && !others.some(administers);
}

/** What the user may ask about a member, in the order of a menu. */
export function memberActs(can: RoomPermissions, member: Member): MemberAct[] {
  const inside = member.membership === "joined" || member.membership === "invited";
  if (member.own) return can.setRoles && inside && member.role !== "creator" && member.powerLevel > 0 ? ["role"] : [];
  const acts: MemberAct[] = [];
  const given = member.role !== "creator" && !(member.guest && member.role === "user");
  if (inside && member.canChange && can.setRoles && given) acts.push("role");
  acts.push(member.ignored ? "unignore" : "ignore");
  if (inside && member.canChange && can.remove) acts.push(member.membership === "joined" ? "remove" : "uninvite");
  if (inside && member.canChange && can.ban) acts.push("ban");
  if (member.membership === "banned" && can.ban) acts.push("unban");
  return acts;
}
