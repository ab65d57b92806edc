import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Member, PersonTrust } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Skeleton } from "../kit/Skeleton";
import { Who } from "../members/MemberDialog";
import { closeRoomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { personTrust } from "../stores/verifications";
import { TrustChip } from "./TrustChip";
import styles from "./verification.module.css";

/** What is known of a person's identity, and how to make sure of it. */
export function IdentityDialog({ member }: { member: Member }) {
  const text = useText();
  const work = useWork();
  const { name, userId } = member;
  const trust = useStore(personTrust(userId), (live) => live.value);
  const verify = () => work.run(() => call("verification_request", { userId, deviceId: null }), closeRoomDialog);
  return (
    <Dialog
      open
      onClose={closeRoomDialog}
      width="narrow"
      title={text("identity-title", { name })}
      closeLabel={text("close")}
      actions={
        <>
          <Button onPress={closeRoomDialog} isDisabled={work.busy}>
            {text("close")}
          </Button>
          {trust === "unverified" || trust === "changed" ? (
            <Button tone="primary" busy={work.busy} onPress={verify}>
              {text(trust === "changed" ? "identity-verify-again" : "identity-verify")}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles.step}>
        <Who member={member} />
        {trust ? <Known trust={trust} /> : <Skeleton />}
        {work.error ? <ErrorNotice error={work.error} what={text("identity-verify-failed")} /> : null}
      </div>
    </Dialog>
  );
}

function Known({ trust }: { trust: PersonTrust }) {
  const text = useText();
  return (
    <>
      <p>
        <TrustChip trust={trust} />
      </p>
      <p>{text(`identity-${trust}-lead`)}</p>
    </>
  );
}
