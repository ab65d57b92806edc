import { useEffect, useRef, useState } from "react";
import { Button, Popover } from "react-aria-components";

import { EmojiPicker } from "../composer/emoji/EmojiPicker";
import { useText } from "../i18n/text";
import { IconButton } from "../kit/IconButton";
import { IconPlus } from "../kit/icons";
import menu from "../kit/Menu.module.css";
import { useStore } from "../stores/store";
import { type MenuPlace, useTimelineActions } from "./actions";
import { frequentReactions, toggleReaction } from "./Reactions";
import styles from "./Row.module.css";
import { RowMenu } from "./RowMenu";
import { eventOf } from "./rows";

/** What hangs on a row. */
export interface Overlay {
  kind: "menu" | "reactions";
  key: string;
  place: MenuPlace;
}

/** The menu or the reactions of one row, at the row or where the pointer is. */
export function RowOverlay({ overlay, onClose, onReact }: { overlay: Overlay; onClose: (focusBack: boolean) => void; onReact: () => void }) {
  const text = useText();
  const { store } = useTimelineActions();
  const event = useStore(store, (live) => eventOf(live.value.list.byKey.get(overlay.key)));
  const point = useRef<HTMLSpanElement>(null);
  const anchor = useRef<Element | null>(null);
  const { place } = overlay;
  const gone = event === null;
  useEffect(() => {
    if (gone) onClose(false);
  }, [gone, onClose]);
  if (!event) return null;
  const atPoint = !(place instanceof HTMLElement);
  if (!atPoint) anchor.current = place;
  return (
    <>
      {atPoint ? <span ref={point} className={styles.point} style={{ left: place.x, top: place.y }} /> : null}
      <Popover
        // A new place is a new popover: it is placed once, when it opens.
        key={`${overlay.kind} ${overlay.key}`}
        isOpen
        aria-label={overlay.kind === "menu" ? text("action-menu", { name: event.sender.name }) : text("action-react-choose")}
        triggerRef={atPoint ? point : anchor}
        placement={atPoint ? "bottom start" : "bottom end"}
        offset={4}
        className={menu.popover ?? ""}
        onOpenChange={(open) => {
          if (!open) onClose(true);
        }}
      >
        {overlay.kind === "menu" ? (
          <RowMenu event={event} onReact={onReact} onClose={onClose} />
        ) : (
          <ReactionChoice eventId={event.eventId} onClose={() => onClose(true)} />
        )}
      </Popover>
    </>
  );
}

/** A few that are used most; all others by name or group. */
function ReactionChoice({ eventId, onClose }: { eventId: string | null; onClose: () => void }) {
  const text = useText();
  const { roomId } = useTimelineActions();
  const [all, setAll] = useState(false);
  if (eventId === null) return null;
  const react = (key: string) => {
    toggleReaction(text, roomId, eventId, key);
    onClose();
  };
  if (all) {
    return (
      <div className={styles.picker}>
        <EmojiPicker onPick={react} />
      </div>
    );
  }
  return (
    <div className={styles.choice}>
      {frequentReactions.map((key, i) => (
        <Button key={key} autoFocus={i === 0} className={styles.emoji ?? ""} aria-label={text("action-react-with", { key })} onPress={() => react(key)}>
          {key}
        </Button>
      ))}
      <IconButton label={text("action-react-others")} icon={<IconPlus />} onPress={() => setAll(true)} />
    </div>
  );
}
