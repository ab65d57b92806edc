import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { account } from "../ipc/fake/session";
import { draw, startMinistry } from "../testing/draw";
import { ShowCode } from "./ShowCode";

describe("the recovery code", () => {
  it("goes to paper with whose it is, and nothing else does", async () => {
    startMinistry();
    const print = vi.fn();
    vi.stubGlobal("print", print);
    const { user } = draw(<ShowCode account={account} given={null} />);
    await screen.findByText(/EsTc 7fkQ/);
    await user.click(screen.getByRole("button", { name: "Imprimer" }));
    expect(print).toHaveBeenCalledOnce();
    const sheet = document.querySelector("[data-print]");
    expect(sheet?.textContent).toContain(account.userId);
    expect(sheet?.textContent).toContain("oD7w");
    expect(sheet?.querySelector("button, input"), "only words").toBeNull();
    vi.unstubAllGlobals();
  });
});
