import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { type Asked, askedOf, draw, startMinistry } from "../testing/draw";
import { Newcomers } from "./Newcomers";

let asked: Asked[];

beforeEach(() => {
  asked = startMinistry("newcomers=5");
});

describe("people who came into a room", () => {
  it("are named above what is written, until they were seen", async () => {
    const { user } = draw(<Newcomers roomId="!crise" />);
    const band = await screen.findByRole("status");
    expect(band.textContent).toMatch(/5 nouvelles personnes dans ce salon.*et 2 autres/);
    expect(band.textContent).toContain("Elles liront la suite.");
    await user.click(screen.getByRole("button", { name: "J’ai vu" }));
    await waitFor(() => expect(screen.queryByRole("status")).toBeNull());
    expect(askedOf(asked, "room_newcomers_acknowledge")).toEqual([{ roomId: "!crise" }]);
  });

  it("are nobody in other rooms", () => {
    draw(<Newcomers roomId="!sophie" />);
    expect(screen.queryByRole("status")).toBeNull();
  });
});
