import { beforeEach, describe, expect, it } from "vitest";

import { type Backend, setBackend } from "../ipc/backend";
import type { ListDiff, Member, RoomDetails } from "../ipc/bindings";
import { ines, karim, member, sophie } from "../ipc/fake/people";
import { roomMembers } from "./members";
import { roomDetails } from "./room";

interface Opened {
  name: string;
  args: unknown;
  send: (update: never) => void;
  fail: (error: never) => void;
  closed: boolean;
}

let opened: Opened[] = [];

beforeEach(() => {
  opened = [];
  const backend: Backend = {
    call: () => Promise.reject(new Error("nothing is called here")),
    subscribe(name, args, onUpdate, onError) {
      const one: Opened = { name, args, send: onUpdate as Opened["send"], fail: onError as Opened["fail"], closed: false };
      opened.push(one);
      return () => {
        one.closed = true;
      };
    },
    mediaUrl: (id) => id,
  };
  setBackend(backend);
});

const turn = () => new Promise((done) => setTimeout(done));

describe("the members of a room", () => {
  const send = (diffs: ListDiff<Member>[]) => opened.at(-1)?.send(diffs as never);

  it("follow the diffs, and keep who did not change", async () => {
    const store = roomMembers("!one");
    const stop = store.subscribe(() => {});
    expect(opened).toMatchObject([{ name: "room_members_subscribe", args: { roomId: "!one" } }]);
    expect(store.get().ready, "nothing came yet").toBe(false);
    const first = member(karim, "administrator");
    send([{ kind: "reset", values: [first, member(sophie)] }]);
    send([{ kind: "set", index: 1, value: member(sophie, "moderator") }, { kind: "pushBack", value: member(ines) }]);
    expect(store.get().value.keys).toEqual([karim.userId, sophie.userId, ines.userId]);
    expect(store.get().value.byKey.get(sophie.userId)?.role).toBe("moderator");
    expect(store.get().value.byKey.get(karim.userId)).toBe(first);
    stop();
    await turn();
    expect(opened[0]?.closed, "nobody listens any more").toBe(true);
  });

  it("are asked for again when a diff does not fit", () => {
    const stop = roomMembers("!two").subscribe(() => {});
    send([{ kind: "reset", values: [member(karim)] }]);
    send([{ kind: "remove", index: 7 }]);
    expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
    send([{ kind: "reset", values: [member(ines)] }]);
    expect(roomMembers("!two").get().value.keys).toEqual([ines.userId]);
    stop();
  });
});

describe("the details of a room", () => {
  it("are those sent last, one store a room", () => {
    const stop = roomDetails("!one").subscribe(() => {});
    opened.at(-1)?.send({ roomId: "!one", name: "Un" } as RoomDetails as never);
    opened.at(-1)?.send({ roomId: "!one", name: "Deux" } as RoomDetails as never);
    expect(roomDetails("!one").get().value?.name).toBe("Deux");
    expect(roomDetails("!other").get().value).toBeNull();
    stop();
  });

  it("say why they cannot be had", () => {
    const stop = roomDetails("!gone").subscribe(() => {});
    opened.at(-1)?.fail({ code: "notFound", logRef: "abc", retryAfterMs: null } as never);
    expect(roomDetails("!gone").get()).toMatchObject({ value: null, error: { code: "notFound" } });
    stop();
  });
});
