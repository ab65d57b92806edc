import type { Member, MemberRole } from "../ipc/bindings";

/** Roles that can be given; a creator is one for ever. */
export const givenRoles = ["user", "moderator", "administrator"] as const satisfies readonly MemberRole[];

const levels: Record<MemberRole, number> = { user: 0, moderator: 50, administrator: 100, creator: Number.MAX_SAFE_INTEGER };

/** What `own` may make of `member`: nobody gives more than they have. */
export function rolesFor(own: Member, member: Member): MemberRole[] {
  if (member.role === "creator") return [];
  return givenRoles.filter((role) => levels[role] <= own.powerLevel || role === member.role);
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
