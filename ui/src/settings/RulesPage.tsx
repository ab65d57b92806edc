import { useEffect, useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useLocale, useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { IpcError, PolicyInForce, PolicyRule, PolicyWords } from "../ipc/bindings";
import { Chip } from "../kit/Chip";
import { IconLock } from "../kit/icons";
import { Notice } from "../kit/Notice";
import styles from "./rules.module.css";
import page from "./settings.module.css";

/** Every rule of the organisation: its value, who set it, and whether it is obeyed. */
export function RulesPage() {
  const text = useText();
  const [policy, setPolicy] = useState<PolicyInForce | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  useEffect(() => {
    let open = true;
    call("policy_in_force").then(
      (now) => open && setPolicy(now),
      (thrown: unknown) => open && setError(asIpcError(thrown)),
    );
    return () => {
      open = false;
    };
  }, []);
  if (error) return <ErrorNotice error={error} />;
  return (
    <div className={page.page}>
      <p className={page.hint}>{text("rules-lead")}</p>
      {policy ? <Rules policy={policy} /> : null}
    </div>
  );
}

function Rules({ policy }: { policy: PolicyInForce }) {
  const text = useText();
  return (
    <>
      {policy.refusals.length > 0 ? (
        <Notice tone="alarm" title={text("rules-refused")}>
          {policy.refusals.map(({ place, reason }) => (
            <p key={place} className={styles.place}>
              {text("policies-refused", { place, reason: text(`policies-reason-${reason}`) })}
            </p>
          ))}
        </Notice>
      ) : null}
      {policy.unknown.length > 0 ? (
        <Notice tone="warning" title={text("rules-unknown")}>
          {policy.unknown.map(({ name, source }) => (
            <p key={`${source} ${name}`} className={styles.place}>
              {text("policies-unknown", { name, source: text(`policies-source-${source}`) })}
            </p>
          ))}
        </Notice>
      ) : null}
      {chapters(policy.rules).map((rules) => (
        <Chapter key={rules[0]?.key} rules={rules} />
      ))}
    </>
  );
}

/** The rules of one chapter stand together. */
function chapters(rules: readonly PolicyRule[]): PolicyRule[][] {
  const all: PolicyRule[][] = [];
  for (const rule of rules) {
    const last = all.at(-1);
    if (last?.[0]?.chapter.en === rule.chapter.en) last.push(rule);
    else all.push([rule]);
  }
  return all;
}

function useWords(): (words: PolicyWords) => string {
  const french = useLocale().startsWith("fr");
  return (words) => (french ? words.fr : words.en);
}

function Chapter({ rules }: { rules: readonly PolicyRule[] }) {
  const words = useWords();
  const [first] = rules;
  return (
    <section className={styles.chapter}>
      <h3 className={styles.heading}>{first ? words(first.chapter) : null}</h3>
      <ul className={styles.rules}>
        {rules.map((rule) => (
          <Rule key={rule.key} rule={rule} />
        ))}
      </ul>
    </section>
  );
}

function Rule({ rule }: { rule: PolicyRule }) {
  const text = useText();
  const words = useWords();
  const forced = rule.source === "machine" || rule.source === "user";
  const set = rule.source !== "default";
  return (
    <li className={styles.rule}>
      <div className={styles.name}>
        <span>{words(rule.title)}</span>
        <code className={styles.key}>{rule.key}</code>
      </div>
      <div className={styles.value} data-set={set || undefined}>
        <Value rule={rule} />
      </div>
      <div className={styles.state}>
        {set ? (
          <Chip tone={forced ? "safe" : "neutral"} icon={forced ? <IconLock size={13} /> : undefined}>
            {text(`policies-source-${rule.source}`)}
          </Chip>
        ) : (
          <span>{text("policies-source-default")}</span>
        )}
        {rule.pending && set ? <span>{text("policies-pending")}</span> : null}
        {rule.ignored.map(({ source, problem }, place) => (
          <span key={place} className={styles.ignored}>
            {text("policies-ignored", { source: text(`policies-source-${source}`), problem: text(`policies-problem-${problem}`) })}
          </span>
        ))}
      </div>
    </li>
  );
}

function Value({ rule: { value } }: { rule: PolicyRule }) {
  const text = useText();
  const words = useWords();
  switch (value.kind) {
    case "truth":
      return text(value.on ? "rules-yes" : "rules-no");
    case "choice":
      return words(value.means);
    case "text":
      return value.text === "" ? text("rules-none") : <bdi>{value.text}</bdi>;
    case "lines":
      return value.lines.length === 0 ? text("rules-none") : value.lines.map((line) => <bdi key={line}>{line}</bdi>);
  }
}
