import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { askedOf, draw, startMinistry } from "../testing/draw";
import { ExpiredBanner } from "./ExpiredBanner";

describe("the banner of an account that has expired", () => {
  it("says what still works, and offers the mail that renews it, once", async () => {
    const asked = startMinistry();
    const { user } = draw(<ExpiredBanner />);
    const banner = screen.getByText("Votre compte a expiré.").closest("[role=status]");
    expect(banner?.textContent).toContain("Vos messages restent lisibles");
    await user.click(screen.getByRole("button", { name: "Recevoir le message" }));
    expect(await screen.findByText(/est en route/)).toBeTruthy();
    expect(askedOf(asked, "account_ask_renewal")).toHaveLength(1);
    expect(screen.queryByRole("button", { name: "Recevoir le message" })).toBeNull();
  });

  it("says so where the server sends none, and lets one ask again", async () => {
    startMinistry("fail=account_ask_renewal:noRenewalMail");
    const { user } = draw(<ExpiredBanner />);
    await user.click(screen.getByRole("button", { name: "Recevoir le message" }));
    expect(await screen.findByText(/n’envoie pas de message de renouvellement/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Recevoir le message" })).toBeTruthy();
  });
});
