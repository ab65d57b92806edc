import type { Member } from "../ipc/bindings";
import { fold, found } from "../rooms/fold";

export const memberSections = ["joined", "invited", "banned"] as const;
export type MemberSection = (typeof memberSections)[number];

export type MemberRow =
  | { kind: "section"; key: string; section: MemberSection; count: number }
  | { kind: "member"; key: string; position: number; of: number };

const collator = new Intl.Collator("fr", { sensitivity: "base", numeric: true });

/** Who can do most first, then by name. */
function inOrder(a: Member, b: Member): number {
  return b.powerLevel - a.powerLevel || collator.compare(a.name, b.name) || (a.userId < b.userId ? -1 : 1);
}

const folded = new WeakMap<Member, string>();

/** Members keep their identity while they do not change: each is folded once. */
function foldedOf(member: Member): string {
  const known = folded.get(member);
  if (known !== undefined) return known;
  const made = `${fold(member.name)} ${fold(member.userId)}`;
  folded.set(member, made);
  return made;
}

/** Members in the order they are drawn, whatever order they came in. */
export function sortMembers(members: readonly Member[]): Member[] {
  return members.filter((member) => member.membership !== "left").sort(inOrder);
}

/** Rows from top to bottom; sections that are empty have none. */
export function memberRows(sorted: readonly Member[], filter: string): MemberRow[] {
  const wanted = fold(filter.trim());
  const matching = wanted === "" ? sorted : sorted.filter((member) => found(foldedOf(member), wanted));
  return memberSections.flatMap((section): MemberRow[] => {
    const inside = matching.filter((member) => member.membership === section);
    if (inside.length === 0) return [];
    const of = inside.length;
    return [
      { kind: "section", key: `section-${section}`, section, count: of },
      ...inside.map((member, i): MemberRow => ({ kind: "member", key: member.userId, position: i + 1, of })),
    ];
  });
}
