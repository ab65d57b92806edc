import type { PersonTrust, VerificationStage } from "../bindings";
import { ipcError } from "../backend";
import { code } from "./code";
import { me, sophie } from "./people";
import { changeDetails, roomIn } from "./rooms";
import type { Handlers } from "./session";
import { State } from "./topic";
import { emojis, ready, verification } from "./trust";
import type { World } from "./world";

export function trustOf(world: World, userId: string): State<PersonTrust> {
  const changed = world.knobs.get("changed") === "on" && userId === sophie.userId;
  const known = world.trust.people.get(userId) ?? new State<PersonTrust>(changed ? "changed" : "unverified");
  world.trust.people.set(userId, known);
  return known;
}

type VerificationCommand = Extract<keyof Handlers, `verification_${string}` | `device_${string}` | `person_${string}`>;

export function verificationCommands(world: World): Pick<Handlers, VerificationCommand> {
  const all = world.trust.verifications;
  const settle = (userId: string, trust: PersonTrust) => {
    trustOf(world, userId).set(trust);
    for (const [roomId, { details }] of world.rooms) {
      changeDetails(world, roomId, { changed: details.value.changed.filter((one) => one.userId !== userId) });
    }
  };
  const step = (id: string, stage: VerificationStage): null => {
    const one = all.value.find((known) => known.id === id);
    if (!one) throw ipcError("notFound", "e0e0e0");
    all.set(all.value.map((known) => (known.id === id ? { ...known, stage } : known)));
    if (stage.kind === "done" && !one.own) settle(one.userId, "verified");
    return null;
  };
  const scan = ({ id }: { id: string }) => step(id, { kind: "confirmed" });
  return {
    device_list: () => [...world.trust.devices],
    device_rename({ deviceId, name }) {
      world.trust.devices = world.trust.devices.map((one) => (one.id === deviceId ? { ...one, name } : one));
      return null;
    },
    device_sign_out({ deviceIds, password }) {
      if (password !== "secret") throw ipcError("wrongPassword", "d4e5f6");
      world.trust.devices = world.trust.devices.filter(({ id }) => !deviceIds.includes(id));
      return null;
    },
    person_withdraw_verification({ userId }) {
      settle(userId, "unverified");
      return null;
    },
    verification_accept: ({ id }) => step(id, ready),
    verification_available: () => world.knobs.get("alone") !== "on",
    verification_cancel({ id }) {
      all.set(all.value.filter((one) => one.id !== id));
      return null;
    },
    verification_confirm: ({ id }) => step(id, { kind: "done" }),
    verification_mismatch: ({ id }) => step(id, { kind: "ended", reason: "mismatch" }),
    verification_request({ userId }) {
      const who = userId === me.userId ? me : { userId, name: nameIn(world, userId) };
      all.set([...all.value, verification(who, { kind: "asking" }, false)]);
      // The other side answers.
      setTimeout(() => all.value.some(({ id }) => id === "flow") && step("flow", ready), 30);
      return { id: "flow" };
    },
    verification_scan_clipboard: scan,
    verification_scan_file: scan,
    verification_show_code: ({ id }) => step(id, code),
    verification_start_emojis: ({ id }) => step(id, emojis),
  };
}

function nameIn(world: World, userId: string): string {
  for (const roomId of world.rooms.keys()) {
    const found = roomIn(world, roomId).members.items.find((one) => one.userId === userId);
    if (found) return found.name;
  }
  return userId;
}
