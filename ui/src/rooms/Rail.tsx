import { useLocale, useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { AccountInfo } from "../ipc/bindings";
import { Button } from "react-aria-components";

import { Avatar } from "../kit/Avatar";
import { IconButton } from "../kit/IconButton";
import { IconGear, IconKeyboard, IconLeave } from "../kit/icons";
import { Menu, MenuItem, MenuLine } from "../kit/Menu";
import { wordKey } from "../keys";
import { openDialog } from "../stores/view";
import styles from "./Rail.module.css";

/** Who is signed in, and the way to the settings. */
export function Rail({ account }: { account: AccountInfo }) {
  const text = useText();
  const locale = useLocale();
  return (
    <nav className={styles.rail} aria-label={text("rail")} data-landmark tabIndex={-1}>
      <div className={styles.seal} aria-hidden>
        P
      </div>
      <span className={styles.push} />
      <IconButton
        label={text("settings-open")}
        keys={wordKey("settings", locale)}
        icon={<IconGear />}
        onPress={() => openDialog("settings")}
      />
      <Menu
        label={text("account-menu")}
        placement="right bottom"
        trigger={
          <Button aria-label={text("account-of", { name: account.displayName })} className={styles.account ?? ""}>
            <Avatar id={account.userId} name={account.displayName} src={mediaUrl(account.avatar)} size={34} />
          </Button>
        }
      >
        <MenuItem icon={<IconGear />} keys={wordKey("settings", locale)} onAction={() => openDialog("settings")}>
          {text("settings-open")}
        </MenuItem>
        <MenuItem icon={<IconKeyboard />} keys={wordKey("help", locale)} onAction={() => openDialog("keys")}>
          {text("keys-open")}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<IconLeave />} danger onAction={() => openDialog("signOut")}>
          {text("sign-out-open")}
        </MenuItem>
      </Menu>
    </nav>
  );
}
