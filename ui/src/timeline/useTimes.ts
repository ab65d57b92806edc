import { useMemo } from "react";

import { useLocale, useText } from "../i18n/text";
import { useToday } from "../rooms/useToday";
import { startOfDay } from "../rooms/wordTime";

const day = 86_400_000;
const times = new Map<string, Intl.DateTimeFormat>();

/** "17:42". */
export function useTimeOfDay(timestamp: number): string {
  const locale = useLocale();
  let format = times.get(locale);
  if (!format) times.set(locale, (format = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" })));
  return format.format(timestamp);
}

/** "Aujourd’hui", "Hier", "mardi 12 novembre", with the year when it is another one. */
export function useDayName(start: number): string {
  const text = useText();
  const locale = useLocale();
  const today = useToday();
  return useMemo(() => {
    if (start >= today) return text("timeline-today");
    // A day may have 23 or 25 hours.
    if (start >= startOfDay(today - day / 2)) return text("timeline-yesterday");
    const year = new Date(start).getFullYear() === new Date(today).getFullYear() ? {} : ({ year: "numeric" } as const);
    return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", ...year }).format(start);
  }, [start, today, text, locale]);
}
