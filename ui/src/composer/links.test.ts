import { expect, it } from "vitest";

import { completeUrl } from "./links";

it.each([
  ["https://exemple.gouv.fr/a?b", "https://exemple.gouv.fr/a?b"],
  ["www.exemple.gouv.fr/note", "https://www.exemple.gouv.fr/note"],
  [" exemple.fr ", "https://exemple.fr"],
  ["exemple.fr:8080/a", "https://exemple.fr:8080/a"],
  ["agent@exemple.gouv.fr", "mailto:agent@exemple.gouv.fr"],
  ["mailto:agent@exemple.gouv.fr", "mailto:agent@exemple.gouv.fr"],
  ["", null],
  ["deux mots.fr", null],
  ["mot", null],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["file:///etc/passwd", null],
  ["https://", null],
])("%j leads to %j", (typed, url) => {
  expect(completeUrl(typed)).toBe(url);
});
