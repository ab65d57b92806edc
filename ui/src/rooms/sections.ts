import type { RoomSummary } from "../ipc/bindings";
import { fold, found } from "./fold";

export const sectionIds = ["invitations", "favourites", "direct", "rooms", "low"] as const;
export type SectionId = (typeof sectionIds)[number];

export type ListRow =
  | { kind: "section"; key: string; section: SectionId; count: number; open: boolean; unread: number }
  | { kind: "room"; key: string; section: SectionId; position: number; of: number };

export function sectionOf(room: RoomSummary): SectionId {
  if (room.membership === "invited") return "invitations";
  if (room.favourite) return "favourites";
  if (room.lowPriority) return "low";
  return room.kind === "direct" ? "direct" : "rooms";
}

/** Spaces and rooms that were left have no row. */
function isListed(room: RoomSummary): boolean {
  return room.kind !== "space" && (room.membership === "joined" || room.membership === "invited");
}

/** Something in it calls, or was set aside to be read. */
export function isUnread(room: RoomSummary): boolean {
  return room.membership === "invited" || room.markedUnread || room.unreadNotifications > 0 || room.unreadMentions > 0;
}

/** Rows from top to bottom. A filter opens every section and leaves the empty ones out. */
export function listRows(rooms: readonly RoomSummary[], filter: string, closed: ReadonlySet<SectionId>): ListRow[] {
  const wanted = fold(filter.trim());
  const bySection = new Map<SectionId, RoomSummary[]>(sectionIds.map((id) => [id, []]));
  for (const room of rooms) {
    if (isListed(room) && (wanted === "" || found(fold(room.name), wanted))) bySection.get(sectionOf(room))?.push(room);
  }
  const rows: ListRow[] = [];
  for (const [section, inside] of bySection) {
    if (inside.length === 0) continue;
    const open = wanted !== "" || !closed.has(section);
    const unread = inside.filter(isUnread).length;
    rows.push({ kind: "section", key: `section-${section}`, section, count: inside.length, open, unread });
    if (!open) continue;
    inside.forEach((room, i) => {
      rows.push({ kind: "room", key: room.roomId, section, position: i + 1, of: inside.length });
    });
  }
  return rows;
}

/** The room above or below in the list as drawn; `unread` passes over those that are read. */
export function neighbour(
  rooms: readonly RoomSummary[],
  closed: ReadonlySet<SectionId>,
  current: string | null,
  direction: 1 | -1,
  unread: boolean,
): string | null {
  const byId = new Map(rooms.map((room) => [room.roomId, room]));
  const order = listRows(rooms, "", unread ? new Set() : closed).flatMap((row) => (row.kind === "room" ? [row.key] : []));
  const from = current === null ? -1 : order.indexOf(current);
  const count = order.length;
  for (let step = 1; step <= count; step++) {
    const start = from < 0 && direction < 0 ? 0 : from;
    const roomId = order[(((start + direction * step) % count) + count) % count];
    const room = roomId === undefined ? undefined : byId.get(roomId);
    if (room && room.roomId !== current && (!unread || isUnread(room))) return room.roomId;
  }
  return null;
}
