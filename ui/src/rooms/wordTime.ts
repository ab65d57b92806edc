import type { Text } from "../i18n/text";

const day = 86_400_000;

export function startOfDay(time: number): number {
  const date = new Date(time);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** "17:42", "hier", "lun.", "03/11", "03/11/2025": as short as it can be told. */
export function wordTime(time: number, now: number, locale: string, text: Text): string {
  const today = startOfDay(now);
  if (time >= today) return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(time);
  // A day may have 23 or 25 hours.
  if (time >= startOfDay(today - day / 2)) return text("time-yesterday");
  if (time >= startOfDay(today - 5.5 * day)) return new Intl.DateTimeFormat(locale, { weekday: "short" }).format(time);
  const year = new Date(time).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", ...year }).format(time);
}
