import { act, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { setBackend } from "../ipc/backend";
import type { SyncState } from "../ipc/bindings";
import { fakeBackend } from "../ipc/fake";
import { draw } from "../testing/draw";
import { OfflineBanner } from "./OfflineBanner";

/** Lets the test say how things stand. */
function tellBy(): (state: SyncState) => void {
  const ministry = fakeBackend(new URLSearchParams("life=off&slow=0"));
  let tell: ((state: SyncState) => void) | null = null;
  setBackend({
    ...ministry,
    subscribe(name, args, onUpdate, onError) {
      if (name !== "sync_subscribe") return ministry.subscribe(name, args, onUpdate, onError);
      tell = onUpdate as (state: SyncState) => void;
      return () => {};
    },
  });
  return (state) => act(() => tell?.(state));
}

describe("the banner of a disk that takes nothing", () => {
  it("comes at once, says what still works, and goes by itself", () => {
    const tell = tellBy();
    draw(<OfflineBanner />);
    tell({ kind: "online" });
    expect(screen.queryByText(/disque/)).toBeNull();
    tell({ kind: "diskFull" });
    const banner = screen.getByText("Le disque est plein.").closest("[role=status]");
    expect(banner?.textContent).toContain("Vos messages restent lisibles");
    expect(banner?.textContent).toContain("Libérez de l’espace");
    tell({ kind: "online" });
    expect(screen.queryByText("Le disque est plein.")).toBeNull();

    tell({ kind: "diskFailing" });
    expect(screen.getByText("Le disque de ce poste ne répond pas bien."), "told from a full one").toBeTruthy();
    expect(screen.queryByText("Le disque est plein.")).toBeNull();
  });
});
