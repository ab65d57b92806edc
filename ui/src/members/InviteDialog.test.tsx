import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { bernard, marc } from "../ipc/fake/people";
import { askRoom, closeRoomDialog, roomDialog } from "../stores/roomDialog";
import { type Asked, askedOf, draw, startMinistry } from "../testing/draw";
import { InviteDialog } from "./InviteDialog";

let asked: Asked[];

beforeEach(() => {
  asked = startMinistry();
  askRoom({ kind: "invite", roomId: "!crise" });
  return closeRoomDialog;
});

const field = () => screen.findByRole("searchbox", { name: /Qui inviter/ });
const chips = () => within(screen.getByRole("grid", { name: "Personnes choisies" })).getAllByRole("row");

describe("inviting people", () => {
  it("finds them by name once the typing rests, and keeps them as chips", async () => {
    const { user } = draw(<InviteDialog roomId="!crise" />);
    await user.type(await field(), "olive");
    await user.click(await screen.findByRole("option", { name: /Marc Oliveira/ }));
    expect(chips()).toHaveLength(1);
    expect(askedOf(asked, "directory_search_users"), "one question for five letters").toEqual([{ term: "olive" }]);
    await user.click(screen.getByRole("button", { name: "Inviter 1 personne" }));
    await waitFor(() => expect(askedOf(asked, "room_invite")).toEqual([{ roomId: "!crise", userId: marc.userId, reason: null }]));
    await waitFor(() => expect(roomDialog.get(), "done: it closes").toBeNull());
  });

  it("takes a complete address by Enter, and takes it back by Backspace", async () => {
    const { user } = draw(<InviteDialog roomId="!crise" />);
    await user.type(await field(), "@nouvelle:ailleurs.example{Enter}");
    expect(chips()).toHaveLength(1);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("searchbox")));
    await user.keyboard("{Backspace}");
    expect(screen.queryByRole("grid")).toBeNull();
    expect(screen.getByRole("button", { name: "Inviter" })).toHaveProperty("disabled", true);
  });

  it("does not take who is in the room already", async () => {
    const { user } = draw(<InviteDialog roomId="!crise" />);
    await user.type(await field(), "sophie");
    const option = await screen.findByRole("option", { name: /Sophie Marchand/ });
    expect(option.textContent).toContain("Déjà membre");
    await user.click(option);
    expect(screen.queryByRole("grid")).toBeNull();
  });

  it("tells for each person why it failed, and keeps those only", async () => {
    const { user } = draw(<InviteDialog roomId="!crise" />);
    const input = await field();
    await user.type(input, "@inconnu:ailleurs.example{Enter}");
    await user.type(input, "bernard");
    await user.click(await screen.findByRole("option", { name: /Bernard/ }));
    expect(chips()).toHaveLength(2);
    await user.click(screen.getByRole("button", { name: "Inviter 2 personnes" }));
    const alert = await within(screen.getByRole("dialog")).findByRole("alert");
    expect(alert.textContent).toContain("Une personne n’a pas pu être invitée");
    expect(alert.textContent).toContain("@inconnu:ailleurs.example");
    expect(alert.textContent).toContain("Personne n’a cette adresse");
    expect(alert.textContent, "it says why, with the helpdesk's reference").toContain("notFound · c0ffee");
    expect(alert.textContent).not.toContain(bernard.name);
    expect(chips()).toHaveLength(1);
    expect(askedOf(asked, "room_invite"), "both were asked for").toHaveLength(2);
  });
});
