import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Sender } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Notice } from "../kit/Notice";
import { toast } from "../kit/Toasts";
import { roomDetails } from "../stores/room";
import { sameItems, useStore } from "../stores/store";
import styles from "./verification.module.css";

const nobody: Sender[] = [];

/** Verified people who are no longer who they were: nothing is sent until the user has chosen, for each. */
export function IdentityBanner({ roomId }: { roomId: string }) {
  const changed = useStore(roomDetails(roomId), (live) => live.value?.changed ?? nobody, sameItems);
  if (changed.length === 0) return null;
  return (
    <div className={styles.banners}>
      {changed.map((person) => (
        <Changed key={person.userId} person={person} />
      ))}
    </div>
  );
}

function Changed({ person: { userId, name } }: { person: Sender }) {
  const text = useText();
  const verifying = useToastedWork(text("identity-verify-failed"));
  const withdrawing = useToastedWork(text("identity-withdraw-failed"));
  const busy = verifying.busy || withdrawing.busy;
  return (
    <Notice tone="alarm" announce title={text("identity-banner", { name })}>
      <p>{text("identity-banner-detail")}</p>
      <p className={styles.answers}>
        <Button
          size="small"
          tone="danger"
          busy={verifying.busy}
          isDisabled={busy}
          onPress={() => verifying.run(() => call("verification_request", { userId, deviceId: null }))}
        >
          {text("identity-verify-again")}
        </Button>
        <Button
          size="small"
          busy={withdrawing.busy}
          isDisabled={busy}
          onPress={() =>
            withdrawing.run(
              () => call("person_withdraw_verification", { userId }),
              () => toast({ tone: "info", text: text("identity-withdrawn") }),
            )
          }
        >
          {text("identity-withdraw")}
        </Button>
      </p>
    </Notice>
  );
}
