import type { ReactNode } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork, type Work } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Verification } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { useStore } from "../stores/store";
import { verifications } from "../stores/verifications";
import { sideOf, Step } from "./Steps";
import styles from "./verification.module.css";

/** The verification that the user takes part in, step by step. `entering`: this device waits to be let in by it. */
export function VerificationDialog({ entering = false }: { entering?: boolean }) {
  const one = useStore(verifications, (live) => live.value.find(({ stage }) => stage.kind !== "asked") ?? null);
  return one ? <Open key={one.id} verification={one} entering={entering} /> : null;
}

function Open({ verification, entering }: { verification: Verification; entering: boolean }) {
  const text = useText();
  const work = useWork();
  const leaving = useWork();
  const { id, name, stage } = verification;
  const over = stage.kind === "done" || stage.kind === "ended";
  const leave = () => leaving.run(() => call("verification_cancel", { id }));
  return (
    <Dialog
      open
      onClose={leave}
      holds
      title={text(`verification-title-${sideOf(verification)}`, { name })}
      closeLabel={text(over ? "close" : "verification-give-up")}
      actions={
        <Answers verification={verification} work={work}>
          <Button tone={over ? "primary" : "plain"} onPress={leave} busy={leaving.busy}>
            {text(over ? "verification-close" : "verification-give-up")}
          </Button>
        </Answers>
      }
    >
      <div className={styles.step}>
        <Step verification={verification} entering={entering} busy={work.busy} run={(act) => work.run(act)} />
        {work.error ? <ErrorNotice error={work.error} what={text("verification-failed")} /> : null}
      </div>
    </Dialog>
  );
}

/** What the user can say to a step; `children` leaves it. */
function Answers({ verification: { id, stage }, work, children }: { verification: Verification; work: Work; children: ReactNode }) {
  const text = useText();
  const confirm = () => work.run(() => call("verification_confirm", { id }));
  const differ = () => work.run(() => call("verification_mismatch", { id }));
  switch (stage.kind) {
    case "emojis":
    case "numbers":
      return (
        <>
          <Button tone="dangerQuiet" onPress={differ} isDisabled={work.busy}>
            {text("verification-different")}
          </Button>
          <Button tone="primary" onPress={confirm} busy={work.busy}>
            {text("verification-same")}
          </Button>
        </>
      );
    case "scanned":
      return (
        <>
          <Button tone="dangerQuiet" onPress={() => work.run(() => call("verification_cancel", { id }))} isDisabled={work.busy}>
            {text("verification-scanned-no")}
          </Button>
          <Button tone="primary" onPress={confirm} busy={work.busy}>
            {text("verification-scanned-yes")}
          </Button>
        </>
      );
    case "code":
      return (
        <>
          {children}
          <Button onPress={() => work.run(() => call("verification_start_emojis", { id }))} busy={work.busy}>
            {text("verification-way-emojis")}
          </Button>
        </>
      );
    default:
      return <>{children}</>;
  }
}
