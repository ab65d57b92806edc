import { describe, expect, it } from "vitest";

import { day, readMarker, row, start, text } from "../ipc/fake/messages";
import { karim, me, sophie } from "../ipc/fake/people";
import { firstUnread, keepRows, timelineRows } from "./rows";

const minute = 60_000;
const noon = new Date(2025, 10, 24, 12).getTime();
const said = (who: typeof me, minutes: number, words = "oui") => row(who, noon + minutes * minute, text(words));
const joined = (minutes: number) =>
  row(sophie, noon + minutes * minute, { kind: "state", change: { kind: "membership", change: "joined", target: "Sophie", reason: null } });

describe("rows of a timeline", () => {
  it("put one sender's messages of five minutes under one name", () => {
    const items = [said(karim, 0), said(karim, 2), said(karim, 6.5), said(karim, 12), said(sophie, 12)];
    expect(timelineRows(items, null).map((one) => one.kind === "event" && [one.first, one.last])).toEqual([
      [true, false],
      [false, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("begin a name anew under a day, the unread line and a change of state", () => {
    const [a, b, c, d, e] = [said(karim, 0), said(karim, 1), said(karim, 2), joined(2), said(karim, 3)] as const;
    const rows = timelineRows([a, day(noon), b, c, d, e], c.key);
    expect(rows.map((one) => [one.key, one.kind === "event" ? one.first : null, one.day !== null, one.unread])).toEqual([
      [a.key, true, false, false],
      [b.key, true, true, false],
      [c.key, true, false, true],
      [d.key, null, false, false],
      [e.key, true, false, false],
    ]);
  });

  it("gather consecutive changes of state in one row, but not across a day", () => {
    const changes = [joined(0), joined(1), joined(2), joined(3)];
    const [a, b, c, d] = changes as [(typeof changes)[0], (typeof changes)[0], (typeof changes)[0], (typeof changes)[0]];
    const rows = timelineRows([start, a, b, day(noon), c, d], null);
    expect(rows.map((one) => (one.kind === "changes" ? one.items : one.kind))).toEqual(["start", [a.key, b.key], [c.key, d.key]]);
  });

  it("leave an emote a row of its own: it names its sender itself", () => {
    const emote = row(karim, noon, { kind: "text", style: "emote", nodes: [{ kind: "text", text: "sort" }] });
    const rows = timelineRows([said(karim, 0), emote, said(karim, 0)], null);
    expect(rows.every((one) => one.kind === "event" && one.first)).toBe(true);
  });

  it("keep the days to the row beneath, so that every row is an event that stays when older ones come", () => {
    const [a, b] = [said(karim, 0), said(karim, 1)];
    const before = timelineRows([day(noon), b], null);
    const after = timelineRows([day(noon), a, b], null);
    expect(before.map((one) => one.key)).toEqual([b.key]);
    expect(after.map((one) => [one.key, one.day !== null])).toEqual([
      [a.key, true],
      [b.key, false],
    ]);
  });

  it("find the first unread message under the marker", () => {
    const [a, b] = [said(karim, 0), said(karim, 1)];
    expect(firstUnread([a, readMarker, day(noon), b])).toBe(b.key);
    expect(firstUnread([a, b])).toBeNull();
    expect(firstUnread([a, readMarker]), "nothing stands under it").toBeNull();
  });
});

describe("rows after a change", () => {
  it("are the same ones where they say the same", () => {
    const items = [said(karim, 0), said(sophie, 1)];
    const before = timelineRows(items, null);
    expect(keepRows(before, timelineRows(items, null))).toBe(before);
    const more = keepRows(before, timelineRows([...items, said(sophie, 2)], null));
    expect(more[0], "nothing in it changed").toBe(before[0]);
    expect(more[1], "it is no longer the last of its sender").not.toBe(before[1]);
  });
});
