import { useEffect, useMemo, useRef, useState } from "react";

import { CopyButton } from "../errors/CopyButton";
import { wordError } from "../errors/wordError";
import { type Text, useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Notice } from "../kit/Notice";
import { ProgressBar } from "../kit/ProgressBar";
import { TextField } from "../kit/TextField";
import { roomMembers } from "../stores/members";
import { closeRoomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { addressesIn, mostAddresses } from "./addresses";
import styles from "./dialogs.module.css";
import { type BulkInvite, type Result, useBulkInvite } from "./useBulkInvite";
import { useRoomHead } from "./useRoomHead";

/** Invites a list of addresses that was pasted, or chosen for a new room, and reports what became of each. */
export function InviteManyDialog({ roomId, userIds }: { roomId: string; userIds: readonly string[] | null }) {
  const text = useText();
  const name = useRoomHead(roomId)?.name ?? "";
  const [pasted, setPasted] = useState("");
  const addresses = useMemo(() => addressesIn(pasted), [pasted]);
  // Who is in the room already is known from its members.
  const ready = useStore(roomMembers(roomId), (live) => live.ready);
  const bulk = useBulkInvite(roomId);
  const started = useRef(false);
  useEffect(() => {
    if (userIds === null || !ready || started.current) return;
    started.current = true;
    bulk.start(userIds);
  }, [userIds, ready, bulk]);
  const pasting = userIds === null && bulk.state === "idle";
  return (
    <Dialog
      open
      holds
      onClose={closeRoomDialog}
      title={text("invite-title", { name })}
      closeLabel={text("close")}
      actions={
        bulk.state === "running" ? (
          <Button onPress={bulk.stop}>{text("invite-many-stop")}</Button>
        ) : pasting ? (
          <>
            <Button onPress={closeRoomDialog}>{text("cancel")}</Button>
            <Button tone="primary" isDisabled={addresses.valid.length === 0 || !ready} onPress={() => bulk.start(addresses.valid)}>
              {text("invite-send", { count: addresses.valid.length })}
            </Button>
          </>
        ) : (
          <Button tone="primary" onPress={closeRoomDialog}>
            {text("close")}
          </Button>
        )
      }
    >
      {pasting ? (
        <>
          <TextField
            label={text("invite-many-addresses")}
            hint={text("invite-many-hint", { max: mostAddresses })}
            value={pasted}
            onChange={setPasted}
            rows={8}
            autoFocus
            autoComplete="off"
            spellCheck="false"
            mono
          />
          {addresses.malformed.length > 0 ? (
            <Notice tone="warning" announce title={text("invite-many-malformed", { count: addresses.malformed.length })}>
              {addresses.malformed.slice(0, 20).join(", ")}
            </Notice>
          ) : null}
        </>
      ) : (
        <Progress bulk={bulk} malformed={addresses.malformed} />
      )}
    </Dialog>
  );
}

function Progress({ bulk, malformed }: { bulk: BulkInvite; malformed: readonly string[] }) {
  const text = useText();
  const { results, total, state } = bulk;
  const lines = reportOf(text, results, malformed, state === "over" ? total - results.length : 0);
  const count = (kind: Result["outcome"]["kind"]) => results.filter(({ outcome }) => outcome.kind === kind).length;
  return (
    <>
      {state === "over" ? null : (
        <ProgressBar
          label={text("invite-progress")}
          value={results.length}
          max={total}
          valueLabel={text("invite-progress-value", { done: results.length, total })}
        />
      )}
      <div role={state === "over" ? "status" : undefined}>
        <ul className={styles.counts}>
          <li>{text("invite-many-invited", { count: count("invited") })}</li>
          <li>{text("invite-many-already", { count: count("already") })}</li>
          <li>{text("invite-many-unknown", { count: count("unknown") + malformed.length })}</li>
          <li>{text("invite-many-refused", { count: count("refused") + count("banned") })}</li>
          {state === "over" && results.length < total ? <li>{text("invite-many-left", { count: total - results.length })}</li> : null}
        </ul>
      </div>
      {lines.length > 0 ? (
        <>
          <ul className={styles.report} aria-label={text("invite-many-report")} tabIndex={0}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {state === "over" ? <CopyButton value={lines.join("\n")} label={text("invite-many-copy")} /> : null}
        </>
      ) : null}
    </>
  );
}

/** A line for each who was not invited, with the reason. */
function reportOf(text: Text, results: readonly Result[], malformed: readonly string[], left: number): string[] {
  const line = (who: string, why: string) => text("invite-many-line", { who, why });
  const lines = malformed.map((word) => line(word, text("invite-many-why-malformed")));
  for (const { userId, outcome } of results) {
    if (outcome.kind === "refused") {
      const worded = wordError(text, outcome.error);
      lines.push(line(userId, `${worded.what} (${worded.reference})`));
    } else if (outcome.kind !== "invited") {
      lines.push(line(userId, text(`invite-many-why-${outcome.kind}`)));
    }
  }
  if (left > 0) lines.push(text("invite-many-why-left", { count: left }));
  return lines;
}
