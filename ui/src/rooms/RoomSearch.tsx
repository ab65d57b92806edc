import { useRef } from "react";
import { Button, Input, SearchField } from "react-aria-components";

import { useLocale, useText } from "../i18n/text";
import { IconClose, IconFind } from "../kit/icons";
import { Kbd } from "../kit/Kbd";
import { useKey, wordKey } from "../keys";
import { roomList } from "../stores/roomList";
import { useStore } from "../stores/store";
import { openDialog, openRoom } from "../stores/view";
import { focusRoomList } from "./focusList";
import { listState, setFilter } from "./listState";
import styles from "./RoomSearch.module.css";
import { listRows } from "./sections";

/** Filters the list in place; Enter opens the first, the arrow goes down into the list. */
export function RoomSearch() {
  const text = useText();
  const locale = useLocale();
  const filter = useStore(listState, (now) => now.filter);
  const switchKeys = wordKey("room-switch", locale);
  const input = useRef<HTMLInputElement>(null);
  useKey("room-filter", () => input.current?.select());
  const openFirst = () => {
    const first = listRows(roomList.get().value.items, filter, new Set()).find((row) => row.kind === "room");
    if (!filter.trim() || !first) return;
    openRoom(first.key);
    setFilter("");
  };
  return (
    <SearchField aria-label={text("room-search")} value={filter} onChange={setFilter} onSubmit={openFirst} className={styles.find ?? ""}>
      <IconFind size={17} />
      <Input
        ref={input}
        placeholder={text("room-search-placeholder")}
        className={styles.input ?? ""}
        spellCheck="false"
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          focusRoomList();
        }}
      />
      {filter ? (
        <Button className={styles.clear ?? ""} aria-label={text("room-search-clear")}>
          <IconClose size={14} />
        </Button>
      ) : (
        <button type="button" className={styles.switch} aria-label={`${text("switcher-open")}, ${switchKeys}`} onClick={() => openDialog("switcher")}>
          <Kbd keys={switchKeys} />
        </button>
      )}
    </SearchField>
  );
}
