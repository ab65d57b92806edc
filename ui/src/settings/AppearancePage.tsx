import { useText } from "../i18n/text";
import { IconButton } from "../kit/IconButton";
import { IconMinus, IconPlus } from "../kit/icons";
import { RadioGroup } from "../kit/RadioGroup";
import { useForced } from "../stores/policy";
import { settings, zoomStep } from "../stores/settings";
import { useStore } from "../stores/store";
import styles from "./settings.module.css";
import { useChange } from "./useChange";

export function AppearancePage() {
  const text = useText();
  const now = useStore(settings);
  const change = useChange();
  const forced = useForced("language");
  return (
    <div className={styles.page}>
      <RadioGroup
        row
        label={text("settings-theme")}
        value={now.theme}
        onChange={(theme) => change({ theme })}
        options={(["system", "light", "dark"] as const).map((id) => ({ id, label: text(`settings-theme-${id}`) }))}
      />
      <RadioGroup
        row
        label={text("settings-language")}
        locked={forced ? text("settings-managed") : null}
        value={now.language}
        onChange={(language) => change({ language })}
        options={(["system", "fr", "en"] as const).map((id) => ({ id, label: text(`settings-language-${id}`) }))}
      />
      <RadioGroup
        row
        label={text("settings-density")}
        value={now.density}
        onChange={(density) => change({ density })}
        options={(["normal", "compact"] as const).map((id) => ({ id, label: text(`settings-density-${id}`) }))}
      />
      <div role="group" aria-labelledby="settings-zoom" className={styles.zoom}>
        <span id="settings-zoom" className={styles.label}>
          {text("settings-zoom")}
        </span>
        <IconButton
          label={text("key-zoom-out")}
          icon={<IconMinus />}
          onPress={() => change({ zoom: zoomStep(now.zoom, -1) })}
          isDisabled={zoomStep(now.zoom, -1) === now.zoom}
        />
        <output className={styles.zoomValue}>{text("settings-zoom-value", { zoom: now.zoom })}</output>
        <IconButton
          label={text("key-zoom-in")}
          icon={<IconPlus />}
          onPress={() => change({ zoom: zoomStep(now.zoom, 1) })}
          isDisabled={zoomStep(now.zoom, 1) === now.zoom}
        />
      </div>
    </div>
  );
}
