import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { resetView, view } from "../stores/view";
import { type Asked, askedOf, draw, startMinistry } from "../testing/draw";
import { recoveryCode } from "../ipc/fake/session";
import { AccessBanner } from "./AccessBanner";
import { CodeDialog } from "./CodeDialog";

let asked: Asked[];

beforeEach(() => {
  asked = startMinistry("access=lost");
  resetView();
});

describe("a device that has lost the keys of its user", () => {
  it("says so, asks for the code, and is quiet once it has them", async () => {
    const { user } = draw(
      <>
        <AccessBanner />
        <CodeDialog />
      </>,
    );
    expect(await screen.findByText("Ce poste n’a plus accès à vos clés.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Taper le code de récupération…" }));
    const code = await screen.findByRole("textbox", { name: "Code de récupération" });
    await user.type(code, "EsTc 7fkQ{Enter}");
    expect(await screen.findByText(/Ce n’est pas le bon code/)).toBeTruthy();
    await user.clear(code);
    await user.type(code, `${recoveryCode}{Enter}`);
    await waitFor(() => expect(view.get().dialog).toBeNull());
    expect(await screen.findByText("Ce poste a de nouveau accès à vos clés.")).toBeTruthy();
    expect(screen.queryByText("Ce poste n’a plus accès à vos clés.")).toBeNull();
    expect(askedOf(asked, "recovery_enter")).toHaveLength(2);
  });
});
