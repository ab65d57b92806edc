/** A complete Matrix user id, when that is what was typed (appendix 4.2.1 of the specification). */
export function asUserId(typed: string): string | null {
  const id = typed.trim();
  return id.length <= 255 && /^@[!-9;-~]+:(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(id) ? id : null;
}

/** What follows the first colon of a user, room or event id; ids of version 12 rooms have none. */
export function serverOf(id: string): string | null {
  const colon = id.indexOf(":");
  return colon < 0 ? null : id.slice(colon + 1);
}
