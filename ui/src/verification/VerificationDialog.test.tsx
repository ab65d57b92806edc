import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { sophie } from "../ipc/fake/people";
import { askedOf, draw, startMinistry } from "../testing/draw";
import { VerificationDialog } from "./VerificationDialog";
import { VerificationRequests } from "./VerificationRequests";

// Stores outlive the last test’s listeners by a turn.
beforeEach(() => new Promise<void>((turn) => setTimeout(turn)));

function open(knobs: string, entering = false) {
  const asked = startMinistry(knobs);
  const drawn = draw(
    <>
      <VerificationRequests entering={entering} />
      <VerificationDialog entering={entering} />
    </>,
  );
  return { asked, ...drawn };
}

const button = (name: string) => screen.findByRole("button", { name });
const closed = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

describe("a request", () => {
  it("is told without a dialog, with the device that asks, and goes on once accepted", async () => {
    const { user, asked } = open("verify=asked");
    expect(await screen.findByText(/Pli \(Windows\), demande à être vérifié/)).toBeTruthy();
    expect(screen.queryByRole("dialog"), "nothing is in the way").toBeNull();
    await user.click(await button("Vérifier"));
    expect(await screen.findByRole("dialog", { name: "Vérifier un appareil" })).toBeTruthy();
    expect(askedOf(asked, "verification_accept")).toEqual([{ id: "flow" }]);
  });

  it("goes away when it is declined", async () => {
    const { user, asked } = open("verify=person-asked");
    expect(await screen.findByText(new RegExp(`${sophie.name} souhaite`))).toBeTruthy();
    await user.click(await button("Refuser"));
    await waitFor(() => expect(screen.queryByText(/souhaite/)).toBeNull());
    expect(askedOf(asked, "verification_cancel")).toEqual([{ id: "flow" }]);
    expect(askedOf(asked, "verification_accept")).toEqual([]);
  });

  it("is worded for a device that waits to be let in", async () => {
    open("verify=asked", true);
    expect(await screen.findByText(/propose de vérifier celui-ci/)).toBeTruthy();
  });
});

describe("emojis", () => {
  it("are shown with their names in order, and confirmed", async () => {
    const { user, asked } = open("verify=ready");
    await user.click(await button("Comparer des émojis"));
    const list = await screen.findByRole("list", { name: "Images à comparer" });
    const names = within(list).getAllByRole("listitem").map((item) => item.textContent);
    expect(names).toEqual(["🐘Éléphant", "🍌Banane", "🎁Cadeau", "🎸Guitare", "🐟Poisson", "⏰Réveil", "📌Punaise"]);
    await user.click(await button("Oui, c’est identique"));
    expect(await screen.findByText(/L’appareil est vérifié/)).toBeTruthy();
    expect(askedOf(asked, "verification_confirm")).toHaveLength(1);
    await user.click(await button("Terminer"));
    await closed();
  });

  it("that differ alarm, and verify nothing", async () => {
    const { user, asked } = open("verify=person-emojis");
    await user.click(await button("Non, c’est différent"));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("rien n’a été vérifié");
    expect(askedOf(asked, "verification_confirm")).toEqual([]);
    expect(askedOf(asked, "verification_mismatch")).toEqual([{ id: "flow" }]);
  });

  it("are numbers where the other side has none", async () => {
    open("verify=numbers");
    expect(await screen.findByText("4217 · 8003 · 1965")).toBeTruthy();
  });
});

describe("a QR code", () => {
  it("is drawn, and left for emojis", async () => {
    const { user, asked } = open("verify=ready");
    await user.click(await button("Montrer un code QR"));
    const code = await screen.findByRole("img", { name: "Code QR de vérification" });
    expect(code.getAttribute("viewBox")).toBe("0 0 41 41");
    await user.click(await button("Comparer des émojis"));
    expect(await screen.findByRole("list", { name: "Images à comparer" })).toBeTruthy();
    expect(askedOf(asked, "verification_start_emojis")).toHaveLength(1);
  });

  it("is read from a picture; the other side then confirms", async () => {
    const { user, asked } = open("verify=person-ready");
    await user.click(await button("Lire un code QR dans une image"));
    expect(await screen.findByText(`En attente de ${sophie.name}…`)).toBeTruthy();
    expect(askedOf(asked, "verification_scan_file")).toEqual([{ id: "flow" }]);
  });

  it("that is not in the picture is told, and can be tried again", async () => {
    const { user } = open("verify=ready&fail=verification_scan_clipboard:noQrCode");
    await user.click(await button("Lire un code QR dans le presse-papiers"));
    expect((await screen.findByRole("alert")).textContent).toContain("Aucun code QR");
    expect(await button("Lire un code QR dans une image")).toBeTruthy();
  });

  it("that was read is confirmed by the user, who looks at the other screen", async () => {
    const { user, asked } = open("verify=scanned");
    expect(askedOf(asked, "verification_confirm")).toEqual([]);
    await user.click(await button("Oui, c’est confirmé"));
    expect(await screen.findByText(/L’appareil est vérifié/)).toBeTruthy();
  });
});

describe("an end", () => {
  it.each([
    ["there", "La demande a été refusée"],
    ["timedOut", "Personne n’a répondu à temps."],
    ["failed", "ne se sont pas comprises"],
  ])("%s: says why, and closes", async (reason, words) => {
    const { user } = open(`verify=${reason}`);
    expect(await screen.findByText(new RegExp(words))).toBeTruthy();
    await user.click(await button("Terminer"));
    await closed();
  });

  it("of a device that is let in tells that the keys are coming", async () => {
    open("verify=done", true);
    expect(await screen.findByText(/Vos clés arrivent/)).toBeTruthy();
  });

  it("comes when the user gives up, by Escape too", async () => {
    const { user, asked } = open("verify=asking");
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    await closed();
    expect(askedOf(asked, "verification_cancel")).toEqual([{ id: "flow" }]);
  });
});
