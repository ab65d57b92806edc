import type { ReactNode } from "react";

import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Verification, VerificationStage } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconCode, IconCopy, IconImage, IconSmile } from "../kit/icons";
import { Notice } from "../kit/Notice";
import { Spinner } from "../kit/Spinner";
import { Emojis } from "./Emojis";
import { QrCode } from "./QrCode";
import styles from "./verification.module.css";

/** Who is on the other side: words differ. */
export const sideOf = ({ own }: Pick<Verification, "own">) => (own ? "own" : "person");

type Act = "verification_start_emojis" | "verification_show_code" | "verification_scan_file" | "verification_scan_clipboard";

export interface StepProps {
  verification: Verification;
  /** The session waits for this device to be let in. */
  entering: boolean;
  busy: boolean;
  run: (work: () => Promise<null>) => void;
}

/** What the user is to do now. */
export function Step({ verification, entering, busy, run }: StepProps) {
  const text = useText();
  const { stage, name } = verification;
  const side = sideOf(verification);
  switch (stage.kind) {
    case "asked":
      return null;
    case "asking":
      return <Wait>{text(`verification-asking-${side}`, { name })}</Wait>;
    case "ready":
      return <Ways verification={verification} stage={stage} busy={busy} run={run} />;
    case "starting":
      return <Wait>{text("verification-starting")}</Wait>;
    case "emojis":
      return (
        <>
          <p>{text(`verification-emojis-${side}`, { name })}</p>
          <Emojis emojis={stage.emojis} />
        </>
      );
    case "numbers":
      return (
        <>
          <p>{text(`verification-numbers-${side}`, { name })}</p>
          <p className={styles.numbers}>{stage.numbers.join(" · ")}</p>
        </>
      );
    case "code":
      return (
        <>
          <p>{text(`verification-code-${side}`, { name })}</p>
          <QrCode size={stage.size} path={stage.path} />
        </>
      );
    case "scanned":
      return <p>{text(`verification-scanned-${side}`, { name })}</p>;
    case "confirmed":
      return <Wait>{text(`verification-confirmed-${side}`, { name })}</Wait>;
    case "done":
      return (
        <Notice tone="safe" announce>
          {entering ? text("verification-done-keys") : text(`verification-done-${side}`, { name })}
        </Notice>
      );
    case "ended":
      return <Ended stage={stage} verification={verification} />;
  }
}

function Wait({ children }: { children: ReactNode }) {
  return (
    <p className={styles.wait} role="status">
      <Spinner size={20} />
      <span>{children}</span>
    </p>
  );
}

function Ways({
  verification: { id, name, own },
  stage,
  busy,
  run,
}: {
  verification: Verification;
  stage: Extract<VerificationStage, { kind: "ready" }>;
  busy: boolean;
  run: StepProps["run"];
}) {
  const text = useText();
  const way = (act: Act, words: string, icon: ReactNode, hint?: string) => (
    <div className={styles.way}>
      <Button wide icon={icon} isDisabled={busy} onPress={() => run(() => call(act, { id }))}>
        {words}
      </Button>
      {hint ? <p className={styles.hint}>{hint}</p> : null}
    </div>
  );
  if (!stage.emojis && !stage.show && !stage.scan) return <Notice tone="warning">{text("verification-no-way")}</Notice>;
  return (
    <>
      <p role="status">{text(`verification-ready-${sideOf({ own })}`, { name })}</p>
      <div className={styles.ways}>
        {stage.emojis
          ? way("verification_start_emojis", text("verification-way-emojis"), <IconSmile />, text("verification-way-emojis-hint"))
          : null}
        {stage.show ? way("verification_show_code", text("verification-way-show"), <IconCode />, text("verification-way-show-hint")) : null}
        {stage.scan ? way("verification_scan_file", text("verification-way-file"), <IconImage />) : null}
        {stage.scan ? way("verification_scan_clipboard", text("verification-way-clipboard"), <IconCopy />) : null}
      </div>
    </>
  );
}

function Ended({ stage: { reason }, verification }: { stage: Extract<VerificationStage, { kind: "ended" }>; verification: Verification }) {
  const text = useText();
  const { name } = verification;
  const words = reason === "there" ? text(`verification-ended-there-${sideOf(verification)}`, { name }) : text(`verification-ended-${reason}`);
  return (
    <Notice tone={reason === "mismatch" ? "alarm" : "info"} announce>
      {words}
    </Notice>
  );
}
