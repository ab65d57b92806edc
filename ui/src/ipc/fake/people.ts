import type { FoundUser, Member, MemberRole, Sender } from "../bindings";

const server = "interieur.example";

function person(local: string, name: string, avatar: string | null = null): Sender {
  return { userId: `@${local}:${server}`, name, ambiguous: false, avatar, guest: false };
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

/** Whether the weather service and the railways are guests'. */
export function setGuests(on: boolean): void {
  helene.guest = paul.guest = on;
}

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
    guest: who.guest,
    ignored: false,
    canChange: who !== me && role !== "creator",
    ...change,
  };
}

const firstNames = ["Aïcha", "Benoît", "Chloé", "Dominique", "Élodie", "Farid", "Gaëlle", "Hugo", "Irène", "Joël", "Khadija", "Loïc", "Maëlle", "Nadia", "Océane"];
const lastNames = ["Abadie", "Bérenger", "Cœurdacier", "Delmas", "Étienne", "Fauré", "Garnier", "Hébert", "Imbert", "Jacquot", "Kermadec", "Lacroix", "Moreau"];

/** As many as a great network has; the same ones each time. Some share their name. */
export function crowd(count: number): Sender[] {
  return Array.from({ length: count }, (_, i) => {
    const first = firstNames[i % firstNames.length] ?? "";
    const last = lastNames[(i * 7) % lastNames.length] ?? "";
    const round = Math.floor(i / (firstNames.length * lastNames.length));
    const name = round === 0 ? `${first} ${last}` : `${first} ${last} ${round + 1}`;
    const local = `${plain(first)}.${plain(last)}${round + 1}`;
    return { userId: `@${local}:${i % 9 === 4 ? "culture.example" : server}`, name, ambiguous: false, avatar: null, guest: false };
  });
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function searchPeople(term: string): FoundUser[] {
  const wanted = plain(term.trim());
  return everybody
    .filter((who) => who !== me && (plain(who.name).includes(wanted) || who.userId.includes(wanted)))
    .map(({ userId, name, avatar }) => ({ userId, name, avatar }));
}
