import { useToastedWork } from "../errors/useWork";
import { type Text, useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Verification } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconShieldCheck } from "../kit/icons";
import { Notice } from "../kit/Notice";
import { sameItems, useStore } from "../stores/store";
import { verifications } from "../stores/verifications";
import styles from "./verification.module.css";

/** What others ask for: quiet, never in the way. `entering`: this device waits to be let in by another. */
export function VerificationRequests({ entering = false }: { entering?: boolean }) {
  const asked = useStore(verifications, (live) => live.value.filter(({ stage }) => stage.kind === "asked"), sameItems);
  if (asked.length === 0) return null;
  return (
    <div className={entering ? styles.step : styles.requests}>
      {asked.map((one) => (
        <Request key={one.id} request={one} entering={entering} />
      ))}
    </div>
  );
}

function Request({ request, entering }: { request: Verification; entering: boolean }) {
  const text = useText();
  const work = useToastedWork(text("verification-failed"));
  const { id, own } = request;
  return (
    <Notice
      announce
      icon={<IconShieldCheck size={18} />}
      title={wordRequest(text, request, entering)}
      action={
        <span className={styles.answers}>
          <Button size="small" isDisabled={work.busy} onPress={() => work.run(() => call("verification_cancel", { id }))}>
            {text("verification-decline")}
          </Button>
          <Button size="small" tone="primary" busy={work.busy} onPress={() => work.run(() => call("verification_accept", { id }))}>
            {text("verification-accept")}
          </Button>
        </span>
      }
    >
      {entering ? null : text(own ? "verification-asked-own-detail" : "verification-asked-person-detail")}
    </Notice>
  );
}

function wordRequest(text: Text, { name, own, device }: Verification, entering: boolean): string {
  if (!own) return text("verification-asked-person", { name });
  if (entering) return text("verification-asked-entering");
  return device ? text("verification-asked-own-named", { device }) : text("verification-asked-own");
}
