import { describe, expect, it } from "vitest";

import { asking } from "./pressed";

const calm = { enterSends: true, completing: false, empty: false, opensCode: false };

function press(combo: string, state: Partial<typeof calm> = {}, change: object = {}) {
  const parts = combo.split("+");
  const event = {
    key: parts.at(-1) ?? "",
    code: "",
    keyCode: 0,
    ctrlKey: parts.includes("Ctrl"),
    altKey: parts.includes("Alt"),
    shiftKey: parts.includes("Shift"),
    metaKey: false,
    isComposing: false,
    getModifierState: () => false,
    ...change,
  };
  return asking(event, { ...calm, ...state });
}

describe("keys of the composer", () => {
  it("send on Enter, break on Shift+Enter", () => {
    expect(press("Enter")).toBe("send");
    expect(press("Shift+Enter")).toBe("break");
  });
  it("swap when set so; Ctrl+Enter sends in any case", () => {
    expect(press("Enter", { enterSends: false })).toBe("break");
    expect(press("Shift+Enter", { enterSends: false })).toBe("send");
    expect(press("Ctrl+Enter")).toBe("send");
    expect(press("Ctrl+Enter", { enterSends: false })).toBe("send");
  });
  it("send nothing while letters are being composed, nor with the key that ends it", () => {
    expect(press("Enter", {}, { isComposing: true })).toBeNull();
    expect(press("Enter", {}, { keyCode: 229 }), "WebKit ends the composition before the key").toBeNull();
    expect(press("Ctrl+Enter", {}, { isComposing: true })).toBeNull();
  });
  it("choose in an open completion", () => {
    for (const key of ["Enter", "Tab", "ArrowUp", "ArrowDown"]) expect(press(key, { completing: true }), key).toBe("complete");
    expect(press("Ctrl+Enter", { completing: true })).toBe("send");
    expect(press("Tab"), "else Tab goes on").toBeNull();
  });
  it("open a block of code rather than send it", () => {
    expect(press("Enter", { opensCode: true })).toBe("break");
  });
  it("edit the last message from an empty composer only", () => {
    expect(press("ArrowUp", { empty: true })).toBe("editLast");
    expect(press("ArrowUp")).toBeNull();
    expect(press("Ctrl+ArrowUp")).toBe("replyLast");
    expect(press("Alt+ArrowUp", { empty: true }), "the room above").toBeNull();
  });
  it("format, but never with AltGr", () => {
    expect([press("Ctrl+b"), press("Ctrl+i"), press("Ctrl+e")]).toEqual(["bold", "italic", "code"]);
    expect(press("Ctrl+Alt+e"), "€ on Windows").toBeNull();
    expect(press("Ctrl+e", {}, { getModifierState: (key: string) => key === "AltGraph" })).toBeNull();
  });
});
