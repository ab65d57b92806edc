import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { draw, startMinistry } from "../testing/draw";
import { StoreProblemScreen } from "./StoreProblemScreen";

describe("a store that cannot be used", () => {
  it("is told to be open in another window, in plain words, and is not wiped", () => {
    startMinistry();
    const { unmount } = draw(<StoreProblemScreen problem="inUse" />);
    expect(screen.getByRole("heading", { name: "Pli est déjà ouvert" })).toBeTruthy();
    expect(screen.getByText(/Passez à l’autre fenêtre/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /zéro/ })).toBeNull();
    unmount();
    draw(<StoreProblemScreen problem="inUse" />, "en");
    expect(screen.getByRole("heading", { name: "Pli is already open" })).toBeTruthy();
    expect(screen.getByText(/Go to the other window/)).toBeTruthy();
  });

  it("is told to be on a full disk, where nothing is lost", () => {
    startMinistry();
    draw(<StoreProblemScreen problem="diskFull" />);
    expect(screen.getByRole("heading", { name: "Le disque est plein" })).toBeTruthy();
    expect(screen.getByText(/Rien n’a été perdu/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /zéro/ })).toBeNull();
  });
});
