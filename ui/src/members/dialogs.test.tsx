import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { backend } from "../ipc/backend";
import { karim, member, me, paul, sophie } from "../ipc/fake/people";
import { askRoom, closeRoomDialog, type RoomDialog, roomDialog } from "../stores/roomDialog";
import { openRoom, resetView, view } from "../stores/view";
import { askedOf, draw, startMinistry } from "../testing/draw";
import { RoomDialogs } from "../views/RoomDialogs";

beforeEach(() => () => {
  closeRoomDialog();
  resetView();
});

function ask(dialog: RoomDialog, knobs = "") {
  const asked = startMinistry(knobs);
  askRoom(dialog);
  return { asked, ...draw(<RoomDialogs />) };
}

const button = (name: string) => screen.findByRole("button", { name });
const closed = () => waitFor(() => expect(roomDialog.get()).toBeNull());

describe("leaving", () => {
  it("warns the last who administers, and leaves all the same when told so", async () => {
    const { user, asked } = ask({ kind: "leave", roomId: "!crise" });
    expect(await button("Quitter"), "Karim administers too").toBeTruthy();
    await backend().call("room_member_set_role", { roomId: "!crise", userId: karim.userId, role: "user" });
    expect(await screen.findByText(/dernière personne qui administre/)).toBeTruthy();
    await user.click(await button("Annuler"));
    await closed();
    expect(askedOf(asked, "room_leave")).toEqual([]);
    askRoom({ kind: "leave", roomId: "!crise" });
    await user.click(await button("Quitter quand même"));
    await closed();
    expect(askedOf(asked, "room_leave")).toEqual([{ roomId: "!crise" }]);
  });

  it("lets the last who administers name another first", async () => {
    const { user, asked } = ask({ kind: "leave", roomId: "!crise" });
    await backend().call("room_member_set_role", { roomId: "!crise", userId: karim.userId, role: "user" });
    await user.type(await screen.findByLabelText("Chercher un membre"), "karim");
    await user.click(await screen.findByRole("radio", { name: /Karim Benali/ }));
    await user.click(await button("Nommer et quitter"));
    await closed();
    expect(askedOf(asked, "room_member_set_role").at(-1)).toEqual({ roomId: "!crise", userId: karim.userId, role: "administrator" });
    expect(asked.at(-1)).toMatchObject({ name: "room_leave" });
  });

  it("closes the room that was left", async () => {
    openRoom("!marches");
    const { user, asked } = ask({ kind: "leave", roomId: "!marches" });
    await user.click(await button("Quitter"));
    await closed();
    expect(askedOf(asked, "room_leave")).toEqual([{ roomId: "!marches" }]);
    expect(view.get().room).toBeNull();
  });

  it("stays open and says why when it could not", async () => {
    const { user } = ask({ kind: "leave", roomId: "!marches" }, "fail=room_leave:offline");
    await user.click(await button("Quitter"));
    const alert = await within(screen.getByRole("alertdialog")).findByRole("alert");
    expect(alert.textContent).toContain("Vous n’avez pas pu quitter le salon.");
    expect(alert.textContent).toContain("offline · f00d42");
    expect(roomDialog.get()).not.toBeNull();
  });
});

describe("a member", () => {
  it("is banned with a reason, once however often the button is pressed", async () => {
    const { user, asked } = ask({ kind: "member", roomId: "!crise", member: member(paul), act: "ban" }, "slow=30");
    expect((await screen.findByRole("alertdialog")).textContent, "namesakes are told apart").toContain(paul.userId);
    await user.type(screen.getByLabelText("Motif (facultatif)"), "Compte partagé");
    await user.dblClick(await button("Bannir"));
    await closed();
    expect(askedOf(asked, "room_member_ban")).toEqual([{ roomId: "!crise", userId: paul.userId, reason: "Compte partagé" }]);
  });

  it.each([
    ["remove", "Retirer", "room_member_remove"],
    ["uninvite", "Annuler l’invitation", "room_member_remove"],
    ["unban", "Lever le bannissement", "room_member_unban"],
    ["ignore", "Ignorer", "user_ignore"],
    ["unignore", "Ne plus ignorer", "user_ignore"],
  ] as const)("%s: asked first, done on %s", async (act, confirm, command) => {
    const { user, asked } = ask({ kind: "member", roomId: "!crise", member: member(paul), act });
    expect(askedOf(asked, command)).toEqual([]);
    await user.click(await button(confirm));
    await closed();
    expect(askedOf(asked, command)).toHaveLength(1);
    expect(askedOf(asked, command)[0]).toMatchObject({ userId: paul.userId });
  });

  it("gets as many rights as oneself only after a warning", async () => {
    const { user, asked } = ask({ kind: "member", roomId: "!sophie", member: member(sophie, "moderator"), act: "role" });
    const change = await button("Changer le rôle");
    expect(change, "nothing was chosen yet").toHaveProperty("disabled", true);
    await user.click(await screen.findByRole("radio", { name: /Membre/ }));
    expect(screen.queryByText(/autant de droits que vous/)).toBeNull();
    await user.click(screen.getByRole("radio", { name: /Administration/ }));
    expect(screen.getByText(/autant de droits que vous/)).toBeTruthy();
    await user.click(await button("Changer quand même"));
    await closed();
    expect(askedOf(asked, "room_member_set_role")).toEqual([{ roomId: "!sophie", userId: sophie.userId, role: "administrator" }]);
  });

  it("who is the last to administer is told so before stepping down", async () => {
    const { user } = ask({ kind: "member", roomId: "!sophie", member: member(me, "administrator"), act: "role" });
    await backend().call("room_member_set_role", { roomId: "!sophie", userId: sophie.userId, role: "user" });
    await user.click(await screen.findByRole("radio", { name: /Membre/ }));
    expect(await screen.findByText(/dernière personne qui administre ce salon/)).toBeTruthy();
  });
});

