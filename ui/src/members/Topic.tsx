import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";

import { useText } from "../i18n/text";
import { Tooltip } from "../kit/Tooltip";
import styles from "./RoomHeader.module.css";

/** One line; all of it on a click, and in a tooltip. */
export function Topic({ topic }: { topic: string }) {
  const text = useText();
  return (
    <DialogTrigger>
      <Tooltip text={topic}>
        <Button className={styles.topic ?? ""} aria-label={text("room-topic-is", { topic })}>
          {topic}
        </Button>
      </Tooltip>
      <Popover placement="bottom start" className={styles.popover ?? ""}>
        <Dialog aria-label={text("room-topic")} className={styles.wholeTopic ?? ""}>
          {topic}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
