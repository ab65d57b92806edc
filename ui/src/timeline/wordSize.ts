import type { Text } from "../i18n/text";

const units = ["bytes", "kilobytes", "megabytes", "gigabytes"] as const;

/** "248 Ko", "1,2 Mo": powers of a thousand, as file managers count. */
export function wordSize(text: Text, locale: string, bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return text(`size-${units[unit] ?? "bytes"}`, { value: number });
}

/** "0:12", "30:12", "1:02:05". */
export function wordDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const pad = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = pad(seconds % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}
