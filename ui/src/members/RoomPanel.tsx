import { useEffect, useRef } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";

import { useLocale, useText } from "../i18n/text";
import { IconButton } from "../kit/IconButton";
import { IconClose } from "../kit/icons";
import { useKey, wordKey } from "../keys";
import { type Panel, panel, showPanel } from "../stores/panel";
import { roomDetails } from "../stores/room";
import { useStore } from "../stores/store";
import { MemberList } from "./MemberList";
import styles from "./RoomPanel.module.css";
import { RoomAbout } from "./RoomAbout";
import { RoomSettings } from "./RoomSettings";

const tabs = ["members", "settings", "about"] as const satisfies readonly Panel[];

/** Members, settings or facts, as `stores/panel` says; never drawn while it says none. */
export function RoomPanel({ roomId }: { roomId: string }) {
  const text = useText();
  const locale = useLocale();
  const open = useStore(panel);
  const room = useStore(roomDetails(roomId), (live) => live.value);
  const aside = useRef<HTMLElement>(null);
  useFocusBack(aside);
  useKey("panel-close", () => {
    const focused = document.activeElement;
    if (!focused || !aside.current?.contains(focused)) return false;
    // First what is typed in the filter, or the menu that is open.
    if (focused instanceof HTMLInputElement && focused.type === "search" && focused.value !== "") return false;
    showPanel("none");
    return true;
  });
  return (
    <aside ref={aside} className={styles.panel} aria-label={text("room-panel")} data-landmark data-room-panel tabIndex={-1}>
      <h2 className="visually-hidden">{text("room-panel")}</h2>
      <Tabs
        selectedKey={open === "none" ? "members" : open}
        onSelectionChange={(key) => showPanel(key as Panel)}
        className={styles.tabs ?? ""}
      >
        <div className={styles.head}>
          <TabList aria-label={text("room-panel")} className={styles.tabList ?? ""}>
            {tabs.map((id) => (
              <Tab key={id} id={id} className={styles.tab ?? ""}>
                {text(`room-${id}`)}
              </Tab>
            ))}
          </TabList>
          <IconButton label={text("room-panel-close")} keys={wordKey("panel", locale)} icon={<IconClose />} onPress={() => showPanel("none")} />
        </div>
        <TabPanel id="members" className={styles.fixed ?? ""}>
          {room ? <MemberList room={room} /> : null}
        </TabPanel>
        <TabPanel id="settings" className={styles.scrolled ?? ""}>
          {room ? <RoomSettings room={room} /> : null}
        </TabPanel>
        <TabPanel id="about" className={styles.scrolled ?? ""}>
          {room ? <RoomAbout room={room} /> : null}
        </TabPanel>
      </Tabs>
    </aside>
  );
}

/** A panel that closes with the focus in it gives it to the button that opens it. */
function useFocusBack(aside: React.RefObject<HTMLElement | null>) {
  useEffect(() => {
    const node = aside.current;
    return panel.subscribe(() => {
      if (panel.get() !== "none" || !node?.contains(document.activeElement)) return;
      document.querySelector<HTMLElement>("[data-panel-toggle]")?.focus();
    });
  }, [aside]);
}
