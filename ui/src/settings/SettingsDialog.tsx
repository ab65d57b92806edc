import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { ReactNode } from "react";

import { useText } from "../i18n/text";
import type { AccountInfo } from "../ipc/bindings";
import { Dialog } from "../kit/Dialog";
import { IconBell, IconDevices, IconEdit, IconEye, IconInfo, IconLock, IconPerson, IconRules } from "../kit/icons";
import { useStore } from "../stores/store";
import { closeDialog, type SettingsPage, showSettings, view } from "../stores/view";
import { AboutPage } from "./AboutPage";
import { AccountPage } from "./AccountPage";
import { AppearancePage } from "./AppearancePage";
import { DevicesPage } from "./DevicesPage";
import { EncryptionPage } from "./EncryptionPage";
import { NotificationsPage } from "./NotificationsPage";
import { RulesPage } from "./RulesPage";
import styles from "./settings.module.css";
import { WritingPage } from "./WritingPage";

/** What the user may choose, a page a subject. */
export function SettingsDialog({ account }: { account: AccountInfo }) {
  const text = useText();
  const open = useStore(view, (now) => now.dialog === "settings");
  const shown = useStore(view, (now) => now.page);
  const pages: { id: SettingsPage; icon: ReactNode; page: ReactNode }[] = [
    { id: "appearance", icon: <IconEye />, page: <AppearancePage /> },
    { id: "writing", icon: <IconEdit />, page: <WritingPage /> },
    { id: "notifications", icon: <IconBell />, page: <NotificationsPage /> },
    { id: "encryption", icon: <IconLock />, page: <EncryptionPage /> },
    { id: "account", icon: <IconPerson />, page: <AccountPage account={account} /> },
    { id: "devices", icon: <IconDevices />, page: <DevicesPage account={account} /> },
    { id: "rules", icon: <IconRules />, page: <RulesPage /> },
    { id: "about", icon: <IconInfo />, page: <AboutPage account={account} /> },
  ];
  return (
    <Dialog open={open} onClose={closeDialog} title={text("settings-title")} closeLabel={text("close")} width="wide">
      <Tabs orientation="vertical" className={styles.tabs ?? ""} selectedKey={shown} onSelectionChange={(page) => showSettings(page as SettingsPage)}>
        <TabList aria-label={text("settings-title")} className={styles.tabList ?? ""}>
          {pages.map(({ id, icon }) => (
            <Tab key={id} id={id} className={styles.tab ?? ""}>
              {icon}
              {text(`settings-${id}`)}
            </Tab>
          ))}
        </TabList>
        {pages.map(({ id, page }) => (
          <TabPanel key={id} id={id} className={styles.panel ?? ""}>
            {page}
          </TabPanel>
        ))}
      </Tabs>
    </Dialog>
  );
}
