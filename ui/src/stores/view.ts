import { createStore } from "./store";

export interface OpenRoom {
  roomId: string;
  /** Event to open the room around. */
  focus: string | null;
}

export type AppDialog = "settings" | "keys" | "switcher" | "signOut" | "code";

export type SettingsPage = "appearance" | "writing" | "notifications" | "encryption" | "account" | "devices" | "rules" | "about";

interface View {
  room: OpenRoom | null;
  back: readonly OpenRoom[];
  forward: readonly OpenRoom[];
  dialog: AppDialog | null;
  /** Where the settings open. */
  page: SettingsPage;
}

const empty: View = { room: null, back: [], forward: [], dialog: null, page: "appearance" };

/** What is on screen. */
export const view = createStore<View>(empty);

export function openRoom(roomId: string, focus: string | null = null): void {
  view.set((now) => {
    if (now.room?.roomId === roomId && now.room.focus === focus) return now;
    const back = now.room ? [...now.back, now.room].slice(-50) : now.back;
    return { ...now, room: { roomId, focus }, back, forward: [] };
  });
}

/** After leaving, or when it is gone: no way back to it. */
export function closeRoom(roomId: string): void {
  const other = (open: OpenRoom) => open.roomId !== roomId;
  view.set((now) => ({
    ...now,
    room: now.room && other(now.room) ? now.room : null,
    back: now.back.filter(other),
    forward: now.forward.filter(other),
  }));
}

/** In a narrow window, from the room back to the list. */
export function showList(): void {
  view.set((now) => (now.room ? { ...now, room: null, back: [...now.back, now.room].slice(-50), forward: [] } : now));
}

export function goBack(): void {
  view.set((now) => {
    const room = now.back.at(-1);
    if (!room) return now;
    return { ...now, room, back: now.back.slice(0, -1), forward: now.room ? [now.room, ...now.forward] : now.forward };
  });
}

export function goForward(): void {
  view.set((now) => {
    const [room, ...forward] = now.forward;
    if (!room) return now;
    return { ...now, room, forward, back: now.room ? [...now.back, now.room] : now.back };
  });
}

export function openDialog(dialog: AppDialog): void {
  view.set((now) => ({ ...now, dialog }));
}

export function openSettings(page: SettingsPage): void {
  view.set((now) => ({ ...now, dialog: "settings", page }));
}

export function showSettings(page: SettingsPage): void {
  view.set((now) => ({ ...now, page }));
}

export function closeDialog(): void {
  view.set((now) => ({ ...now, dialog: null }));
}

/** Nothing of one account stays on screen for the next. */
export function resetView(): void {
  view.set(empty);
}
