import { describe, expect, it } from "vitest";

import type { Member } from "../ipc/bindings";
import { crowd, helene, ines, jeanA, jeanB, karim, member, sophie, yann } from "../ipc/fake/people";
import { memberRows, sortMembers } from "./memberRows";

const members = sortMembers([
  member(yann, "user", { membership: "invited" }),
  member(jeanB),
  member(ines),
  member(sophie, "moderator"),
  member(karim, "administrator"),
  member(helene, "user", { membership: "banned" }),
  member(jeanA, "user", { membership: "left" }),
]);

const keys = (rows: ReturnType<typeof memberRows>) => rows.map((row) => row.key);

describe("memberRows", () => {
  it("draws who can do most first, then by name, and those who are not in the room below", () => {
    expect(keys(memberRows(members, ""))).toEqual([
      "section-joined", karim.userId, sophie.userId, ines.userId, jeanB.userId,
      "section-invited", yann.userId,
      "section-banned", helene.userId,
    ]);
  });

  it("leaves out those who left", () => {
    expect(keys(memberRows(members, ""))).not.toContain(jeanA.userId);
  });

  it.each([
    ["ines", [ines.userId]],
    ["INÈS", [ines.userId]],
    ["helene", [helene.userId]],
    ["meteo.example", [helene.userId]],
    ["martin jean", [jeanB.userId]],
    ["@karim", [karim.userId]],
    ["personne", []],
  ])("finds by name or address, whatever the accents and the case: %s", (filter, expected) => {
    expect(keys(memberRows(members, filter)).filter((key) => key.startsWith("@"))).toEqual(expected);
  });

  it("counts places within a section", () => {
    const rows = memberRows(members, "");
    expect(rows.find((row) => row.key === sophie.userId)).toMatchObject({ position: 2, of: 4 });
  });

  it("sorts accents among their letters", () => {
    const named = (name: string): Member => member({ userId: `@${name}:x`, name, ambiguous: false, avatar: null, guest: false });
    expect(sortMembers(["Zoé", "Émile", "Fanny", "Denis"].map(named)).map((one) => one.name)).toEqual(["Denis", "Émile", "Fanny", "Zoé"]);
  });

  it("takes thousands", () => {
    const many = sortMembers(crowd(2000).map((who) => member(who)));
    expect(memberRows(many, "").length).toBe(2001);
  });
});
