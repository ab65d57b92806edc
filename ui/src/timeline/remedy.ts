import type { EventItem, UndecryptableReason } from "../ipc/bindings";
import { startReply } from "../stores/composing";
import { openDialog, openSettings } from "../stores/view";

/** What may make a message readable; worded by `undecryptable-` and its name. */
export type Remedy = "ask" | "file" | "code";

const remedies: Record<UndecryptableReason, Remedy | null> = {
  // The key comes by itself, or the reason changes.
  waiting: null,
  notShared: "ask",
  beforeThisDevice: "file",
  backupIncomplete: "file",
  backupLocked: "code",
  beforeJoining: "ask",
  withheldUnverified: "code",
  withheld: "ask",
  untrusted: "ask",
  malformed: "ask",
};

/** The one thing to do about a message that cannot be read. */
export function remedyOf({ body, can }: EventItem): Remedy | null {
  if (body.kind !== "undecryptable") return null;
  const remedy = remedies[body.reason];
  return remedy === "ask" && !can.reply ? null : remedy;
}

export function tryRemedy(remedy: Remedy, roomId: string, event: EventItem): void {
  if (remedy === "ask") startReply(roomId, event);
  else if (remedy === "file") openSettings("encryption");
  else openDialog("code");
}
