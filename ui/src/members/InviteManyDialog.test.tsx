import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { bernard, marc, sophie } from "../ipc/fake/people";
import { askRoom, closeRoomDialog } from "../stores/roomDialog";
import { askedOf, draw, startMinistry } from "../testing/draw";
import { RoomDialogs } from "../views/RoomDialogs";

beforeEach(() => closeRoomDialog);

function open(knobs = "", userIds: readonly string[] | null = null) {
  const asked = startMinistry(knobs);
  askRoom({ kind: "inviteMany", roomId: "!crise", userIds });
  return { asked, ...draw(<RoomDialogs />) };
}

const report = () => screen.findByRole("list", { name: "Personnes qui n’ont pas été invitées" });

describe("inviting a list of addresses", () => {
  it("invites each who can be, and says of the others why not", async () => {
    const { user, asked } = open();
    (await screen.findByLabelText("Adresses à inviter")).focus();
    await user.paste(`${marc.userId}; ${sophie.userId}\n@nobody:ailleurs.example, nadia@poste.example`);
    await user.click(await screen.findByRole("button", { name: "Inviter 3 personnes" }));
    const lines = (await report()).textContent;
    await screen.findByRole("button", { name: "Copier le compte rendu" });
    expect(askedOf(asked, "room_invite")).toEqual([{ roomId: "!crise", userId: marc.userId, reason: null }]);
    expect(lines).toMatch(/nadia@poste\.example\s: ce n’est pas une adresse complète/);
    const all = (await report()).textContent;
    expect(all).toMatch(/sophie\.marchand:interieur\.example\s: déjà membre/);
    expect(all).toMatch(/@nobody:ailleurs\.example\s: personne n’a cette adresse/);
    expect(screen.getByText("1 personne invitée")).toBeTruthy();
  });

  it("goes on after a refusal, and tells it", async () => {
    open("fail=room_invite:forbidden", [bernard.userId, "@nobody:ailleurs.example"]);
    expect(await screen.findByText("1 refusée")).toBeTruthy();
    await screen.findByRole("button", { name: "Copier le compte rendu" });
    expect((await report()).textContent).toContain("Vous n’avez pas le droit");
    expect(screen.getByText("1 inconnue")).toBeTruthy();
  });

  it("ends when it is told to, and says what is left", async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `@nobody${i}:ailleurs.example`);
    const { user, asked } = open("", many);
    await user.click(await screen.findByRole("button", { name: "Arrêter" }));
    await screen.findByText(/Arrêté\s: \d+ adresses n’ont pas été traitées/);
    const searched = askedOf(asked, "directory_search_users").length;
    expect(searched).toBeLessThan(many.length);
    await new Promise((done) => setTimeout(done, 20));
    expect(askedOf(asked, "directory_search_users"), "nothing more is asked").toHaveLength(searched);
  });
});
