import type { Sender } from "../ipc/bindings";

/** Named; of more, how many. */
const named = 3;

/** "Hélène, Paul et 2 autres"; `more` words how many others. */
export function namesOf(people: readonly Sender[], locale: string, more: (count: number) => string): string {
  const names = people.slice(0, named).map(({ name }) => name);
  if (people.length > named) names.push(more(people.length - named));
  return new Intl.ListFormat(locale).format(names);
}
