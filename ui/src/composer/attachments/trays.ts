import { call } from "../../ipc/backend";
import type { AttachmentDraft } from "../../ipc/bindings";
import { createStore, type Store } from "../../stores/store";

export interface TrayFile extends AttachmentDraft {
  caption: string;
}

type Trays = ReadonlyMap<string, readonly TrayFile[]>;

const byRoom = createStore<Trays>(new Map());

/** Files that wait to be sent, by room; the shell holds them. */
export const trays: Store<Trays> = byRoom;

export function forgetTrays(): void {
  byRoom.set(new Map());
}

const none: readonly TrayFile[] = [];

export function trayOf(all: Trays, roomId: string): readonly TrayFile[] {
  return all.get(roomId) ?? none;
}

function change(roomId: string, next: (files: readonly TrayFile[]) => readonly TrayFile[]): void {
  byRoom.set((all) => {
    const files = next(trayOf(all, roomId));
    const changed = new Map(all);
    if (files.length > 0) changed.set(roomId, files);
    else changed.delete(roomId);
    return changed;
  });
}

export function addFiles(roomId: string, drafts: readonly AttachmentDraft[]): void {
  change(roomId, (files) => [...files, ...drafts.map((draft) => ({ ...draft, caption: "" }))]);
}

export function setCaption(roomId: string, id: string, caption: string): void {
  change(roomId, (files) => files.map((file) => (file.id === id ? { ...file, caption } : file)));
}

/** It was sent: the shell has let go of it. */
export function takeFile(roomId: string, id: string): void {
  change(roomId, (files) => files.filter((file) => file.id !== id));
}

export function discardFile(roomId: string, id: string): void {
  takeFile(roomId, id);
  // The oldest are let go of in any case.
  void call("attachment_discard", { id }).catch(() => {});
}
