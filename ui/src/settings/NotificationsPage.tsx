import { useText } from "../i18n/text";
import { RadioGroup } from "../kit/RadioGroup";
import { useForced } from "../stores/policy";
import { settings } from "../stores/settings";
import { useStore } from "../stores/store";
import styles from "./settings.module.css";
import { useChange } from "./useChange";

export function NotificationsPage() {
  const text = useText();
  const content = useStore(settings, (now) => now.notificationContent);
  const change = useChange();
  const forced = useForced("notificationContent");
  return (
    <div className={styles.page}>
      <RadioGroup
        label={text("settings-notification-content")}
        locked={forced ? text("settings-managed") : null}
        value={content}
        onChange={(notificationContent) => change({ notificationContent })}
        options={(["full", "sender", "nothing"] as const).map((id) => ({
          id,
          label: text(`settings-notification-${id}`),
          hint: text(`settings-notification-${id}-hint`),
        }))}
      />
      <p className={styles.hint}>{text("settings-notification-rooms")}</p>
    </div>
  );
}
