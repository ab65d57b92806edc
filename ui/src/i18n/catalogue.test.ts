// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { parse, type Message, type Pattern, type Resource, Visitor } from "@fluent/syntax";
import { describe, expect, test } from "vitest";

import { wordsUsed } from "../testing/usedWords";
import { bundleOf, catalogueFiles, type Words } from "./catalogue";

const languages: readonly Words[] = ["fr", "en"];

interface Entry {
  file: string;
  variables: Set<string>;
  attributes: string[];
  /** Every text of it, placeables left out as ␣. */
  texts: string[];
}

function parsed(words: Words): [file: string, resource: Resource][] {
  return catalogueFiles(words).map(([file, source]) => [file, parse(source, { withSpans: false })]);
}

class Reader extends Visitor {
  readonly variables = new Set<string>();
  readonly texts: string[] = [];

  override visitPattern(pattern: Pattern): void {
    this.texts.push(pattern.elements.map((element) => (element.type === "TextElement" ? element.value : "␣")).join(""));
    this.genericVisit(pattern);
  }

  override visitVariableReference(reference: { id: { name: string } }): void {
    this.variables.add(reference.id.name);
  }
}

function entryOf(file: string, message: Message): Entry {
  const reader = new Reader();
  reader.visit(message);
  return { file, variables: reader.variables, attributes: message.attributes.map(({ id }) => id.name).sort(), texts: reader.texts };
}

function entriesOf(words: Words): Map<string, Entry> {
  const all = new Map<string, Entry>();
  for (const [file, resource] of parsed(words)) {
    for (const message of resource.body) if (message.type === "Message") all.set(message.id.name, entryOf(file, message));
  }
  return all;
}

const fr = entriesOf("fr");
const en = entriesOf("en");
const used = wordsUsed(fileURLToPath(new URL("../../tsconfig.json", import.meta.url)));

/** Ids the shell says, by name (see words.rs). */
function saidByTheShell(): Set<string> {
  const folder = fileURLToPath(new URL("../../../src-tauri/src", import.meta.url));
  const rust = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".rs"));
  return new Set(rust.flatMap((name) => [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/"([a-z]+(?:-[a-zA-Z]+)+)"/g)].map(([, id = ""]) => id)));
}

describe("the catalogue", () => {
  test.each(languages)("%s is read whole: no entry is lost to a slip of the pen", (words) => {
    const junk = parsed(words).flatMap(([file, { body }]) =>
      body.filter((entry) => entry.type === "Junk").map((entry) => `${file}: ${entry.content.split("\n")[0]}`),
    );
    expect(junk).toEqual([]);
  });

  test.each(languages)("%s says each thing once", (words) => {
    const ids = parsed(words).flatMap(([, { body }]) => body.flatMap((entry) => (entry.type === "Message" ? [entry.id.name] : [])));
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  });

  test("French and English say the same things, in files of the same name", () => {
    const ids = (entries: Map<string, Entry>) => [...entries].map(([id, { file }]) => `${file} ${id}`).sort();
    expect(ids(en)).toEqual(ids(fr));
  });

  test("with the same variables and attributes", () => {
    const shape = (entries: Map<string, Entry>) =>
      Object.fromEntries([...entries].map(([id, { variables, attributes }]) => [id, { variables: [...variables].sort(), attributes }]));
    expect(shape(en)).toEqual(shape(fr));
  });

  test.each(languages)("%s can be worded without an error, whatever the number", (words) => {
    const bundle = bundleOf(words);
    const errors: string[] = [];
    for (const [id, { variables }] of fr) {
      for (const number of [0, 1, 2, 1000]) {
        const args = Object.fromEntries([...variables].map((name) => [name, number]));
        const pattern = bundle.getMessage(id)?.value;
        const wrong: Error[] = [];
        if (pattern) bundle.formatPattern(pattern, args, wrong);
        else errors.push(`${id}: nothing to say`);
        errors.push(...wrong.map((error) => `${id}: ${error.message}`));
      }
    }
    expect(errors).toEqual([]);
  });
});

/** Ids whose end the types do not tell: a group of emojis, a tone of skin, an emoji of a verification. */
const openEnded = ["emoji-group-*", "emoji-tone-*", "sas-emoji-*"];
const known = used.flatMap(({ where, ids, args }) => ids.filter((id) => !id.includes("*")).map((id) => ({ where, id, args })));

describe("the page", () => {
  test("is asked for its words in a way that can be checked", () => {
    expect(used.length).toBeGreaterThan(150);
    const unknown = used.flatMap(({ where, ids }) => ids.filter((id) => id.includes("*") && !openEnded.includes(id)).map((id) => `${where} ${id}`));
    expect(unknown, "give these a type of which every value is known").toEqual([]);
  });

  test("asks only for words there are", () => {
    expect(known.filter(({ id }) => !fr.has(id)).map(({ where, id }) => `${where} ${id}`)).toEqual([]);
  });

  test("gives each message the variables it needs", () => {
    const missing = known.flatMap(({ where, id, args }) =>
      [...(fr.get(id)?.variables ?? [])].filter((name) => !args.includes(name)).map((name) => `${where} ${id} $${name}`),
    );
    expect(missing).toEqual([]);
  });

  test("or the shell says every message", () => {
    const said = new Set([...known.map(({ id }) => id), ...saidByTheShell()]);
    const counted = openEnded.map((id) => new RegExp(`^${id.replace("*", "[a-z0-9]+")}$`));
    expect([...fr.keys()].filter((id) => !said.has(id) && !counted.some((pattern) => pattern.test(id)))).toEqual([]);
  });
});

/** A slip of the pen, and what shows it. */
const slips: Record<Words, [why: string, slip: RegExp][]> = {
  fr: [
    ["a straight apostrophe or quote", /['"]/],
    ["three dots for an ellipsis", /\.\.\./],
    ["two spaces", / {2}/],
    ["a space that may break before ; : ! ? % or »", / [;:!?%»]/],
    ["no space before ; ! or ?", /[^\s\u00a0\u202f;!?][;!?](?=\s|$)/],
    ["no space before :", /[^\s\u00a0\u202f]:(?=\s|$)/],
    ["a space that may break after «, or none", /«[^\u00a0\u202f]/],
    ["words nobody at a ministry knows", /homeserver|mxid|matrix id|\bbackend\b|\bAPI\b|\btoken\b|\bdevice\b/i],
    ["chat for salon", /\bchats?\b/i],
  ],
  en: [
    ["a straight apostrophe or quote", /['"]/],
    ["three dots for an ellipsis", /\.\.\./],
    ["two spaces", / {2}/],
    ["a space before punctuation", /\s[;:!?%]/],
    ["words nobody at a ministry knows", /homeserver|mxid|matrix id/i],
  ],
};

describe("typography", () => {
  test.each(languages)("%s", (words) => {
    // The emojis of a verification have the names that the specification gives them.
    const entries = [...(words === "fr" ? fr : en)].filter(([id]) => !id.startsWith("sas-emoji-"));
    const found = entries.flatMap(([id, { texts }]) =>
      texts.flatMap((text) => slips[words].filter(([, slip]) => slip.test(text)).map(([why]) => `${id}: ${why}: ${text}`)),
    );
    expect(found).toEqual([]);
  });
});
