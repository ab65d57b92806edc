import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { Member } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { Notice } from "../kit/Notice";
import { RadioGroup } from "../kit/RadioGroup";
import { toast } from "../kit/Toasts";
import { roomMembers } from "../stores/members";
import { closeRoomDialog } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { Who } from "./MemberDialog";
import { type GivenRole, rolesFor, roleWarning } from "./roles";

/** Chooses what a member may do; says first what could not be taken back. */
export function RoleDialog({ roomId, member }: { roomId: string; member: Member }) {
  const text = useText();
  const work = useWork();
  const members = useStore(roomMembers(roomId), (live) => live.value.items);
  const own = members.find((one) => one.own);
  const [role, setRole] = useState<GivenRole>(member.role === "creator" ? "administrator" : member.role);
  const offered = own ? rolesFor(own, member) : [];
  const warning = own ? roleWarning(members, own, member, role) : null;
  const { name, userId } = member;
  const go = () =>
    work.run(
      () => call("room_member_set_role", { roomId, userId, role }),
      () => {
        toast({ tone: "safe", text: text("member-role-done", { name, role: text(`role-${role}`) }) });
        closeRoomDialog();
      },
    );
  return (
    <Dialog
      open
      onClose={closeRoomDialog}
      width="narrow"
      title={text(member.own ? "member-role-title-own" : "member-role-title", { name })}
      closeLabel={text("close")}
      actions={
        <>
          <Button onPress={closeRoomDialog} isDisabled={work.busy}>
            {text("cancel")}
          </Button>
          <Button tone={warning ? "danger" : "primary"} isDisabled={role === member.role} busy={work.busy} onPress={go}>
            {text(warning ? "member-role-confirm-anyway" : "member-role-confirm")}
          </Button>
        </>
      }
    >
      <Who member={member} />
      <RadioGroup
        label={text("member-role-choose")}
        labelHidden
        value={role}
        onChange={setRole}
        options={offered.map((id) => ({ id, label: text(`role-${id}`), hint: text(`role-${id}-hint`) }))}
      />
      {warning ? (
        <Notice tone="warning" announce>
          {text(`member-role-warning-${warning}`, { name })}
        </Notice>
      ) : null}
      {work.error ? <ErrorNotice error={work.error} what={text("member-role-failed")} /> : null}
    </Dialog>
  );
}
