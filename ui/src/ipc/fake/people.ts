import type { FoundUser, Member, MemberRole, Sender } from "../bindings";

const server = "interieur.example";

function person(local: string, name: string, avatar: string | null = null): Sender {
  return { userId: `@${local}:${server}`, name, ambiguous: false, avatar };
}

export const me = person("claire.lefevre", "Claire Lefèvre");
export const karim = person("karim.benali", "Karim Benali");
export const sophie = person("sophie.marchand", "Sophie Marchand", "portrait-sophie");
export const helene: Sender = { ...person("x", "Hélène Dupuis"), userId: "@helene.dupuis:meteo.example" };
export const paul: Sender = { ...person("x", "Paul Roy"), userId: "@paul.roy:rail.example" };
export const yann = person("yann.lebihan", "Yann Le Bihan");
export const ines = person("ines.haddad", "Inès Haddad", "portrait-ines");
export const marc = person("marc.oliveira", "Marc Oliveira");
export const jeanA: Sender = { ...person("jean.martin", "Jean Martin"), ambiguous: true };
export const jeanB: Sender = { ...person("jean.martin2", "Jean Martin"), ambiguous: true };
export const bernard = person("bernard.nguyen", "Bernard Nguyễn");

export const everybody = [me, karim, sophie, helene, paul, yann, ines, marc, jeanA, jeanB, bernard];

export function member(who: Sender, role: MemberRole = "user", change: Partial<Member> = {}): Member {
  const powerLevel = { creator: 2147483647, administrator: 100, moderator: 50, user: 0 }[role];
  return {
    userId: who.userId,
    name: who.name,
    ambiguous: who.ambiguous,
    avatar: who.avatar,
    membership: "joined",
    role,
    powerLevel,
    own: who === me,
    ignored: false,
    canChange: who !== me && role !== "creator",
    ...change,
  };
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function searchPeople(term: string): FoundUser[] {
  const wanted = plain(term.trim());
  return everybody
    .filter((who) => who !== me && (plain(who.name).includes(wanted) || who.userId.includes(wanted)))
    .map(({ userId, name, avatar }) => ({ userId, name, avatar }));
}
