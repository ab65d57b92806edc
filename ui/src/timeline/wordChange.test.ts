import { describe, expect, it } from "vitest";

import { textIn } from "../i18n/text";
import type { MembershipChange, StateChange } from "../ipc/bindings";
import { row } from "../ipc/fake/messages";
import { ines } from "../ipc/fake/people";
import { eventOf } from "./rows";
import { wordChange, wordChanges } from "./wordChange";

const fr = textIn("fr");
const en = textIn("en");
const member = (change: MembershipChange, target = "Marc", reason: string | null = null): StateChange => ({ kind: "membership", change, target, reason });

describe("a change of state", () => {
  const cases: [StateChange, theirs: string, mine: string][] = [
    [{ kind: "roomCreated" }, "Inès a créé le salon", "Vous avez créé le salon"],
    [{ kind: "roomName", name: "Crise" }, "Inès a renommé le salon en «\u00a0Crise\u00a0»", "Vous avez renommé le salon en «\u00a0Crise\u00a0»"],
    [{ kind: "roomName", name: null }, "Inès a retiré le nom du salon", "Vous avez retiré le nom du salon"],
    [{ kind: "joinRules", public: true }, "Inès a ouvert le salon à tous", "Vous avez ouvert le salon à tous"],
    [member("invited"), "Inès a invité Marc", "Vous avez invité Marc"],
    [member("invitationAccepted"), "Marc a accepté l’invitation", "Vous avez accepté l’invitation"],
    [member("removed", "Marc", "hors sujet"), "Inès a retiré Marc du salon (motif\u00a0: hors sujet)", "Vous avez retiré Marc du salon (motif\u00a0: hors sujet)"],
    [{ kind: "other", eventType: "fr.exemple" }, "Inès a modifié un réglage du salon", "Vous avez modifié un réglage du salon"],
  ];
  it.each(cases)("%j", (change, theirs, mine) => {
    expect(wordChange(fr, "Inès", false, change)).toBe(theirs);
    expect(wordChange(fr, "Inès", true, change)).toBe(mine);
  });

  it("of a profile says what changed in it", () => {
    const profile = (oldName: string | null, newName: string | null, avatarChanged = false) =>
      wordChange(fr, "M. Oliveira", false, { kind: "profile", target: "M. Oliveira", oldName, newName, avatarChanged });
    expect(profile("M. Oliveira", "Marc")).toBe("M. Oliveira s’appelle désormais Marc");
    expect(profile("M. Oliveira", "Marc", true)).toBe("M. Oliveira s’appelle désormais Marc, avec une nouvelle photo");
    expect(profile("M. Oliveira", null)).toBe("M. Oliveira a retiré son nom");
    expect(profile(null, null, true)).toBe("M. Oliveira a changé de photo");
    expect(profile("Marc", "Marc")).toBe("M. Oliveira a modifié son profil");
  });

  it("has words in both languages, whatever it is", () => {
    const memberships: MembershipChange[] = ["joined", "left", "invited", "invitationAccepted", "invitationRejected", "invitationRevoked", "removed", "banned", "unbanned", "knocked", "knockAccepted", "knockDenied", "knockRetracted", "other"];
    const changes: StateChange[] = [
      ...memberships.map((change) => member(change)),
      ...(["invited", "joined", "shared", "worldReadable"] as const).map((visibility) => ({ kind: "historyVisibility" as const, visibility })),
      { kind: "roomTopic", topic: "x" }, { kind: "roomTopic", topic: null }, { kind: "roomAvatar" }, { kind: "roomEncryption" },
      { kind: "joinRules", public: false }, { kind: "powerLevels" }, { kind: "pinnedEvents" }, { kind: "upgraded" },
    ];
    for (const text of [fr, en]) {
      for (const change of changes) {
        const words = wordChange(text, "Inès", false, change);
        expect(words, JSON.stringify(change)).toMatch(/Inès|Marc/);
        expect(words).not.toMatch(/^change-/);
      }
    }
  });
});

describe("a group of changes", () => {
  const events = (changes: StateChange[]) => changes.map((change) => eventOf(row(ines, 0, { kind: "state", change })) ?? raise());
  const raise = () => {
    throw new Error("no event");
  };

  it("is counted by what happened, in the right number", () => {
    const joined = member("joined");
    expect(wordChanges(fr, events([joined]))).toBe("1 arrivée");
    expect(wordChanges(fr, events([{ kind: "roomCreated" }, joined, joined, member("left"), member("invited"), member("invited")]))).toBe(
      "2 arrivées · 1 départ · 2 invitations · 1 changement dans le salon",
    );
    expect(wordChanges(en, events([joined, joined, { kind: "powerLevels" }]))).toBe("2 arrivals · 1 room change");
  });
});
