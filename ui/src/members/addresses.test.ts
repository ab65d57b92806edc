import { describe, expect, it } from "vitest";

import { addressesIn, mostAddresses } from "./addresses";

describe("addressesIn", () => {
  it("takes addresses however they are put apart, each once", () => {
    const pasted = "@a:x.example, @b:x.example;@c:y.example\n@d:x.example @a:x.example\r\n\t@e:x.example:8448";
    expect(addressesIn(pasted).valid).toEqual(["@a:x.example", "@b:x.example", "@c:y.example", "@d:x.example", "@e:x.example:8448"]);
  });

  it("takes them out of what surrounds them", () => {
    expect(addressesIn('<@a:x.example>; "\'@b:x.example"').valid).toEqual(["@a:x.example", "@b:x.example"]);
  });

  it("names what is no address", () => {
    expect(addressesIn("anne@poste.example, @a:x.example, Nadia")).toEqual({
      valid: ["@a:x.example"],
      malformed: ["anne@poste.example", "Nadia"],
    });
    expect(addressesIn("  \n ")).toEqual({ valid: [], malformed: [] });
  });

  it("stops somewhere", () => {
    const many = Array.from({ length: mostAddresses + 5 }, (_, i) => `@u${i}:x.example`).join("\n");
    expect(addressesIn(many).valid).toHaveLength(mostAddresses);
  });
});
