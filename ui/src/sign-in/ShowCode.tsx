import { useEffect, useRef, useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { AccountInfo, IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconCheck, IconCopy, IconKey, IconPrint, IconSave } from "../kit/icons";
import { Skeleton } from "../kit/Skeleton";
import { TextField } from "../kit/TextField";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";

/** Four groups of four a line. */
function linesOf(code: string): string[] {
  const groups = code.split(/\s+/).filter(Boolean);
  return Array.from({ length: Math.ceil(groups.length / 4) }, (_, i) => groups.slice(i * 4, i * 4 + 4).join(" "));
}

/** The code is copied, saved or written down, then its end is typed back. `given` when a reset has drawn it. */
export function ShowCode({ account, given }: { account: AccountInfo; given: string | null }) {
  const text = useText();
  const { code, error: setUpError, retry } = useRecoveryCode(given);
  const [ending, setEnding] = useState("");
  const [wrong, setWrong] = useState(false);
  const [error, setError] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);

  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await call("recovery_confirm", { ending: ending.replace(/\s/g, "") });
    } catch (thrown) {
      const failed = asIpcError(thrown);
      if (failed.code === "wrongRecoveryCode") setWrong(true);
      else setError(failed);
      setBusy(false);
    }
  };

  return (
    <FirstRunCard sign={<IconKey size={26} />} tone="safe" title={text("recovery-show-title")} lead={text("recovery-show-lead")} foot={account.server}>
      {setUpError ? (
        <>
          <ErrorNotice error={setUpError} what={text("recovery-set-up-failed")} />
          <Button tone="primary" size="large" onPress={retry}>
            {text("retry")}
          </Button>
        </>
      ) : (
        <>
          <div className={styles.code} data-testid="recovery-code" data-print aria-label={text("recovery-code")} role="group">
            <p className={styles.onPaper}>{text("recovery-print-title", { user: account.userId })}</p>
            {code ? linesOf(code).map((line) => <span key={line} className={styles.codeRow}>{line} </span>) : <Skeleton height={92} />}
          </div>
          <CodeButtons code={code} onError={setError} />
          <Form
            className={styles.form ?? ""}
            onSubmit={(event) => {
              event.preventDefault();
              if (code && ending.trim() !== "" && !busy) void confirm();
            }}
          >
            <TextField
              label={text("recovery-ending")}
              hint={text("recovery-ending-hint")}
              error={wrong ? text("recovery-ending-wrong") : null}
              value={ending}
              onChange={(value) => {
                setEnding(value);
                setWrong(false);
              }}
              maxLength={12}
              spellCheck="false"
              autoComplete="off"
              large
              mono
            />
            {error ? <ErrorNotice error={error} /> : null}
            <Button type="submit" tone="primary" size="large" wide busy={busy} isDisabled={!code || ending.trim() === ""}>
              {text("recovery-confirm")}
            </Button>
          </Form>
        </>
      )}
    </FirstRunCard>
  );
}

/** Asked for once, even when React mounts twice. */
function useRecoveryCode(given: string | null) {
  const [code, setCode] = useState(given);
  const [error, setError] = useState<IpcError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(-1);
  useEffect(() => {
    if (given !== null || asked.current === attempt) return;
    asked.current = attempt;
    call("recovery_set_up").then(
      (made) => setCode(made.code),
      (thrown: unknown) => setError(asIpcError(thrown)),
    );
  }, [given, attempt]);
  const retry = () => {
    setError(null);
    setAttempt(attempt + 1);
  };
  return { code, error, retry };
}

function CodeButtons({ code, onError }: { code: string | null; onError: (error: IpcError) => void }) {
  const text = useText();
  const [done, setDone] = useState<"copied" | "saved" | null>(null);
  const save = async () => {
    try {
      await call("recovery_save_code");
      setDone("saved");
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (error.code !== "cancelled") onError(error);
    }
  };
  const copy = async () => {
    try {
      // Not by the page: only the system can keep it out of the clipboard's history.
      await call("recovery_copy_code");
      setDone("copied");
    } catch (thrown) {
      onError(asIpcError(thrown));
    }
  };
  return (
    <div className={styles.row} role="group" aria-label={text("recovery-keep")}>
      <Button isDisabled={!code} icon={done === "copied" ? <IconCheck /> : <IconCopy />} onPress={() => void copy()}>
        {text(done === "copied" ? "copied" : "copy")}
      </Button>
      <Button isDisabled={!code} icon={done === "saved" ? <IconCheck /> : <IconSave />} onPress={() => void save()}>
        {text(done === "saved" ? "recovery-saved" : "save")}
      </Button>
      <Button isDisabled={!code} icon={<IconPrint />} onPress={() => window.print()}>
        {text("recovery-print")}
      </Button>
    </div>
  );
}
