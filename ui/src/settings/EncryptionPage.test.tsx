import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { type Asked, askedOf, draw, startMinistry } from "../testing/draw";
import { EncryptionPage } from "./EncryptionPage";

let asked: Asked[];

beforeEach(() => {
  asked = startMinistry();
});

describe("the keys of messages in a file", () => {
  it("are written under a passphrase that is long enough, and typed twice alike", async () => {
    const { user } = draw(<EncryptionPage />);
    const first = screen.getByLabelText("Phrase secrète du fichier");
    const second = screen.getByLabelText("La même, une seconde fois");
    await user.type(first, "court{Enter}");
    expect(screen.getByText(/Il faut au moins 12/)).toBeTruthy();
    await user.clear(first);
    await user.type(first, "une phrase assez longue");
    await user.type(second, "une autre phrase{Enter}");
    expect(screen.getByText(/ne sont pas les mêmes/)).toBeTruthy();
    expect(askedOf(asked, "room_keys_export"), "nothing was asked so far").toEqual([]);
    await user.clear(second);
    await user.type(second, "une phrase assez longue{Enter}");
    expect(await screen.findByText(/12.430 clés écrites/, {}, { timeout: 5000 })).toBeTruthy();
    expect(askedOf(asked, "room_keys_export")).toEqual([{ passphrase: "une phrase assez longue" }]);
    expect(first, "the page keeps no passphrase").toHaveProperty("value", "");
  });

  it("are read from a file that is chosen first; a wrong passphrase can be typed again", async () => {
    const { user } = draw(<EncryptionPage />);
    await user.click(screen.getByRole("button", { name: "Choisir un fichier…" }));
    const passphrase = await screen.findByLabelText("Phrase secrète de ce fichier");
    expect(screen.getByText("cles-element.txt")).toBeTruthy();
    await user.type(passphrase, "marguerite{Enter}");
    expect(await screen.findByText(/Ce n’est pas la bonne phrase secrète/)).toBeTruthy();
    await user.clear(passphrase);
    expect(screen.queryByText(/Ce n’est pas la bonne/)).toBeNull();
    await user.type(passphrase, "secret{Enter}");
    expect(await screen.findByText(/12.430 clés lues/, {}, { timeout: 5000 })).toBeTruthy();
    expect(screen.getByText(/812 étaient nouvelles/)).toBeTruthy();
  });

  it("show how far they are, and may be given up", async () => {
    startMinistry("keys=slow");
    const { user } = draw(<EncryptionPage />);
    await user.type(screen.getByLabelText("Phrase secrète du fichier"), "une phrase assez longue");
    await user.type(screen.getByLabelText("La même, une seconde fois"), "une phrase assez longue{Enter}");
    const bar = await screen.findByRole("progressbar", { name: "Écriture des clés" });
    await waitFor(() => expect(bar.getAttribute("aria-valuemax")).toBe("12430"));
    await user.click(screen.getByRole("button", { name: "Annuler" }));
    await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull(), { timeout: 5000 });
    expect(screen.queryByText(/clés écrites/)).toBeNull();
    expect(screen.queryByRole("alert"), "giving up is no fault").toBeNull();
  });
});
