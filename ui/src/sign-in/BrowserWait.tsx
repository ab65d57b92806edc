import { CopyButton } from "../errors/CopyButton";
import { useText } from "../i18n/text";
import type { BrowserLink } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Notice } from "../kit/Notice";
import styles from "./FirstRunCard.module.css";

/** Until the user has done it in the browser: what to do if none opened, and a way out. */
export function BrowserWait({ link, onGiveUp }: { link: BrowserLink; onGiveUp: () => void }) {
  const text = useText();
  return (
    <div className={styles.form}>
      {link.opened ? (
        <Notice tone="info" title={text("browser-waiting")} announce>
          {text("browser-waiting-lead")}
        </Notice>
      ) : (
        <Notice tone="warning" title={text("browser-not-opened")} announce>
          {text("browser-not-opened-lead")}
        </Notice>
      )}
      <p className={styles.plain}>
        <CopyButton value={link.url} label={text("browser-copy-link")} />
      </p>
      <Button size="large" wide onPress={onGiveUp} autoFocus>
        {text("browser-give-up")}
      </Button>
    </div>
  );
}
