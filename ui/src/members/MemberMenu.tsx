import { Header, MenuSection } from "react-aria-components";

import { copyText } from "../errors/copyText";
import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { RoomDetails } from "../ipc/bindings";
import { IconBan, IconBell, IconBellOff, IconCheck, IconCopy, IconCrown, IconLeave, IconMail, IconMinus, IconShieldCheck } from "../kit/icons";
import { MenuAt, MenuItem, MenuLine } from "../kit/Menu";
import { toast } from "../kit/Toasts";
import { roomMembers } from "../stores/members";
import { ownGuest } from "../stores/ownGuest";
import { askRoom, type MemberAct } from "../stores/roomDialog";
import { useStore } from "../stores/store";
import { personTrust } from "../stores/verifications";
import { openRoom } from "../stores/view";
import { TrustChip } from "../verification/TrustChip";
import styles from "./MemberMenu.module.css";
import { memberActs } from "./roles";

const signs: Record<MemberAct, typeof IconBan> = {
  role: IconCrown,
  ignore: IconBellOff,
  unignore: IconBell,
  remove: IconLeave,
  uninvite: IconMinus,
  ban: IconBan,
  unban: IconCheck,
};

const harsh: ReadonlySet<MemberAct> = new Set(["remove", "uninvite", "ban"]);

interface MemberMenuProps {
  room: RoomDetails;
  userId: string;
  anchor: HTMLElement;
  onClose: () => void;
}

/** Who this is, and what can be done. */
export function MemberMenu({ room, userId, anchor, onClose }: MemberMenuProps) {
  const text = useText();
  const { roomId } = room;
  const member = useStore(roomMembers(roomId), (live) => live.value.byKey.get(userId));
  const trust = useStore(personTrust(userId), (live) => live.value);
  const guest = useStore(ownGuest);
  const writing = useToastedWork(text("new-direct-failed"));
  if (!member) return null;
  const write = () => writing.run(() => call("room_create_direct", { userId }), (made) => openRoom(made.roomId));
  const copy = () =>
    void copyText(userId).then((done) => toast({ tone: done ? "safe" : "alarm", text: text(done ? "member-id-copied" : "member-id-not-copied") }));
  const acts = memberActs(room.can, member);
  return (
    <MenuAt anchor={anchor} label={text("member-menu", { name: member.name })} placement="bottom end" offset={2} onClose={onClose}>
      <MenuSection aria-label={member.name}>
        <Header className={styles.who ?? ""}>
          <bdi className={styles.name}>{member.name}</bdi>
          <bdi className={styles.id}>{userId}</bdi>
          {trust === "verified" || trust === "changed" ? <TrustChip trust={trust} /> : null}
        </Header>
        {guest || member.own || room.directUser === userId ? null : (
          <MenuItem icon={<IconMail />} onAction={write}>
            {text("member-write")}
          </MenuItem>
        )}
        {member.own ? null : (
          <MenuItem icon={<IconShieldCheck />} onAction={() => askRoom({ kind: "identity", member })}>
            {text("identity-open")}
          </MenuItem>
        )}
        <MenuItem icon={<IconCopy />} onAction={copy}>
          {text("member-copy-id")}
        </MenuItem>
      </MenuSection>
      {acts.length > 0 || member.own ? <MenuLine /> : null}
      {acts.map((act) => {
        const Sign = signs[act];
        return (
          <MenuItem key={act} icon={<Sign />} danger={harsh.has(act)} onAction={() => askRoom({ kind: "member", roomId, member, act })}>
            {text(`member-${act}`)}
          </MenuItem>
        );
      })}
      {member.own ? (
        <MenuItem icon={<IconLeave />} danger onAction={() => askRoom({ kind: "leave", roomId })}>
          {text("room-leave-open")}
        </MenuItem>
      ) : null}
    </MenuAt>
  );
}
