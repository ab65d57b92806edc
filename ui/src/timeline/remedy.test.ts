import { beforeEach, describe, expect, it } from "vitest";

import type { EventItem, UndecryptableReason } from "../ipc/bindings";
import { row } from "../ipc/fake/messages";
import { karim } from "../ipc/fake/people";
import { composing, composingIn, resetComposing } from "../stores/composing";
import { resetView, view } from "../stores/view";
import { remedyOf, tryRemedy } from "./remedy";
import { eventOf } from "./rows";

function unread(reason: UndecryptableReason, reply = true): EventItem {
  const event = eventOf(row(karim, 0, { kind: "undecryptable", reason }));
  if (!event) throw new Error("no event");
  return { ...event, can: { ...event.can, reply } };
}

/** Does what is offered, and tells what came of it. */
function after(reason: UndecryptableReason) {
  const event = unread(reason);
  const remedy = remedyOf(event);
  if (remedy) tryRemedy(remedy, "!salon", event);
  return { dialog: view.get().dialog, page: view.get().page, composing: composingIn(composing.get(), "!salon").kind };
}

beforeEach(() => {
  resetView();
  resetComposing();
});

describe("a message that cannot be read", () => {
  it("is waited for while its key may come", () => {
    expect(remedyOf(unread("waiting"))).toBeNull();
  });

  it.each(["notShared", "withheld", "untrusted", "beforeJoining", "malformed"] as const)("%s: its sender is asked, by a reply", (reason) => {
    expect(after(reason).composing).toBe("reply");
  });

  it("asks nobody where the user may not write", () => {
    expect(remedyOf(unread("withheld", false))).toBeNull();
  });

  it.each(["backupLocked", "withheldUnverified"] as const)("%s: the code is asked for", (reason) => {
    expect(after(reason).dialog).toBe("code");
  });

  it.each(["beforeThisDevice", "backupIncomplete"] as const)("%s: a file of keys may have it", (reason) => {
    expect(after(reason)).toMatchObject({ dialog: "settings", page: "encryption" });
  });
});
