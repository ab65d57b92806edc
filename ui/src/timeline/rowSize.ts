import type { EventItem } from "../ipc/bindings";
import { plainText } from "../stores/preview";
import { mediaBox } from "./mediaBox";
import type { Row } from "./rows";

const line = 22;
const lettersALine = 68;

/** About how high a row will be, in pixels: the closer, the less the list has to correct once it is drawn. */
export function rowSize(row: Row, eventOf: (key: string) => EventItem | null): number {
  const above = (row.day !== null ? 54 : 0) + (row.unread ? 34 : 0);
  switch (row.kind) {
    case "start":
      return above + 84;
    case "changes":
      return above + 12 + Math.min(2, row.items.length) * 20;
    case "event": {
      const event = eventOf(row.key);
      const head = row.first ? (event?.own ? 12 : 36) : 0;
      const foot = event?.own && row.last ? 21 : 0;
      return above + head + foot + 3 + (event ? bodySize(event) : 40);
    }
  }
}

function bodySize(event: EventItem): number {
  const { body } = event;
  const around = (event.reply ? 29 : 0) + (event.inThread ? 18 : 0) + (event.reactions.length > 0 ? 34 : 0) + (event.warning ? 22 : 0);
  const words = (text: string) => Math.max(1, Math.ceil(text.length / lettersALine)) * line;
  switch (body.kind) {
    case "text":
      return around + 14 + words(plainText(body.nodes));
    case "image":
    case "video":
      return around + 2 + mediaBox(body.media.width, body.media.height).height + (body.caption ? 20 + words(plainText(body.caption)) : 0);
    case "audio":
    case "file":
      return around + 60 + (body.caption ? 20 + words(plainText(body.caption)) : 0);
    case "sticker":
      return around + 160;
    case "location":
      return around + 60;
    case "poll":
      return around + 70 + body.answers.length * 40;
    default:
      return around + 36;
  }
}
