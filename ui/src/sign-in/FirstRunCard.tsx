import type { ReactNode } from "react";

import { useText } from "../i18n/text";
import { useForced } from "../stores/policy";
import { app, changeSettings, settings, wordsOf } from "../stores/settings";
import { useStore } from "../stores/store";
import { openDialog } from "../stores/view";
import { useKey } from "../keys";
import { KeysDialog } from "../settings/KeysDialog";
import styles from "./FirstRunCard.module.css";

/** The window before the rooms: a sign, a title, what to do; version and language always in the foot. */
export function FirstRunCard({
  sign,
  tone = "accent",
  title,
  lead,
  foot,
  children,
}: {
  sign: ReactNode;
  tone?: "accent" | "safe" | "alarm" | "guest";
  title: string;
  lead?: ReactNode;
  /** Said at the left of the foot: which step, which server. */
  foot?: string;
  children: ReactNode;
}) {
  const text = useText();
  const version = useStore(app, (info) => info.version);
  const forced = useForced("language");
  useKey("help", () => openDialog("keys"));
  return (
    <div className={styles.wall}>
      <div className={styles.card}>
        <main className={styles.body}>
          <div className={`${styles.seal} ${styles[tone]}`} aria-hidden>
            {sign}
          </div>
          <div className={styles.words}>
            <h1>{title}</h1>
            {lead ? <p>{lead}</p> : null}
          </div>
          {children}
        </main>
        <footer className={styles.foot}>
          <span>{foot ? `${foot} · Pli ${version}` : `Pli ${version}`}</span>
          <span className={styles.footActions}>
            {forced ? null : <LanguageButton />}
            <button type="button" onClick={() => openDialog("keys")}>
              {text("first-run-help")}
            </button>
          </span>
        </footer>
      </div>
      <KeysDialog />
    </div>
  );
}

/** Each language in its own words. */
function LanguageButton() {
  const language = useStore(settings, (now) => now.language);
  const systemLanguage = useStore(app, (info) => info.systemLanguage);
  const other = wordsOf(language, systemLanguage) === "fr" ? "en" : "fr";
  return (
    <button type="button" lang={other} onClick={() => void changeSettings({ language: other }).catch(() => {})}>
      {other === "fr" ? "Français" : "English"}
    </button>
  );
}