describe("declining an invitation", () => {
  it("can ignore who sent it, and then closes the room", async () => {
    openRoom("!invite");
    const { user, asked } = ask({ kind: "decline", roomId: "!invite" });
    await user.click(await screen.findByRole("switch", { name: /Ignorer cette personne/ }));
    await user.click(await button("Décliner"));
    await closed();
    expect(asked.map(({ name }) => name)).toEqual(["user_ignore", "room_leave"]);
    expect(askedOf(asked, "user_ignore")).toEqual([{ userId: karim.userId, on: true }]);
    expect(view.get().room).toBeNull();
  });

  it("ignores nobody unless asked", async () => {
    const { user, asked } = ask({ kind: "decline", roomId: "!invite" });
    await user.click(await button("Décliner"));
    await closed();
    expect(asked.map(({ name }) => name)).toEqual(["room_leave"]);
  });
});

describe("a new room", () => {
  it("needs a name, and is made once", async () => {
    const { user, asked } = ask({ kind: "newRoom" }, "slow=30");
    await user.click(await button("Créer le salon"));
    expect(await screen.findByText(/Donnez un nom au salon/)).toBeTruthy();
    await user.type(screen.getByLabelText("Nom du salon"), "  Séminaire ");
    await user.dblClick(await button("Créer le salon"));
    await closed();
    expect(askedOf(asked, "room_create")).toEqual([{ kind: "private", name: "Séminaire", topic: null, invite: [] }]);
    expect(view.get().room?.roomId, "it opens").toMatch(/^!new/);
  });

  it("is of the kind that was chosen, and says so", async () => {
    const { user, asked } = ask({ kind: "newRoom" });
    await user.type(await screen.findByLabelText("Nom du salon"), "Prestataires");
    const kinds = screen.getAllByRole("radio").map((radio) => radio.closest("label")?.textContent);
    expect(kinds).toHaveLength(4);
    await user.click(screen.getByRole("radio", { name: /ouvert aux externes/ }));
    await user.click(await button("Créer le salon"));
    await closed();
    expect(askedOf(asked, "room_create")).toEqual([{ kind: "open", name: "Prestataires", topic: null, invite: [] }]);
  });
});

describe("opening a room to guests", () => {
  it("is done once it is said to be understood, and shows in the kind", async () => {
    const { user, asked } = ask({ kind: "openToGuests", roomId: "!crise" });
    const confirm = await button("Ouvrir définitivement");
    expect(confirm).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("switch", { name: /ne pourrai pas revenir/ }));
    await user.click(confirm);
    await closed();
    expect(askedOf(asked, "room_open_to_guests")).toEqual([{ roomId: "!crise" }]);
  });

  it("stays open and says why when the server refuses", async () => {
    const { user } = ask({ kind: "openToGuests", roomId: "!crise" }, "fail=room_open_to_guests:forbidden");
    await user.click(await screen.findByRole("switch", { name: /ne pourrai pas revenir/ }));
    await user.click(await button("Ouvrir définitivement"));
    const asking = screen.getByRole("alertdialog", { name: /aux externes/ });
    expect((await within(asking).findByRole("alert")).textContent).toContain("n’a pas pu être ouvert aux externes");
  });
});

describe("a direct message", () => {
  it("opens the room there already is with a person", async () => {
    const { user } = ask({ kind: "newDirect" });
    await user.type(await screen.findByRole("searchbox"), "marchand");
    await user.click(await screen.findByRole("option", { name: /Sophie Marchand/ }));
    await closed();
    expect(view.get().room?.roomId).toBe("!sophie");
  });

  it("says when it could not be opened", async () => {
    const { user } = ask({ kind: "newDirect" }, "fail=room_create_direct:forbidden");
    await user.type(await screen.findByRole("searchbox"), "@a:b.example{Enter}");
    const alert = await within(screen.getByRole("dialog")).findByRole("alert");
    expect(alert.textContent).toContain("Le message privé n’a pas pu être ouvert.");
  });
});
