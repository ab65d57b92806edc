import { screen, waitForElementToBeRemoved } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import type { AccountInfo, SessionState } from "../ipc/bindings";
import { account } from "../ipc/fake/session";
import { draw } from "../testing/draw";
import { useHealing } from "./useHealing";

function Healing({ state }: { state: SessionState }) {
  useHealing(state);
  return null;
}

const signedIn = (healed: Partial<AccountInfo>): SessionState => ({ kind: "signedIn", account: { ...account, ...healed } });

const said = () => screen.queryAllByRole("alertdialog").map((toast) => toast.textContent);

describe("what was healed", () => {
  it("is not spoken of when nothing was", () => {
    draw(<Healing state={signedIn({})} />);
    expect(said()).toEqual([]);
  });

  it("is told of keys in one sentence, until it is closed by a key", async () => {
    const { user } = draw(<Healing state={signedIn({ keysRestored: true })} />);
    const toast = await screen.findByText(/^Vos clés de chiffrement étaient abîmées sur ce poste/);
    expect(said()).toHaveLength(1);
    screen.getByRole("button", { name: "close" }).focus();
    const gone = waitForElementToBeRemoved(toast);
    await user.keyboard("{Enter}");
    await gone;
  });

  it("is told once, and apart from a lost history", async () => {
    const both = { keysRestored: true, historyLost: true };
    function Renamed() {
      const [name, rename] = useState("Camille");
      return (
        <>
          <Healing state={signedIn({ ...both, displayName: name })} />
          <button onClick={() => rename("Camille Martin")}>rename</button>
        </>
      );
    }
    const { user } = draw(<Renamed />, "en");
    await screen.findByText(/^Your encryption keys on this computer were damaged/);
    await screen.findByText(/^The copy of your messages on this computer was damaged/);
    await user.click(screen.getByText("rename"));
    expect(said()).toHaveLength(2);
  });
});
