import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { classes } from "./classes";
import styles from "./Dialog.module.css";
import { IconButton } from "./IconButton";
import { IconClose } from "./icons";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Named by `title` all the same. */
  titleHidden?: boolean;
  /** Name of the closing button; without it there is none. */
  closeLabel?: string;
  width?: "narrow" | "normal" | "wide";
  /** `alertdialog` for a question that must be answered; it is not closed by a click beside it. */
  role?: "dialog" | "alertdialog";
  /** A click beside it does not close it: what was typed would be lost. */
  holds?: boolean;
  /** Near the top rather than the middle. */
  top?: boolean;
  children: ReactNode;
  /** Buttons, at the end. */
  actions?: ReactNode;
}

export function Dialog({ open, onClose, title, titleHidden, closeLabel, width = "normal", role = "dialog", holds, top, children, actions }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable={role === "dialog" && !holds}
      className={classes(styles.veil, top && styles.top)}
    >
      <Modal className={classes(styles.modal, styles[width])}>
        <AriaDialog role={role} className={styles.dialog ?? ""}>
          <header className={titleHidden ? "visually-hidden" : styles.head}>
            <Heading slot="title" level={2} className={styles.title ?? ""}>
              {title}
            </Heading>
            {closeLabel ? <IconButton label={closeLabel} icon={<IconClose />} onPress={onClose} /> : null}
          </header>
          <div className={classes(styles.body, titleHidden && styles.bare)}>{children}</div>
          {actions ? <footer className={styles.actions}>{actions}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
