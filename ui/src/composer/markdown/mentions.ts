import type { JSONContent } from "@tiptap/core";

/** Stands for everybody in the room, where a mention has a user id. */
export const everybody = "@room";

const prefix = "https://matrix.to/#/";

/** Where a mention leads: the form the shell reads. */
export function mentionUrl(userId: string): string {
  const encoded = encodeURIComponent(userId)
    .replace(/%40/g, "@")
    .replace(/%3A/g, ":")
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return prefix + encoded;
}

/** The user a link mentions; `null` when it leads elsewhere. */
export function mentionedUser(url: string): string | null {
  if (!url.startsWith(prefix)) return null;
  try {
    const id = decodeURIComponent(url.slice(prefix.length));
    return /^@[^:/]+:[^/]+$/.test(id) ? id : null;
  } catch {
    return null;
  }
}

export function mention(id: string, label: string): JSONContent {
  return { type: "mention", attrs: { id, label } };
}

/** Who is mentioned in a document, each once; `room` when everybody is. */
export function mentionsIn(doc: JSONContent): { users: string[]; room: boolean } {
  const ids = new Set<string>();
  const walk = (node: JSONContent) => {
    if (node.type === "mention") ids.add(String(node.attrs?.id));
    node.content?.forEach(walk);
  };
  walk(doc);
  const room = ids.delete(everybody);
  return { users: [...ids], room };
}
