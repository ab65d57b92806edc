import type { MessageNode } from "../ipc/bindings";
import { plainText } from "../stores/preview";

const hostLike = /(?:^|[\s/@(])((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?=$|[\s/:?#)])/giu;

/** Whether the words of a link name another host than the one it opens: then the host is written beside them. */
export function namesOtherHost(children: readonly MessageNode[], host: string): boolean {
  const shown = [...plainText(children).matchAll(hostLike)].map((found) => (found[1] ?? "").toLowerCase());
  const real = host.toLowerCase();
  return shown.some((name) => name !== real && `www.${name}` !== real && name !== `www.${real}`);
}
