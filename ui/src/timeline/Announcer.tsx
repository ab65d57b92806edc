import { useEffect, useRef, useState } from "react";

import { type Text, useLocale, useText } from "../i18n/text";
import type { EventItem, TimelineItem } from "../ipc/bindings";
import { wordContent } from "../rooms/wordPreview";
import { previewOfBody } from "../stores/preview";
import { lastKey, newsAfter } from "./unread";

const gather = 800;
const longest = 300;

/** One message is read out; several are counted. */
export function wordArrivals(text: Text, locale: string, arrived: readonly EventItem[]): string {
  const [only] = arrived;
  if (arrived.length === 1 && only) {
    return text("timeline-announce", { name: only.sender.name, words: wordContent(text, previewOfBody(only.body)).slice(0, longest) });
  }
  const names = [...new Set(arrived.map((event) => event.sender.name))];
  return text("timeline-announce-many", { count: arrived.length, names: new Intl.ListFormat(locale, { type: "conjunction" }).format(names) });
}

/** Says what came since the room was opened, each thing once, what comes together together. The log itself is silent: scrolling redraws it. */
export function Announcer({ items }: { items: readonly TimelineItem[] }) {
  const text = useText();
  const locale = useLocale();
  const [said, setSaid] = useState("");
  const last = useRef<string | null>(null);
  const waiting = useRef<EventItem[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    waiting.current.push(...newsAfter(items, last.current));
    last.current = lastKey(items);
    if (waiting.current.length === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const words = wordArrivals(text, locale, waiting.current);
      waiting.current = [];
      // The same words twice are said twice.
      setSaid((now) => (now === words ? `${words}\u00a0` : words));
    }, gather);
  }, [items, text, locale]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true" data-testid="announcer">
      {said}
    </div>
  );
}
