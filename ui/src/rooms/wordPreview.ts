import type { LatestPreview, PreviewContent, RoomKind } from "../ipc/bindings";
import type { Text } from "../i18n/text";

/** One line for a body: "Photo", "Message supprimé"… Also used for quotes. */
export function wordContent(text: Text, content: PreviewContent): string {
  switch (content.kind) {
    case "text":
    case "emote":
      return content.text;
    case "file":
      return content.name;
    case "poll":
      return text("preview-poll", { question: content.question });
    case "membership":
      return text(`preview-membership-${content.change}`, { name: content.name });
    default:
      return text(`preview-${content.kind}`);
  }
}

/** "Karim : le point est prêt"; in a direct room only what is one's own is named. */
export function wordPreview(text: Text, latest: LatestPreview, kind: RoomKind): string {
  const { content, own, sender } = latest;
  const words = wordContent(text, content);
  if (content.kind === "membership") return words;
  if (content.kind === "emote") return `${own ? text("preview-you") : sender} ${words}`;
  if (own) return text("preview-from", { who: text("preview-you"), words });
  if (kind === "direct") return words;
  return text("preview-from", { who: sender.split(/\s+/)[0] ?? sender, words });
}
