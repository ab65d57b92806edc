import { expect, test } from "vitest";

import { readText } from "./tree";

test("the words of a text are read without its signs, on one line", () => {
  expect(readText("**Oui** à [Anne](https://matrix.to/#/@anne:exemple.fr),  \nà *demain*\n\n- un\n- deux\n\n> cité")).toBe(
    "Oui à Anne, à demain un deux cité",
  );
  expect(readText("deux * trois = six")).toBe("deux * trois = six");
  expect(readText("```\nlet a = 1;\n```")).toBe("let a = 1;");
  expect(readText("")).toBe("");
});
