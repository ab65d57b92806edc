import { useText } from "../i18n/text";
import type { RoomRetention } from "../ipc/bindings";
import { IconButton } from "../kit/IconButton";
import { IconTimer } from "../kit/icons";
import { Menu, MenuChoice } from "../kit/Menu";
import { useStore } from "../stores/store";
import { chosenIn, chooseLifetime, lifetimes } from "./chosen";
import { effective, offered, wordLifetime } from "./lifetimes";
import styles from "./retention.module.css";

/** How long the next message lives: as the room has it, or less. */
export function LifetimeButton({ roomId, retention }: { roomId: string; retention: RoomRetention }) {
  const text = useText();
  const chosen = useStore(lifetimes, (all) => chosenIn(all, roomId));
  const { timer } = retention;
  const shorter = offered(retention).filter((time) => timer === null || time < timer);
  const lives = effective(retention, chosen);
  const label = lives === null ? text("lifetime-label-off") : text("lifetime-label", { time: wordLifetime(text, lives) });
  const asRoom = timer === null ? text("lifetime-room-off") : text("lifetime-room", { time: wordLifetime(text, timer) });
  return (
    <>
      <Menu label={text("lifetime-menu")} placement="top start" trigger={<IconButton label={label} icon={<IconTimer />} size="small" />}>
        <MenuChoice
          label={text("lifetime-menu")}
          value={chosen === null ? "room" : String(chosen)}
          options={[{ id: "room", label: asRoom }, ...shorter.map((time) => ({ id: String(time), label: wordLifetime(text, time) }))]}
          onChange={(id) => chooseLifetime(roomId, id === "room" ? null : Number(id))}
        />
      </Menu>
      {lives === null ? null : (
        <span className={styles.lives} aria-hidden>
          {wordLifetime(text, lives)}
        </span>
      )}
    </>
  );
}
