import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

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
});
