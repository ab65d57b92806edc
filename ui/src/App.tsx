import { useEffect } from "react";
import { I18nProvider } from "react-aria-components";

import { TextProvider, useLocale, useText } from "./i18n/text";
import { Toasts } from "./kit/Toasts";
import { useKey } from "./keys";
import { session } from "./stores/session";
import { app, changeSettings, settings, wordsOf, zoomStep } from "./stores/settings";
import { useStore } from "./stores/store";
import { SessionScreen } from "./views/SessionScreen";

/** Words, colours and density around whatever screen the account's state asks for. */
export function App() {
  const { language, theme, density } = useStore(settings);
  const systemLanguage = useStore(app, (info) => info.systemLanguage);
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = theme;
    root.dataset.density = density;
  }, [theme, density]);
  useZoomKeys();
  return (
    <TextProvider words={wordsOf(language, systemLanguage)}>
      <Inside />
    </TextProvider>
  );
}

function Inside() {
  const text = useText();
  const state = useStore(session);
  return (
    <I18nProvider locale={useLocale()}>
      <SessionScreen state={state.value} error={state.error} />
      <Toasts label={text("notifications-region")} closeLabel={text("close")} />
    </I18nProvider>
  );
}

function useZoomKeys() {
  const zoomTo = (zoom: number) => void changeSettings({ zoom }).catch(() => {});
  useKey("zoom-in", () => zoomTo(zoomStep(settings.get().zoom, 1)));
  useKey("zoom-out", () => zoomTo(zoomStep(settings.get().zoom, -1)));
  useKey("zoom-reset", () => zoomTo(100));
}
