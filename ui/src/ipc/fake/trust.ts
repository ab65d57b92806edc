import type { OwnDevice, PersonTrust, Verification, VerificationEnding, VerificationStage } from "../bindings";
import { code } from "./code";
import { me, sophie } from "./people";
import { State } from "./topic";

const symbols = [[6, "🐘"], [23, "🍌"], [40, "🎁"], [57, "🎸"], [12, "🐟"], [39, "⏰"], [63, "📌"]] as const;

export const emojis: VerificationStage = { kind: "emojis", emojis: symbols.map(([index, symbol]) => ({ index, symbol })) };
export const ready: VerificationStage = { kind: "ready", emojis: true, show: true, scan: true };

const hour = 3_600_000;

const devices: OwnDevice[] = [
  { id: "KVQHTRSLAE", name: "Pli (Linux)", lastSeen: Date.now(), trust: "verified", current: true },
  { id: "BUREAUPARIS", name: "Poste du bureau (Windows)", lastSeen: Date.now() - 2 * hour, trust: "verified", current: false },
  { id: "XWQPLMNOTR", name: null, lastSeen: Date.now() - 900 * hour, trust: "unverified", current: false },
  { id: "SCRIPTBILAN", name: "Automate du bilan", lastSeen: null, trust: "noKeys", current: false },
];

export interface Trust {
  verifications: State<Verification[]>;
  devices: OwnDevice[];
  people: Map<string, State<PersonTrust>>;
}

function stageOf(knob: string): VerificationStage {
  switch (knob) {
    case "ready":
      return ready;
    case "emojis":
      return emojis;
    case "numbers":
      return { kind: "numbers", numbers: [4217, 8003, 1965] };
    case "code":
      return code;
    case "asked":
    case "asking":
    case "starting":
    case "scanned":
    case "confirmed":
    case "done":
      return { kind: knob };
    default:
      return { kind: "ended", reason: knob as VerificationEnding };
  }
}

/** `verify=asked` and so on: with another device of one's own; `verify=person-emojis`: with Sophie. */
export function makeTrust(knobs: URLSearchParams): Trust {
  const [, person, stage] = /^(person-)?(.+)$/.exec(knobs.get("verify") ?? "") ?? [];
  const started = stage ? [verification(person ? sophie : me, stageOf(stage), stage === "asked")] : [];
  return { verifications: new State(started), devices: [...devices], people: new Map() };
}

export function verification(who: { userId: string; name: string }, stage: VerificationStage, incoming: boolean): Verification {
  const own = who === me || who.userId === me.userId;
  return { id: "flow", userId: who.userId, name: who.name, own, device: own ? "Pli (Windows)" : null, incoming, stage };
}
