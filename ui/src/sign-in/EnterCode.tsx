import { useEffect, useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { AccountInfo } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconKey, IconShieldCheck } from "../kit/icons";
import { VerificationRequests } from "../verification/VerificationRequests";
import { CodeForm } from "./CodeForm";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";

/** A known account on a new computer: the code brings its history back. */
export function EnterCode({ account, onReset }: { account: AccountInfo; onReset: () => void }) {
  const text = useText();
  return (
    <FirstRunCard sign={<IconKey size={26} />} title={text("recovery-enter-title")} lead={text("recovery-enter-lead")} foot={account.server}>
      <CodeForm />
      <VerificationRequests entering />
      <OtherDevice account={account} />
      <div className={styles.links}>
        <button type="button" className={styles.link} onClick={onReset}>
          {text("recovery-lost")}
        </button>
      </div>
    </FirstRunCard>
  );
}

/** Where the account has another device, it can let this one in. */
function OtherDevice({ account }: { account: AccountInfo }) {
  const text = useText();
  const work = useWork();
  const [available, setAvailable] = useState(false);
  useEffect(() => {
    let gone = false;
    // Without an answer, there is the code.
    call("verification_available").then((answer) => !gone && setAvailable(answer), () => {});
    return () => {
      gone = true;
    };
  }, []);
  if (!available) return null;
  return (
    <div className={styles.form}>
      <p className={styles.plain}>{text("recovery-verify-hint")}</p>
      <Button
        size="large"
        wide
        icon={<IconShieldCheck />}
        busy={work.busy}
        onPress={() => work.run(() => call("verification_request", { userId: account.userId, deviceId: null }))}
      >
        {text("recovery-verify")}
      </Button>
      {work.error ? <ErrorNotice error={work.error} what={text("identity-verify-failed")} /> : null}
    </div>
  );
}
