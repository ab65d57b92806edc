import { describe, expect, it } from "vitest";

import { asUserId, serverOf } from "./userId";

describe("asUserId", () => {
  it.each(["@prenom.nom:ministere.example", " @a:b ", "@x=2F:localhost:8448", "@Old_Style:matrix.example", "@v6:[::1]:80"])("takes %s", (typed) => {
    expect(asUserId(typed)).toBe(typed.trim());
  });

  it.each(["", "jean", "jean@ministere.example", "@jean", "@jean:", "@:a.example", "@jean martin:a.example", "@jean:a b", "@é:a.example", `@${"a".repeat(255)}:b`])(
    "leaves %s alone",
    (typed) => {
      expect(asUserId(typed)).toBeNull();
    },
  );
});

describe("serverOf", () => {
  it("is what follows the first colon", () => {
    expect(serverOf("!abc:a.example:8448")).toBe("a.example:8448");
    expect(serverOf("!abcdef"), "rooms of version 12 name none").toBeNull();
  });
});
