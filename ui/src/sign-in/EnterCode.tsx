import { useText } from "../i18n/text";
import type { AccountInfo } from "../ipc/bindings";
import { IconKey } from "../kit/icons";
import { CodeForm } from "./CodeForm";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";

/** A known account on a new computer: the code brings its history back. */
export function EnterCode({ account, onReset }: { account: AccountInfo; onReset: () => void }) {
  const text = useText();
  return (
    <FirstRunCard sign={<IconKey size={26} />} title={text("recovery-enter-title")} lead={text("recovery-enter-lead")} foot={account.server}>
      <CodeForm />
      <div className={styles.links}>
        <button type="button" className={styles.link} onClick={onReset}>
          {text("recovery-lost")}
        </button>
      </div>
    </FirstRunCard>
  );
}
