import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { account } from "../ipc/fake/session";
import { askedOf, draw, startMinistry } from "../testing/draw";
import { EnterCode } from "./EnterCode";

const other = { name: "Vérifier avec un autre appareil" };

describe("a new device", () => {
  it("asks the account’s other devices", async () => {
    const asked = startMinistry("state=recovery-enterCode");
    const { user } = draw(<EnterCode account={account} onReset={() => {}} />);
    await user.click(await screen.findByRole("button", other));
    await waitFor(() => expect(askedOf(asked, "verification_request")).toEqual([{ userId: account.userId, deviceId: null }]));
  });

  it("does not where there is none", async () => {
    const asked = startMinistry("state=recovery-enterCode&alone=on");
    draw(<EnterCode account={account} onReset={() => {}} />);
    await waitFor(() => expect(askedOf(asked, "verification_available")).toHaveLength(1));
    expect(await screen.findByRole("button", { name: "Ouvrir mes messages" })).toBeTruthy();
    expect(screen.queryByRole("button", other)).toBeNull();
  });
});
