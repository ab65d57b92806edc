import { memo, type ReactNode } from "react";

import { type Text, useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { Member } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { IconBan, IconBellOff, IconCrown, IconShield } from "../kit/icons";
import { roomMembers } from "../stores/members";
import { session } from "../stores/session";
import { useStore } from "../stores/store";
import styles from "./MemberList.module.css";
import { serverOf } from "./userId";

interface MemberRowProps {
  roomId: string;
  userId: string;
  /** The list's tab stop. */
  isActive: boolean;
  onFocus: (userId: string) => void;
}

/** Drawn again only when this member changes. */
export const MemberRow = memo(function MemberRow({ roomId, userId, isActive, onFocus }: MemberRowProps) {
  const text = useText();
  const member = useStore(roomMembers(roomId), (live) => live.value.byKey.get(userId));
  const server = useStore(session, ({ value }) => ("account" in value ? value.account.server : null));
  if (!member) return null;
  return (
    <button
      type="button"
      className={styles.member}
      data-key={userId}
      tabIndex={isActive ? 0 : -1}
      aria-haspopup="menu"
      onFocus={() => onFocus(userId)}
    >
      <Avatar id={userId} name={member.name} src={mediaUrl(member.avatar)} size={30} />
      <span className={styles.words}>
        <bdi className={styles.name}>{member.name}</bdi>
        <Detail>{detailOf(text, member, server)}</Detail>
      </span>
      <Mark member={member} />
    </button>
  );
});

function Detail({ children }: { children: string }) {
  if (children === "") return null;
  return (
    <>
      <span className="visually-hidden">, </span>
      <span className={styles.detail}>{children}</span>
    </>
  );
}

/** "Vous · Administration", the id where the name is shared, the server where it is another. */
export function detailOf(text: Text, member: Member, ownServer: string | null): string {
  const other = serverOf(member.userId);
  const words = [
    member.own ? text("member-own") : null,
    member.guest ? text("member-guest") : null,
    member.role === "user" ? null : text(`member-role-${member.role}`),
    member.ambiguous ? member.userId : other !== ownServer ? other : null,
    member.ignored ? text("member-ignored") : null,
  ];
  return words.filter((word) => word !== null).join(" · ");
}

function Mark({ member }: { member: Member }): ReactNode {
  if (member.membership === "banned") return <IconBan size={16} className={styles.markAlarm} />;
  if (member.ignored) return <IconBellOff size={16} className={styles.mark} />;
  if (member.role === "creator" || member.role === "administrator") return <IconCrown size={16} className={styles.mark} />;
  if (member.role === "moderator") return <IconShield size={16} className={styles.mark} />;
  return null;
}
