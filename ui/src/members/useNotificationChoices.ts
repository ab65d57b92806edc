import { useText } from "../i18n/text";
import type { NotificationMode } from "../ipc/bindings";
import type { Choice } from "../kit/RadioGroup";

/** When a room may call, in words. */
export function useNotificationChoices(): Choice<NotificationMode>[] {
  const text = useText();
  return (["all", "mentions", "mute"] as const).map((id) => ({
    id,
    label: text(`room-notifications-${id}`),
    hint: text(`room-notifications-${id}-hint`),
  }));
}
