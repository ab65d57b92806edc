import { describe, expect, it } from "vitest";

import type { Member } from "../../ipc/bindings";
import { findMembers } from "./findMembers";

const member = (local: string, name: string, change: Partial<Member> = {}): Member => ({
  userId: `@${local}:interieur.example`,
  name,
  ambiguous: false,
  avatar: null,
  guest: false,
  membership: "joined",
  role: "user",
  powerLevel: 0,
  own: false,
  ignored: false,
  canChange: false,
  ...change,
});

const members = [
  member("claire", "Claire Lefèvre", { own: true }),
  member("sophie", "Sophie Marchand"),
  member("karim", "Karim Benali"),
  member("helene", "Hélène Dupuis"),
  member("eloi", "Éloi Karimov"),
  member("marc", "Marc Oliveira", { membership: "invited" }),
  member("banni", "Bernard Banni", { membership: "banned" }),
  member("ignore", "Ivan Ignoré", { ignored: true }),
];
const names = (typed: string, recent: string[] = [], room = false) => findMembers(members, typed, recent, room).map((one) => one.name);

describe("who may be mentioned", () => {
  it("is found without accents and case", () => {
    expect(names("hele")).toEqual(["Hélène Dupuis"]);
    expect(names("ÉLO")).toEqual(["Éloi Karimov"]);
  });
  it("comes by the start of the name, then by the start of another word", () => {
    expect(names("karim")).toEqual(["Karim Benali", "Éloi Karimov"]);
    expect(names("dupuis")).toEqual(["Hélène Dupuis"]);
    expect(names("karim b")).toEqual(["Karim Benali"]);
  });
  it("comes by when they wrote, when nothing is typed, then by name", () => {
    expect(names("", ["@sophie:interieur.example", "@karim:interieur.example"])).toEqual([
      "Sophie Marchand",
      "Karim Benali",
      "Éloi Karimov",
      "Hélène Dupuis",
      "Marc Oliveira",
    ]);
  });
  it("is not oneself, nor who is gone or ignored", () => {
    for (const typed of ["claire", "bernard", "ivan"]) expect(names(typed), typed).toEqual([]);
  });
  it("is found by id", () => {
    expect(findMembers([member("zz.top", "Anne")], "zz", [], false).map((one) => one.id)).toEqual(["@zz.top:interieur.example"]);
  });
  it("is everybody only where that is permitted", () => {
    expect(names("room", [], false)).toEqual([]);
    expect(names("room", [], true)).toEqual(["room"]);
    expect(names("sal", [], true), "in French").toEqual(["room"]);
    expect(names("", [], true).at(-1), "not in the way").toBe("room");
  });
  it("is eight at the most", () => {
    const many = Array.from({ length: 30 }, (_, i) => member(`a${i}`, `Anne ${i}`));
    expect(findMembers(many, "anne", [], true)).toHaveLength(8);
    expect(findMembers(many, "", [], true)).toHaveLength(8);
  });
});
