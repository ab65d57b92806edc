import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { isGuest } from "../stores/policy";
import { draw, startMinistry } from "../testing/draw";
import { Guests } from "./Guests";

beforeEach(() => {
  startMinistry("guests=on");
});

describe("guests", () => {
  it("are counted and named above what is written", async () => {
    draw(<Guests roomId="!crise" />);
    const band = await screen.findByRole("note");
    expect(band.textContent).toMatch(/^2 externes liront ce message.*Hélène Dupuis et Paul Roy$/);
  });

  it("are nobody in a room of agents alone", async () => {
    draw(<Guests roomId="!sophie" />);
    await new Promise((done) => setTimeout(done));
    expect(screen.queryByRole("note")).toBeNull();
  });

  it("are known by their server, whatever else an id says", () => {
    const servers = ["externe.example"];
    expect(isGuest("@a:externe.example", servers)).toBe(true);
    expect(isGuest("@a:EXTERNE.example", servers)).toBe(true);
    expect(isGuest("@externe.example:agent.example", servers)).toBe(false);
    expect(isGuest("@a:externe.example.evil.test", servers)).toBe(false);
    expect(isGuest("@a:agent.example", [])).toBe(false);
  });
});
