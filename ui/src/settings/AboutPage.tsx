import { CopyButton } from "../errors/CopyButton";
import { useText } from "../i18n/text";
import type { AccountInfo } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { IconKeyboard } from "../kit/icons";
import { policy } from "../stores/policy";
import { app } from "../stores/settings";
import { useStore } from "../stores/store";
import { openDialog } from "../stores/view";
import { Facts } from "./AccountPage";
import styles from "./settings.module.css";

/** What the helpdesk asks. */
export function AboutPage({ account }: { account: AccountInfo }) {
  const text = useText();
  const { version, os, profile } = useStore(app);
  const supportContact = useStore(policy, (now) => now.supportContact);
  const facts: [string, string][] = [
    [text("about-version"), version],
    [text("settings-server"), account.server],
    [text("about-system"), text(`about-os-${os}`)],
    ...(supportContact ? [[text("about-support"), supportContact] as [string, string]] : []),
    ...(profile ? [[text("about-profile"), profile] as [string, string]] : []),
  ];
  const details = facts.map(([name, value]) => `${name} : ${value}`).join("\n");
  return (
    <div className={styles.page}>
      <p>{text("about-lead")}</p>
      <Facts facts={facts} />
      <div className={styles.buttons}>
        <CopyButton value={details} label={text("error-copy")} />
        <Button icon={<IconKeyboard />} onPress={() => openDialog("keys")}>
          {text("keys-open")}
        </Button>
      </div>
      <p className={styles.hint}>{text("about-licence")}</p>
    </div>
  );
}
