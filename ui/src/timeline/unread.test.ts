import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { readMarker, row, text } from "../ipc/fake/messages";
import { karim, me, sophie } from "../ipc/fake/people";
import { lastKey, newsAfter, nthNews, useUnreadLine } from "./unread";

const said = (who: typeof me, words: string) => row(who, 0, text(words));
const [a, b, own, c] = [said(karim, "a"), said(sophie, "b"), said(me, "moi"), said(karim, "c")];
const joined = row(sophie, 0, { kind: "state", change: { kind: "roomAvatar" } });

describe("news", () => {
  it("are what others said after what was seen", () => {
    expect(newsAfter([a, b, own, joined, c], a.key).map((event) => event.sender.name)).toEqual(["Sophie Marchand", "Karim Benali"]);
    expect(newsAfter([a, b], null), "nothing was seen yet").toEqual([]);
    expect(newsAfter([a, b], "gone"), "the list was told anew").toEqual([]);
  });

  it("begin at the message that is as many news from the end as are unread", () => {
    const items = [a, b, own, joined, c];
    expect(nthNews(items, 1)).toBe(c.key);
    expect(nthNews(items, 2)).toBe(b.key);
    expect(nthNews(items, 4), "not all of them are here").toBeNull();
    expect(lastKey([...items, readMarker])).toBe(c.key);
  });
});

describe("the unread line", () => {
  const line = (items: typeof a[], following: boolean) =>
    renderHook(({ items, following }) => useUnreadLine(items, following), { initialProps: { items, following } });

  it("stays where it was at opening, though reading moves the marker", () => {
    const { result, rerender } = line([a, readMarker, b, c], false);
    expect(result.current.at).toBe(b.key);
    rerender({ items: [a, b, c], following: true });
    expect(result.current.at, "eyes look for it after the end was seen").toBe(b.key);
  });

  it("does not follow the marker while the end is looked at", () => {
    const { result, rerender } = line([a, b], true);
    rerender({ items: [a, b, readMarker, c], following: true });
    expect(result.current.at).toBeNull();
  });

  it("moves to what came while nobody looked", () => {
    const { result, rerender } = line([a, readMarker, b], false);
    rerender({ items: [a, b], following: true });
    rerender({ items: [a, b, readMarker, c], following: false });
    expect(result.current.at).toBe(c.key);
  });

  it("goes when the room is marked as read", () => {
    const { result } = line([a, readMarker, b], false);
    act(() => result.current.clear());
    expect(result.current.at).toBeNull();
  });
});
