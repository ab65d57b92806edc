import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { AccountInfo, IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconWarning } from "../kit/icons";
import { PasswordField } from "../kit/PasswordField";
import { BrowserWait } from "./BrowserWait";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";
import { useBrowser } from "./useBrowser";

/** A new identity without the old code: what is lost is said before, in plain words. */
export function ResetRecovery({ account, onBack, onCode }: Ways & { account: AccountInfo }) {
  const text = useText();
  return (
    <FirstRunCard sign={<IconWarning size={26} />} tone="guest" title={text("recovery-reset-title")} lead={text("recovery-reset-lead")} foot={account.server}>
      <ul className={styles.list}>
        <li>{text("recovery-reset-lost")}</li>
        <li>{text("recovery-reset-seen")}</li>
        <li>{text("recovery-reset-kept")}</li>
      </ul>
      {account.password ? <ByPassword onBack={onBack} onCode={onCode} /> : <InBrowser onBack={onBack} onCode={onCode} />}
    </FirstRunCard>
  );
}

interface Ways {
  onBack: () => void;
  onCode: (code: string) => void;
}

/** For an account of the ministry's portal: it has no password. */
function InBrowser({ onBack, onCode }: Ways) {
  const text = useText();
  const browser = useBrowser();
  if (browser.link) return <BrowserWait link={browser.link} onGiveUp={browser.giveUp} />;
  const reset = () =>
    browser.start(
      () => call("browser_reset"),
      () => call("browser_was_reset"),
      ({ code }) => onCode(code),
    );
  return (
    <div className={styles.form}>
      <p className={styles.plain}>{text("recovery-reset-browser")}</p>
      {browser.error ? <ErrorNotice error={browser.error} /> : null}
      <Button tone="danger" size="large" wide busy={browser.busy} onPress={reset}>
        {text("recovery-reset-submit")}
      </Button>
      <Button tone="quiet" size="large" wide onPress={onBack} isDisabled={browser.busy}>
        {text("recovery-reset-back")}
      </Button>
    </div>
  );
}

function ByPassword({ onBack, onCode }: Ways) {
  const text = useText();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = error?.code === "wrongPassword" ? wordError(text, error) : null;

  const reset = async () => {
    setBusy(true);
    setError(null);
    try {
      onCode((await call("recovery_reset", { password })).code);
    } catch (thrown) {
      setError(asIpcError(thrown));
      setBusy(false);
    }
  };

  return (
      <Form
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "" && !busy) void reset();
        }}
      >
        <PasswordField
          label={text("sign-in-password")}
          showLabel={text("sign-in-password-show")}
          hint={text("recovery-reset-password")}
          error={wrong ? `${wrong.what} ${wrong.todo}` : null}
          value={password}
          onChange={(value) => {
            setPassword(value);
            setError(null);
          }}
          autoComplete="current-password"
          large
        />
        {error && !wrong ? <ErrorNotice error={error} /> : null}
        <Button type="submit" tone="danger" size="large" wide busy={busy} isDisabled={password === ""}>
          {text("recovery-reset-submit")}
        </Button>
        <Button tone="quiet" size="large" wide onPress={onBack} isDisabled={busy}>
          {text("recovery-reset-back")}
        </Button>
      </Form>
  );
}
