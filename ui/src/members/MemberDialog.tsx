import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call, mediaUrl } from "../ipc/backend";
import type { Member } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { TextField } from "../kit/TextField";
import { toast } from "../kit/Toasts";
import { closeRoomDialog, type MemberAct } from "../stores/roomDialog";
import styles from "./dialogs.module.css";

type PlainAct = Exclude<MemberAct, "role">;

interface MemberDialogProps {
  roomId: string;
  member: Member;
  act: PlainAct;
}

const withReason: ReadonlySet<PlainAct> = new Set(["remove", "ban"]);
const harsh: ReadonlySet<PlainAct> = new Set(["remove", "uninvite", "ban"]);

function doneBy(act: PlainAct, roomId: string, userId: string, reason: string | null): Promise<null> {
  switch (act) {
    case "remove":
    case "uninvite":
      return call("room_member_remove", { roomId, userId, reason });
    case "ban":
      return call("room_member_ban", { roomId, userId, reason });
    case "unban":
      return call("room_member_unban", { roomId, userId, reason });
    case "ignore":
    case "unignore":
      return call("user_ignore", { userId, on: act === "ignore" });
  }
}

/** Says what will happen to a member, and asks. */
export function MemberDialog({ roomId, member, act }: MemberDialogProps) {
  const text = useText();
  const work = useWork();
  const [reason, setReason] = useState("");
  const { name, userId } = member;
  const go = () =>
    work.run(
      () => doneBy(act, roomId, userId, reason.trim() || null),
      () => {
        toast({ tone: "safe", text: text(`member-${act}-done`, { name }) });
        closeRoomDialog();
      },
    );
  return (
    <Dialog
      open
      onClose={closeRoomDialog}
      role="alertdialog"
      width="narrow"
      title={text(`member-${act}-title`, { name })}
      actions={
        <>
          <Button onPress={closeRoomDialog} isDisabled={work.busy} autoFocus={!withReason.has(act)}>
            {text("cancel")}
          </Button>
          <Button tone={harsh.has(act) ? "danger" : "primary"} busy={work.busy} onPress={go}>
            {text(`member-${act}-confirm`)}
          </Button>
        </>
      }
    >
      <Who member={member} />
      <p>{text(`member-${act}-lead`)}</p>
      {withReason.has(act) ? (
        <TextField
          label={text("member-reason")}
          hint={text("member-reason-hint")}
          value={reason}
          onChange={setReason}
          maxLength={500}
          autoFocus
          autoComplete="off"
        />
      ) : null}
      {work.error ? <ErrorNotice error={work.error} what={text(`member-${act}-failed`)} /> : null}
    </Dialog>
  );
}

/** Namesakes are told apart by the id. */
export function Who({ member }: { member: Pick<Member, "userId" | "name" | "avatar"> }) {
  return (
    <div className={styles.who}>
      <Avatar id={member.userId} name={member.name} src={mediaUrl(member.avatar)} size={38} />
      <div className={styles.whoWords}>
        <bdi className={styles.name}>{member.name}</bdi>
        <bdi className={styles.id}>{member.userId}</bdi>
      </div>
    </div>
  );
}
