import { FluentBundle, FluentResource } from "@fluent/bundle";

/** Languages there is a catalogue for; French first. */
export type Words = "fr" | "en";

const files = import.meta.glob<string>("./*/*.ftl", { query: "?raw", import: "default", eager: true });

/** The catalogue's files of a language, by name. */
export function catalogueFiles(words: Words): [name: string, source: string][] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(`./${words}/`))
    .map(([path, source]) => [path.slice(`./${words}/`.length), source]);
}

/** All messages of a language. */
export function bundleOf(words: Words): FluentBundle {
  // Names are isolated by <bdi> where they are drawn; marks would end up in accessible names.
  const bundle = new FluentBundle(words === "fr" ? "fr-FR" : "en-GB", { useIsolating: false });
  for (const [name, source] of catalogueFiles(words)) {
    for (const error of bundle.addResource(new FluentResource(source))) {
      console.error(`catalogue ${words}/${name}: ${error.message}`);
    }
  }
  return bundle;
}
