import { call } from "../ipc/backend";
import { useKey } from "../keys";
import { listState } from "../rooms/listState";
import { isUnread, neighbour } from "../rooms/sections";
import { roomList } from "../stores/roomList";
import { goBack, goForward, openDialog, openRoom, view } from "../stores/view";

/** Keys that work wherever the focus is in the main frame. */
export function useFrameKeys(): void {
  useKey("room-switch", () => openDialog("switcher"));
  useKey("settings", () => openDialog("settings"));
  useKey("help", () => openDialog("keys"));
  useKey("view-back", goBack);
  useKey("view-forward", goForward);
  useKey("room-previous", () => step(-1, false));
  useKey("room-next", () => step(1, false));
  useKey("room-previous-unread", () => step(-1, true));
  useKey("room-next-unread", () => step(1, true));
  useKey("mark-all-read", markAllRead);
  useKey("landmark-next", () => focusLandmark(1));
  useKey("landmark-previous", () => focusLandmark(-1));
}

function markAllRead(): void {
  for (const room of roomList.get().value.items) {
    if (room.membership !== "joined" || (!isUnread(room) && room.unreadMessages === 0)) continue;
    // One that is refused stays unread, as the list shows.
    call("room_mark_read", { roomId: room.roomId }).catch(() => {});
  }
}

function step(direction: 1 | -1, unread: boolean): void {
  const current = view.get().room?.roomId ?? null;
  const roomId = neighbour(roomList.get().value.items, listState.get().closed, current, direction, unread);
  if (roomId) openRoom(roomId);
}

/** Elements with `data-landmark`, in order; inside, what has `data-landmark-focus`, else the element itself. */
export function focusLandmark(direction: 1 | -1): void {
  const landmarks = [...document.querySelectorAll<HTMLElement>("[data-landmark]")];
  if (landmarks.length === 0) return;
  const here = landmarks.findLastIndex((landmark) => landmark.contains(document.activeElement));
  const from = here < 0 && direction < 0 ? 0 : here;
  const next = landmarks[(from + direction + landmarks.length) % landmarks.length];
  const inside = next?.querySelector<HTMLElement>("[data-landmark-focus]");
  (inside ?? next)?.focus();
}
