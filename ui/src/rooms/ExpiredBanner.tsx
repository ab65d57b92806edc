import { useState } from "react";

import { useWork } from "../errors/useWork";
import { toastError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import { Button } from "../kit/Button";
import { IconWarning } from "../kit/icons";
import styles from "./OfflineBanner.module.css";

/** Nothing flows until the account is renewed: what still works, and the mail that renews it. */
export function ExpiredBanner() {
  const text = useText();
  const [asked, setAsked] = useState(false);
  const work = useWork((error) => toastError(text, error));
  return (
    <div className={styles.banner} role="status">
      <IconWarning size={17} />
      <span>
        <b>{text("expired")}</b> {text(asked ? "expired-asked" : "expired-todo")}
      </span>
      {asked ? null : (
        <Button size="small" busy={work.busy} onPress={() => work.run(() => call("account_ask_renewal"), () => setAsked(true))}>
          {text("expired-ask")}
        </Button>
      )}
    </div>
  );
}
