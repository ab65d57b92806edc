import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { loadPolicy } from "../stores/policy";
import { loadSettings } from "../stores/settings";
import { SignInScreen } from "../sign-in/SignInScreen";
import { type Asked, askedOf, draw, startMinistry } from "../testing/draw";
import { AppearancePage } from "./AppearancePage";
import { NotificationsPage } from "./NotificationsPage";

let asked: Asked[];

async function start(knobs: string): Promise<void> {
  asked = startMinistry(knobs);
  await Promise.all([loadPolicy(), loadSettings()]);
}

beforeEach(() => start("policy=on"));

describe("a setting that the organisation forces", () => {
  it("says so, and cannot be changed; its neighbours can", async () => {
    const { user } = draw(<AppearancePage />);
    const language = screen.getByRole("radiogroup", { name: "Langue" });
    expect(language.textContent).toContain("Géré par votre organisation");
    await user.click(screen.getByRole("radio", { name: "English" }));
    expect(askedOf(asked, "settings_set")).toEqual([]);
    await user.click(screen.getByRole("radio", { name: "Sombre" }));
    await waitFor(() => expect(askedOf(asked, "settings_set")).toMatchObject([{ theme: "dark" }]));
  });

  it("is told to be so by assistive technology too", () => {
    draw(<NotificationsPage />);
    const content = screen.getByRole("radiogroup", { name: "Ce que montre une notification" });
    expect(content.getAttribute("aria-readonly")).toBe("true");
    const description = content.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(description.map((id) => document.getElementById(id)?.textContent)).toContain("Géré par votre organisation");
  });

  it("is the user’s own without a policy", async () => {
    await start("");
    const { user } = draw(<NotificationsPage />);
    expect(screen.queryByText("Géré par votre organisation")).toBeNull();
    await user.click(screen.getByRole("radio", { name: /L’auteur seulement/ }));
    await waitFor(() => expect(askedOf(asked, "settings_set")).toMatchObject([{ notificationContent: "sender" }]));
  });
});

describe("signing in where the organisation names the servers", () => {
  it("offers those, by their labels, and no other", async () => {
    const { user } = draw(<SignInScreen ended={null} />);
    expect(screen.queryByRole("button", { name: "English" }), "the language is forced").toBeNull();
    await user.type(screen.getByLabelText("Votre adresse"), "camille");
    await user.click(screen.getByRole("button", { name: "Choisir la messagerie dans une liste" }));
    expect(screen.queryByLabelText("Serveur"), "none is typed").toBeNull();
    await user.click(screen.getByRole("button", { name: /Messagerie/ }));
    expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["Ministère de l’Intérieur", "Ministère des Armées"]);
    await user.click(screen.getByRole("option", { name: "Ministère des Armées" }));
    await user.click(screen.getByRole("button", { name: "Continuer" }));
    await waitFor(() => expect(askedOf(asked, "account_discover")).toEqual([{ address: "camille", server: "armees.example" }]));
  });
});
