import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { account } from "../ipc/fake/session";
import { askedOf, draw, startMinistry } from "../testing/draw";
import { DevicesPage } from "./DevicesPage";

// Stores outlive the last test’s listeners by a turn.
beforeEach(() => new Promise<void>((turn) => setTimeout(turn)));

function open(knobs = "") {
  const asked = startMinistry(knobs);
  return { asked, ...draw(<DevicesPage account={account} />) };
}

const button = (name: string) => screen.findByRole("button", { name });
const rows = async () => within(await screen.findByRole("list", { name: "Mes appareils" })).getAllByRole("listitem");

async function choose(user: ReturnType<typeof open>["user"], device: string, act: string) {
  await user.click(await button(`Actions pour ${device}`));
  await user.click(await screen.findByRole("menuitem", { name: act }));
}

describe("my devices", () => {
  it("tell this one, which are verified, and a nameless one by its id", async () => {
    open();
    const words = (await rows()).map((row) => row.textContent);
    expect(words[0]).toMatch(/Pli \(Linux\).*Cet appareil.*Vérifié/);
    expect(words[2]).toMatch(/XWQPLMNOTR.*Non vérifié/);
    expect(words[3]).toMatch(/Sans chiffrement.*Jamais vu/);
  });

  it("are renamed", async () => {
    const { user, asked } = open();
    await choose(user, "Poste du bureau (Windows)", "Renommer");
    const field = await screen.findByLabelText("Nom de l’appareil");
    await user.clear(field);
    expect(await button("Enregistrer")).toHaveProperty("disabled", true);
    await user.type(field, "  Bureau 214 {Enter}");
    expect(await screen.findByText("Bureau 214")).toBeTruthy();
    expect(askedOf(asked, "device_rename")).toEqual([{ deviceId: "BUREAUPARIS", name: "Bureau 214" }]);
  });

  it("are verified one by one", async () => {
    const { user, asked } = open();
    await choose(user, "XWQPLMNOTR", "Vérifier");
    await waitFor(() => expect(askedOf(asked, "verification_request")).toEqual([{ userId: account.userId, deviceId: "XWQPLMNOTR" }]));
  });

  it("are signed out by the password, asked again when it is wrong", async () => {
    const { user, asked } = open();
    await choose(user, "XWQPLMNOTR", "Déconnecter");
    await user.type(await screen.findByLabelText("Mot de passe"), "faux");
    await user.click(await button("Déconnecter"));
    expect(await screen.findByText(/mot de passe incorrect/)).toBeTruthy();
    const field = screen.getByLabelText("Mot de passe");
    await user.clear(field);
    await user.type(field, "secret{Enter}");
    await waitFor(async () => expect(await rows()).toHaveLength(3));
    expect(askedOf(asked, "device_sign_out").at(-1)).toEqual({ deviceIds: ["XWQPLMNOTR"], password: "secret" });
  });

  it("cannot be signed out by an account without a password, which is told so", async () => {
    startMinistry();
    const { user } = draw(<DevicesPage account={{ ...account, password: false }} />);
    await choose(user, "XWQPLMNOTR", "Déconnecter");
    expect(await screen.findByText(/n’a pas de mot de passe/)).toBeTruthy();
    expect(screen.queryByLabelText("Mot de passe")).toBeNull();
  });

  it("are all signed out but this one", async () => {
    const { user, asked } = open();
    await user.click(await button("Déconnecter tous les autres appareils"));
    await user.type(await screen.findByLabelText("Mot de passe"), "secret{Enter}");
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(askedOf(asked, "device_sign_out")).toEqual([{ deviceIds: ["BUREAUPARIS", "XWQPLMNOTR", "SCRIPTBILAN"], password: "secret" }]);
    expect(screen.queryByRole("button", { name: /tous les autres/ }), "there is none left").toBeNull();
  });

  it("say when they cannot be had, and are asked for again", async () => {
    const { user, asked } = open("fail=device_list:offline");
    expect((await screen.findByRole("alert")).textContent).toContain("n’a pas pu être chargée");
    await user.click(await button("Réessayer"));
    await waitFor(() => expect(askedOf(asked, "device_list").length).toBeGreaterThan(1));
  });
});
