import { useText } from "../i18n/text";
import type { StoreProblem } from "../ipc/bindings";
import { IconWarning } from "../kit/icons";
import { Notice } from "../kit/Notice";
import { CopyButton } from "../errors/CopyButton";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";
import { StartAfresh } from "./StartAfresh";

/** Only these are helped by an empty store. */
const afreshHelps: readonly StoreProblem[] = ["wrongKey", "unreadable"];

/** The store cannot be used: what it means, what to do; never a silent wipe. */
export function StoreProblemScreen({ problem }: { problem: StoreProblem }) {
  const text = useText();
  const reference = `store · ${problem}`;
  return (
    <FirstRunCard
      sign={<IconWarning size={26} />}
      tone="alarm"
      title={text(`store-title-${problem}`)}
      lead={text(`store-lead-${problem}`)}
    >
      <Notice tone="info" title={text("store-todo")}>
        {text(`store-todo-${problem}`)}
      </Notice>
      <p className={styles.identity}>
        <span className={styles.plain}>{text("error-reference", { reference })}</span>
        <CopyButton value={`Pli · ${reference}`} label={text("error-copy")} />
      </p>
      {afreshHelps.includes(problem) ? <StartAfresh /> : null}
    </FirstRunCard>
  );
}
