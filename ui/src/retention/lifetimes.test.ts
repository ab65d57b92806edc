import { describe, expect, it } from "vitest";

import { effective, inUnits, left, offered } from "./lifetimes";

const hour = 3_600_000;
const day = 24 * hour;
const free = { timer: null, serverMax: null, deviceMax: null, allowed: null };

describe("lifetimes", () => {
  it("are told in the largest unit without a rest", () => {
    expect(inUnits(7 * day)).toEqual({ count: 7, unit: "days" });
    expect(inUnits(day + hour)).toEqual({ count: 25, unit: "hours" });
    expect(inUnits(90_000)).toEqual({ count: 90, unit: "seconds" });
  });

  it("are those of the organisation, if it has a list", () => {
    expect(offered({ ...free, allowed: [day, hour] })).toEqual([hour, day]);
    expect(offered(free)).toHaveLength(4);
  });

  it("of one message may be less than the room's, never more", () => {
    expect(effective(free, null)).toBeNull();
    expect(effective(free, hour)).toBe(hour);
    expect(effective({ ...free, timer: day }, hour)).toBe(hour);
    expect(effective({ ...free, timer: hour }, day)).toBe(hour);
  });
});

describe("what is left", () => {
  it("is never told as over before it is", () => {
    expect(left(1_000, 999)).toMatchObject({ count: 1, unit: "seconds" });
    expect(left(1_000, 5_000)).toMatchObject({ count: 1, unit: "seconds" });
  });

  it("is told again when the number is another one", () => {
    expect(left(5 * day + 1_500, 0)).toEqual({ count: 6, unit: "days", next: 1_500 });
    expect(left(10_000, 0)).toEqual({ count: 10, unit: "seconds", next: 1_000 });
  });
});
