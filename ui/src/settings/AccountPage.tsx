import { useText } from "../i18n/text";
import { mediaUrl } from "../ipc/backend";
import type { AccountInfo } from "../ipc/bindings";
import { Avatar } from "../kit/Avatar";
import { Button } from "../kit/Button";
import { IconLeave } from "../kit/icons";
import { openDialog } from "../stores/view";
import styles from "./settings.module.css";

export function AccountPage({ account }: { account: AccountInfo }) {
  const text = useText();
  return (
    <div className={styles.page}>
      <div className={styles.who}>
        <Avatar id={account.userId} name={account.displayName} src={mediaUrl(account.avatar)} size={56} />
        <div>
          <p className={styles.whoName}>
            <bdi>{account.displayName}</bdi>
          </p>
          <p className={styles.hint}>
            <bdi>{account.userId}</bdi>
          </p>
        </div>
      </div>
      <Facts
        facts={[
          [text("settings-server"), account.server],
          [text("settings-device"), account.deviceId],
        ]}
      />
      <div>
        <Button tone="dangerQuiet" icon={<IconLeave />} onPress={() => openDialog("signOut")}>
          {text("sign-out-open")}
        </Button>
      </div>
    </div>
  );
}

/** Names and what they are. */
export function Facts({ facts }: { facts: readonly [name: string, value: string][] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
