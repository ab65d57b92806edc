import type { Text } from "../i18n/text";
import type { RoomRetention } from "../ipc/bindings";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Timers offered when the organisation has no list. */
export const usual: readonly number[] = [hour, day, 7 * day, 30 * day];

export const units = { minutes: minute, hours: hour, days: day } as const;
export type Unit = keyof typeof units;

/** Longest timer one may set: what the core takes. */
export const longest = 3_650 * day;

/** The timers that may be chosen in a room. */
export function offered({ allowed }: RoomRetention): readonly number[] {
  return allowed ? [...allowed].sort((a, b) => a - b) : usual;
}

/** Whether timers of one's own may be set. */
export function mayChooseFreely({ allowed }: RoomRetention): boolean {
  return allowed === null;
}

/** The largest unit that tells a time without a rest. */
export function inUnits(lifetime: number): { count: number; unit: Unit | "seconds" } {
  for (const unit of ["days", "hours", "minutes"] as const) {
    if (lifetime % units[unit] === 0) return { count: lifetime / units[unit], unit };
  }
  return { count: Math.max(1, Math.round(lifetime / second)), unit: "seconds" };
}

/** "7 jours". */
export function wordLifetime(text: Text, lifetime: number): string {
  const { count, unit } = inUnits(lifetime);
  return text(`lifetime-${unit}`, { count });
}

/** What is left, in its largest unit, rounded up so that it is never told as over before it is. */
export function left(until: number, now: number): { count: number; unit: Unit | "seconds"; next: number } {
  const rest = Math.max(0, until - now);
  const [unit, size] = rest > 2 * day ? (["days", day] as const) : rest > 2 * hour ? (["hours", hour] as const) : rest > 2 * minute ? (["minutes", minute] as const) : (["seconds", second] as const);
  const count = Math.max(1, Math.ceil(rest / size));
  // When the number is another one.
  return { count, unit, next: Math.max(second, rest - (count - 1) * size) };
}

/** What holds for a new message: the room's timer, or less if so chosen. */
export function effective({ timer }: RoomRetention, chosen: number | null): number | null {
  if (timer === null || chosen === null) return timer ?? chosen;
  return Math.min(timer, chosen);
}
