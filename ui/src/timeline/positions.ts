import type { VirtualItem } from "@tanstack/react-virtual";

/** Where a room was being read when it was left. */
export interface Position {
  /** The first row in view, and how far it was scrolled past. */
  key: string;
  past: number;
  /** Heights as measured, so that the same place is found at once. */
  sizes: VirtualItem[];
  /** The last row that was seen. */
  seen: string | null;
}

const positions = new Map<string, Position>();
const most = 50;

/** Rooms left at their end have none: they open at their end. */
export function positionOf(roomId: string): Position | null {
  return positions.get(roomId) ?? null;
}

export function keepPosition(roomId: string, position: Position | null): void {
  positions.delete(roomId);
  if (!position) return;
  positions.set(roomId, position);
  for (const old of positions.keys()) {
    if (positions.size <= most) break;
    positions.delete(old);
  }
}

export function forgetPositions(): void {
  positions.clear();
}
