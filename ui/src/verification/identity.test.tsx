import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { member, sophie } from "../ipc/fake/people";
import { askRoom, closeRoomDialog } from "../stores/roomDialog";
import { askedOf, draw, startMinistry } from "../testing/draw";
import { RoomDialogs } from "../views/RoomDialogs";
import { IdentityBanner } from "./IdentityBanner";

beforeEach(async () => {
  // Stores outlive the last test’s listeners by a turn.
  await new Promise((turn) => setTimeout(turn));
  return closeRoomDialog;
});

const button = (name: string) => screen.findByRole("button", { name });

describe("a person’s identity", () => {
  it("is quiet while it is not verified, and can be", async () => {
    const asked = startMinistry();
    askRoom({ kind: "identity", member: member(sophie) });
    const { user } = draw(<RoomDialogs />);
    expect(await screen.findByText("Identité non vérifiée")).toBeTruthy();
    expect(screen.queryByRole("alert"), "it is no cause for alarm").toBeNull();
    await user.click(await button("Vérifier"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(askedOf(asked, "verification_request")).toEqual([{ userId: sophie.userId, deviceId: null }]);
  });

  it("says why a verification could not begin", async () => {
    startMinistry("fail=verification_request:nothingToVerify");
    askRoom({ kind: "identity", member: member(sophie) });
    const { user } = draw(<RoomDialogs />);
    await user.click(await button("Vérifier"));
    expect((await screen.findByRole("alert")).textContent).toContain("La vérification n’a pas pu commencer.");
  });
});

describe("an identity that changed", () => {
  it("is told in the room it is in, and nowhere else", async () => {
    startMinistry("changed=on");
    draw(<IdentityBanner roomId="!forum" />);
    draw(<IdentityBanner roomId="!sophie" />);
    expect((await screen.findAllByRole("alert")).map((one) => one.textContent)).toEqual([
      expect.stringContaining(`L’identité de ${sophie.name} a changé`),
    ]);
  });

  it("is verified again", async () => {
    const asked = startMinistry("changed=on");
    const { user } = draw(<IdentityBanner roomId="!sophie" />);
    await user.click(await button("Vérifier à nouveau"));
    await waitFor(() => expect(askedOf(asked, "verification_request")).toEqual([{ userId: sophie.userId, deviceId: null }]));
    expect(screen.getByRole("alert"), "it stays until the verification is done").toBeTruthy();
  });

  it("is no longer asked for", async () => {
    const asked = startMinistry("changed=on");
    const { user } = draw(<IdentityBanner roomId="!sophie" />, "en");
    await user.click(await button("Stop requiring verification"));
    await waitFor(() => expect(screen.queryByText(/has changed since/)).toBeNull());
    expect(askedOf(asked, "person_withdraw_verification")).toEqual([{ userId: sophie.userId }]);
  });
});
