import { useText } from "../i18n/text";
import { RadioGroup } from "../kit/RadioGroup";
import { Switch } from "../kit/Switch";
import { settings } from "../stores/settings";
import { useStore } from "../stores/store";
import styles from "./settings.module.css";
import { useChange } from "./useChange";

export function WritingPage() {
  const text = useText();
  const now = useStore(settings);
  const change = useChange();
  return (
    <div className={styles.page}>
      <RadioGroup
        label={text("settings-enter")}
        value={now.enterSends ? "sends" : "breaks"}
        onChange={(value) => change({ enterSends: value === "sends" })}
        options={[
          { id: "sends", label: text("settings-enter-sends"), hint: text("settings-enter-sends-hint") },
          { id: "breaks", label: text("settings-enter-breaks"), hint: text("settings-enter-breaks-hint") },
        ]}
      />
      <hr className={styles.rule} />
      <Switch
        label={text("settings-receipts")}
        hint={text("settings-receipts-hint")}
        isSelected={now.sendReadReceipts}
        onChange={(sendReadReceipts) => change({ sendReadReceipts })}
      />
      <Switch
        label={text("settings-typing")}
        hint={text("settings-typing-hint")}
        isSelected={now.sendTyping}
        onChange={(sendTyping) => change({ sendTyping })}
      />
    </div>
  );
}
