import type { ReactNode } from "react";
import { Button as AriaButton, Text, UNSTABLE_Toast as AriaToast, UNSTABLE_ToastContent as ToastContent, UNSTABLE_ToastQueue as ToastQueue, UNSTABLE_ToastRegion as ToastRegion } from "react-aria-components";

import { classes } from "./classes";
import { IconCheck, IconClose, IconInfo, IconWarning } from "./icons";
import styles from "./Toasts.module.css";

export interface ToastWords {
  tone?: "info" | "safe" | "alarm";
  text: string;
  /** A second line: what to do, or the helpdesk's reference. */
  detail?: string | undefined;
  action?: { label: string; onPress: () => void };
  /** Stays until closed, though it alarms nobody. */
  lasting?: boolean;
}

const queue = new ToastQueue<ToastWords>({ maxVisibleToasts: 3 });

/** Errors stay until closed, and what says so; the rest goes after some seconds. */
export function toast(words: ToastWords): void {
  queue.add(words, words.tone === "alarm" || words.lasting || words.action ? {} : { timeout: 5000 });
}

const signs: Record<NonNullable<ToastWords["tone"]>, ReactNode> = {
  info: <IconInfo />,
  safe: <IconCheck />,
  alarm: <IconWarning />,
};

export function Toasts({ label, closeLabel }: { label: string; closeLabel: string }) {
  return (
    <ToastRegion queue={queue} aria-label={label} className={styles.region ?? ""} data-landmark>
      {({ toast: shown }) => (
        <AriaToast toast={shown} className={classes(styles.toast, styles[shown.content.tone ?? "info"])}>
          {signs[shown.content.tone ?? "info"]}
          <ToastContent className={styles.words ?? ""}>
            <Text slot="title">{shown.content.text}</Text>
            {shown.content.detail ? <Text slot="description">{shown.content.detail}</Text> : null}
          </ToastContent>
          {shown.content.action ? (
            <AriaButton
              className={styles.action ?? ""}
              onPress={() => {
                shown.content.action?.onPress();
                queue.close(shown.key);
              }}
            >
              {shown.content.action.label}
            </AriaButton>
          ) : null}
          <AriaButton slot="close" aria-label={closeLabel} className={styles.close ?? ""}>
            <IconClose size={16} />
          </AriaButton>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
