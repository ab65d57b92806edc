import { useLocale, useText } from "../i18n/text";
import { Dialog } from "../kit/Dialog";
import { Kbd } from "../kit/Kbd";
import { type KeyGroup, type KeyId, keys, wordCombo } from "../keys";
import { useStore } from "../stores/store";
import { closeDialog, view } from "../stores/view";
import styles from "./settings.module.css";

const groups: readonly KeyGroup[] = ["app", "rooms", "timeline", "composer"];

/** The table of keys, as the help page. */
export function KeysDialog() {
  const text = useText();
  const locale = useLocale();
  const open = useStore(view, (now) => now.dialog === "keys");
  const rows = Object.entries(keys) as [KeyId, (typeof keys)[KeyId]][];
  return (
    <Dialog open={open} onClose={closeDialog} title={text("keys-title")} closeLabel={text("close")} width="wide">
      {/* Scrolled by keys where it is higher than the window. */}
      <div className={styles.keyGroups} tabIndex={0}>
        {groups
          .filter((group) => rows.some(([, row]) => row.group === group))
          .map((group) => (
            <section key={group} aria-labelledby={`keys-${group}`}>
              <h3 id={`keys-${group}`} className={styles.heading}>
                {text(`keys-group-${group}`)}
              </h3>
              <dl className={styles.keyList}>
                {rows
                  .filter(([, row]) => row.group === group)
                  .map(([id, row]) => (
                    <div key={id} className={styles.keyRow}>
                      <dt>{text(`key-${id}`)}</dt>
                      <dd>
                        <Kbd keys={wordCombo(row.combos[0], locale)} />
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}
