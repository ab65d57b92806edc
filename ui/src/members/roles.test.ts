import { describe, expect, it } from "vitest";

import type { Member, MemberRole, RoomPermissions } from "../ipc/bindings";
import { isLastAdministrator, memberActs, rolesFor, roleWarning } from "./roles";

const levels: Record<MemberRole, number> = { user: 0, moderator: 50, administrator: 100, creator: 2147483647 };

function person(name: string, role: MemberRole, change: Partial<Member> = {}): Member {
  return {
    userId: `@${name}:a.example`, name, ambiguous: false, avatar: null, guest: false, membership: "joined", role, powerLevel: levels[role],
    own: name === "me", ignored: false, canChange: name !== "me", ...change,
  };
}

const all: RoomPermissions = {
  send: true, react: true, redactOthers: true, invite: true, remove: true, ban: true, setName: true, setTopic: true,
  setAvatar: true, setRoles: true, setTimer: true, notifyRoom: true, openToGuests: true,
};
const none = Object.fromEntries(Object.keys(all).map((key) => [key, false])) as unknown as RoomPermissions;

describe("rolesFor", () => {
  it("lets nobody give more than they have", () => {
    expect(rolesFor(person("me", "moderator"), person("her", "user"))).toEqual(["user", "moderator"]);
    expect(rolesFor(person("me", "administrator"), person("her", "user"))).toEqual(["user", "moderator", "administrator"]);
  });

  it("gives guests no power, and can take what they have", () => {
    const guest = (role: MemberRole) => person("them", role, { guest: true });
    expect(rolesFor(person("me", "administrator"), guest("user"))).toEqual(["user"]);
    expect(rolesFor(person("me", "administrator"), guest("moderator"))).toEqual(["user", "moderator"]);
    expect(memberActs(all, guest("user"))).not.toContain("role");
    expect(memberActs(all, guest("moderator"))).toContain("role");
  });

  it("offers the role one has, also when it is out of reach", () => {
    expect(rolesFor(person("me", "moderator"), person("him", "administrator"))).toContain("administrator");
  });

  it("offers nothing for a creator, who is one for ever", () => {
    expect(rolesFor(person("me", "creator"), person("him", "creator"))).toEqual([]);
  });
});

describe("roleWarning", () => {
  const me = person("me", "administrator");
  const her = person("her", "user");

  it("warns before giving as much as one has: it cannot be taken back", () => {
    expect(roleWarning([me, her], me, her, "administrator")).toBe("equal");
    expect(roleWarning([me, her], me, her, "moderator")).toBeNull();
  });

  it("does not when one stands above every level", () => {
    const creator = person("me", "creator");
    expect(roleWarning([creator, her], creator, her, "administrator")).toBeNull();
  });

  it("warns before giving up one's own rights, more so for the last who administers", () => {
    const other = person("him", "administrator");
    expect(roleWarning([me, other], me, me, "user")).toBe("self");
    expect(roleWarning([me, her], me, me, "moderator")).toBe("lastAdministrator");
  });

  it("says nothing while nothing changes", () => {
    expect(roleWarning([me, her], me, me, "administrator")).toBeNull();
  });
});

describe("isLastAdministrator", () => {
  const me = person("me", "administrator");

  it.each<[string, Member[], boolean]>([
    ["others are members only", [me, person("her", "user"), person("him", "moderator")], true],
    ["another administers too", [me, person("her", "administrator")], false],
    ["a creator is there", [me, person("her", "creator")], false],
    ["the other who administers is only invited", [me, person("her", "administrator", { membership: "invited" }), person("him", "user")], true],
    ["nobody else is left: nobody is let down", [me], false],
    ["one does not administer", [person("me", "moderator"), person("her", "user")], false],
    ["the members are not known yet", [], false],
  ])("%s", (_, members, expected) => {
    expect(isLastAdministrator(members)).toBe(expected);
  });
});

describe("memberActs", () => {
  it("offers everything to who may do everything", () => {
    expect(memberActs(all, person("her", "user"))).toEqual(["role", "ignore", "remove", "ban"]);
  });

  it("offers only ignoring to who may do nothing", () => {
    expect(memberActs(none, person("her", "user"))).toEqual(["ignore"]);
    expect(memberActs(none, person("her", "user", { ignored: true }))).toEqual(["unignore"]);
  });

  it("leaves alone who stands as high", () => {
    expect(memberActs(all, person("him", "administrator", { canChange: false }))).toEqual(["ignore"]);
  });

  it("withdraws an invitation, lifts a ban", () => {
    expect(memberActs(all, person("her", "user", { membership: "invited" }))).toContain("uninvite");
    const banned = memberActs(all, person("her", "user", { membership: "banned" }));
    expect(banned).toEqual(["ignore", "unban"]);
  });

  it("lets one step down, but never remove or ignore oneself", () => {
    expect(memberActs(all, person("me", "administrator"))).toEqual(["role"]);
    expect(memberActs(all, person("me", "user"))).toEqual([]);
    expect(memberActs(all, person("me", "creator"))).toEqual([]);
  });
});
