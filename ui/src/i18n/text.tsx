import type { FluentVariable } from "@fluent/bundle";
import { LocalizationProvider, ReactLocalization, useLocalization } from "@fluent/react";
import { type ReactNode, useEffect, useMemo } from "react";

import { bundleOf, type Words } from "./catalogue";

/** Words a message of the catalogue. */
export type Text = (id: string, args?: Record<string, FluentVariable>) => string;

const localizations = new Map<Words, ReactLocalization>();

function localizationOf(words: Words): ReactLocalization {
  const known = localizations.get(words);
  if (known) return known;
  // No markup in messages: parsing it would need innerHTML.
  const made = new ReactLocalization([bundleOf(words)], null);
  localizations.set(words, made);
  return made;
}

/** Words in `words` for all that is inside. */
export function TextProvider({ words, children }: { words: Words; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = words;
  }, [words]);
  return <LocalizationProvider l10n={localizationOf(words)}>{children}</LocalizationProvider>;
}

/** `const text = useText(); text("room-list-empty")`. */
export function useText(): Text {
  const { l10n } = useLocalization();
  return useMemo(() => (id, args) => l10n.getString(id, args), [l10n]);
}

/** The language on screen, as a locale for `Intl`. */
export function useLocale(): string {
  const { l10n } = useLocalization();
  return useMemo(() => {
    for (const bundle of l10n.bundles) return bundle.locales[0] ?? "fr-FR";
    return "fr-FR";
  }, [l10n]);
}

/** Outside components. */
export function textIn(words: Words): Text {
  return (id, args) => localizationOf(words).getString(id, args);
}
