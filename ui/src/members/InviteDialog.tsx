import { useMemo, useRef, useState } from "react";

import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { FoundUser, IpcError } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Notice } from "../kit/Notice";
import { ProgressBar } from "../kit/ProgressBar";
import { toast } from "../kit/Toasts";
import { roomMembers } from "../stores/members";
import { roomDetails } from "../stores/room";
import { askRoom, closeRoomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { PeoplePicker } from "./PeoplePicker";
import { useRoomHead } from "./useRoomHead";

interface Failure {
  user: FoundUser;
  error: IpcError;
}

/** Several people at once; those who could not be invited stay, each with the reason. */
export function InviteDialog({ roomId }: { roomId: string }) {
  const text = useText();
  const name = useRoomHead(roomId)?.name ?? "";
  const history = useStore(roomDetails(roomId), (live) => live.value?.history ?? null);
  const members = useStore(roomMembers(roomId), (live) => live.value.byKey);
  const [chosen, setChosen] = useState<readonly FoundUser[]>([]);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const sending = useInvitations(roomId);
  const failed = useMemo(() => new Set(failures.map(({ user }) => user.userId)), [failures]);
  const refusal = (userId: string) => {
    const membership = members.get(userId)?.membership;
    return membership === undefined || membership === "left" ? null : text(`people-${membership}`);
  };
  const invite = async () => {
    setFailures([]);
    const refused = await sending.send(chosen);
    const sent = chosen.length - refused.length;
    if (sent > 0) toast({ tone: "safe", text: text("invite-sent", { count: sent }) });
    if (refused.length === 0) return closeRoomDialog();
    setFailures(refused);
    setChosen(refused.map(({ user }) => user));
  };
  return (
    <Dialog
      open
      holds
      onClose={closeRoomDialog}
      title={text("invite-title", { name })}
      closeLabel={text("close")}
      actions={
        <>
          <Button onPress={closeRoomDialog}>{text("cancel")}</Button>
          <Button tone="primary" isDisabled={chosen.length === 0} busy={sending.done !== null} onPress={() => void invite()}>
            {text("invite-send", { count: chosen.length })}
          </Button>
        </>
      }
    >
      <PeoplePicker
        label={text("invite-who")}
        autoFocus
        roomy
        chosen={chosen}
        onChange={setChosen}
        failed={failed}
        refusal={refusal}
        isDisabled={sending.done !== null}
      />
      {sending.done === null && chosen.length === 0 ? (
        <div>
          <Button size="small" onPress={() => askRoom({ kind: "inviteMany", roomId, userIds: null })}>
            {text("invite-many-open")}
          </Button>
        </div>
      ) : null}
      {sending.done !== null && chosen.length > 1 ? (
        <ProgressBar
          label={text("invite-progress")}
          value={sending.done}
          max={chosen.length}
          valueLabel={text("invite-progress-value", { done: sending.done, total: chosen.length })}
        />
      ) : null}
      {failures.length > 0 ? <Failures failures={failures} /> : null}
      {history ? <Notice>{text(`invite-history-${history}`)}</Notice> : null}
    </Dialog>
  );
}

function Failures({ failures }: { failures: readonly Failure[] }) {
  const text = useText();
  return (
    <Notice tone="alarm" announce title={text("invite-failed", { count: failures.length })}>
      <ul>
        {failures.map(({ user, error }) => {
          const worded = wordError(text, error);
          return (
            <li key={user.userId}>
              <b>{user.name}</b> — {error.code === "notFound" ? text("invite-unknown") : `${worded.what} ${worded.todo}`} ({worded.reference})
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

/** One after the other, as servers like it; `done` counts while it goes on. */
function useInvitations(roomId: string) {
  const [done, setDone] = useState<number | null>(null);
  const running = useRef(false);
  const send = async (people: readonly FoundUser[]): Promise<Failure[]> => {
    if (running.current) return [];
    running.current = true;
    const failures: Failure[] = [];
    for (const [i, user] of people.entries()) {
      setDone(i);
      try {
        await call("room_invite", { roomId, userId: user.userId, reason: null });
      } catch (thrown) {
        failures.push({ user, error: asIpcError(thrown) });
      }
    }
    running.current = false;
    setDone(null);
    return failures;
  };
  return { done, send };
}
