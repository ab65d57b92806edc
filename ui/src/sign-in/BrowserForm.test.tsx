import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { askedOf, draw, startMinistry } from "../testing/draw";
import { SignInScreen } from "./SignInScreen";

async function atServer(name: string, knobs = "") {
  const asked = startMinistry(`state=signedOut&${knobs}`);
  const { user, unmount } = draw(<SignInScreen ended={null} />);
  await user.type(screen.getByLabelText("Votre adresse"), `claire@${name}`);
  await user.click(screen.getByRole("button", { name: "Continuer" }));
  return { asked, user, unmount };
}

describe("signing in in the browser", () => {
  it("offers each portal, waits, and can be given up", async () => {
    const { asked, user } = await atServer("sso-deux.example");
    expect(await screen.findByRole("button", { name: "Se connecter avec Portail du ministère" })).toBeTruthy();
    expect(screen.queryByLabelText("Mot de passe"), "there is none").toBeNull();
    await user.click(screen.getByRole("button", { name: "Se connecter avec ProConnect" }));
    expect(await screen.findByText("Terminez dans votre navigateur.")).toBeTruthy();
    expect(askedOf(asked, "browser_sign_in")).toEqual([{ address: "claire@sso-deux.example", server: null, provider: "oidc-agentconnect" }]);
    expect(askedOf(asked, "browser_signed_in")).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Copier le lien" })).toBeTruthy();

    await user.click(screen.getByRole("button", { name: "Abandonner" }));
    expect(askedOf(asked, "browser_give_up")).toHaveLength(1);
    expect(await screen.findByRole("button", { name: "Se connecter avec ProConnect" })).toBeTruthy();
    expect(screen.queryByRole("alert"), "what was given up is no failure").toBeNull();
  });

  it("says so when no browser opens, and is given up with its screen", async () => {
    const { asked, user, unmount } = await atServer("sso.example", "browser=none");
    await user.click(await screen.findByRole("button", { name: "Se connecter par le portail de votre ministère" }));
    expect(await screen.findByText("Le navigateur n’a pas pu être ouvert.")).toBeTruthy();
    unmount();
    await waitFor(() => expect(askedOf(asked, "browser_give_up")).toHaveLength(1));
  });

  it("tells what failed, and lets one begin again", async () => {
    const { user } = await atServer("sso.example", "fail=browser_signed_in:browserTooSlow");
    await user.click(await screen.findByRole("button", { name: "Se connecter par le portail de votre ministère" }));
    expect((await screen.findByRole("alert")).textContent).toContain("a pris trop de temps");
    expect(screen.getByRole("button", { name: "Se connecter par le portail de votre ministère" })).toBeTruthy();
  });
});
