import { Dialog, DialogTrigger, Popover } from "react-aria-components";

import { IconButton } from "../../kit/IconButton";
import { IconSmile } from "../../kit/icons";
import { EmojiPicker } from "./EmojiPicker";
import styles from "./EmojiPicker.module.css";

export interface EmojiButtonProps {
  /** Of the button and of what it opens. */
  label: string;
  onPick: (emoji: string) => void;
  size?: "small" | "normal";
  isDisabled?: boolean;
  /** The picker stays open, to pick several. */
  several?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A button that opens the emoji picker: for the composer, and for reactions. */
export function EmojiButton({ label, onPick, size = "normal", isDisabled = false, several, onOpenChange }: EmojiButtonProps) {
  return (
    <DialogTrigger {...(onOpenChange ? { onOpenChange } : {})}>
      <IconButton label={label} icon={<IconSmile />} size={size} isDisabled={isDisabled} />
      <Popover placement="top start" offset={6} className={styles.popover ?? ""}>
        <Dialog aria-label={label} className={styles.dialog ?? ""}>
          {({ close }) => (
            <EmojiPicker
              onPick={(emoji) => {
                if (!several) close();
                onPick(emoji);
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
