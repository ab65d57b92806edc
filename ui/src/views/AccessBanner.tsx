import { useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { IconKey } from "../kit/icons";
import styles from "../rooms/OfflineBanner.module.css";
import { access } from "../stores/session";
import { useStore } from "../stores/store";
import { openDialog } from "../stores/view";

/** The user's keys are elsewhere by now: said until the code is typed; what is here stays readable. */
export function AccessBanner() {
  const text = useText();
  const state = useStore(access, (live) => live.value);
  if (state === "whole") return null;
  return (
    <div className={styles.banner} role="status">
      <IconKey size={17} />
      <span>
        <b>{text(`access-${state}`)}</b> {text(`access-${state}-todo`)}
      </span>
      {state === "lost" ? (
        <Button size="small" onPress={() => openDialog("code")}>
          {text("undecryptable-code")}
        </Button>
      ) : null}
    </div>
  );
}
