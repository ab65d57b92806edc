import { type ReactNode, useCallback, useEffect, useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useToastedWork } from "../errors/useWork";
import { useLocale, useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { AccountInfo, DeviceTrust, IpcError, OwnDevice } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Chip } from "../kit/Chip";
import { IconButton } from "../kit/IconButton";
import { IconEdit, IconLeave, IconMore, IconShieldCheck, IconUnlock, IconWarning } from "../kit/icons";
import { Menu, MenuItem } from "../kit/Menu";
import { Skeleton } from "../kit/Skeleton";
import { wordTime } from "../rooms/wordTime";
import { useStore } from "../stores/store";
import { closeDialog } from "../stores/view";
import { verifications } from "../stores/verifications";
import styles from "./devices.module.css";
import { RenameDeviceDialog } from "./RenameDeviceDialog";
import settingsStyles from "./settings.module.css";
import { SignOutDevicesDialog } from "./SignOutDevicesDialog";

type Asked = { kind: "rename"; device: OwnDevice } | { kind: "signOut"; devices: OwnDevice[]; all: boolean } | null;

/** Where the account is signed in. */
export function DevicesPage({ account }: { account: AccountInfo }) {
  const text = useText();
  const { devices, error, reload } = useDevices();
  const [asked, setAsked] = useState<Asked>(null);
  const done = () => {
    setAsked(null);
    reload();
  };
  if (error) {
    return (
      <div className={settingsStyles.page}>
        <ErrorNotice error={error} what={text("devices-failed")} />
        <Button onPress={reload}>{text("devices-retry")}</Button>
      </div>
    );
  }
  const others = (devices ?? []).filter(({ current }) => !current);
  return (
    <div className={settingsStyles.page}>
      <p className={settingsStyles.hint}>{text("devices-lead")}</p>
      {devices ? (
        <ul className={styles.devices} aria-label={text("settings-devices")}>
          {devices.map((device) => (
            <Device
              key={device.id}
              device={device}
              userId={account.userId}
              onRename={() => setAsked({ kind: "rename", device })}
              onSignOut={() => setAsked({ kind: "signOut", devices: [device], all: false })}
            />
          ))}
        </ul>
      ) : (
        <Loading>{text("devices-loading")}</Loading>
      )}
      {others.length > 0 ? (
        <div>
          <Button tone="dangerQuiet" icon={<IconLeave />} onPress={() => setAsked({ kind: "signOut", devices: others, all: true })}>
            {text("devices-sign-out-others")}
          </Button>
        </div>
      ) : null}
      {asked?.kind === "rename" ? <RenameDeviceDialog device={asked.device} onClose={() => setAsked(null)} onDone={done} /> : null}
      {asked?.kind === "signOut" ? (
        <SignOutDevicesDialog
          devices={asked.devices}
          all={asked.all}
          byPassword={account.password}
          onClose={() => setAsked(null)}
          onDone={done}
        />
      ) : null}
    </div>
  );
}

/** Asked for anew when a verification ends: it may have changed what is known of a device. */
function useDevices() {
  const [devices, setDevices] = useState<OwnDevice[] | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  const [asked, setAsked] = useState(0);
  const ended = useStore(verifications, (live) => live.value.filter(({ own, stage }) => own && stage.kind === "done").length);
  useEffect(() => {
    let gone = false;
    call("device_list").then(
      (list) => {
        if (gone) return;
        setDevices(list);
        setError(null);
      },
      (thrown: unknown) => {
        if (!gone) setError(asIpcError(thrown));
      },
    );
    return () => {
      gone = true;
    };
  }, [asked, ended]);
  return { devices, error, reload: useCallback(() => setAsked((times) => times + 1), []) };
}

function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={styles.loading}>
      <span className="visually-hidden">{children}</span>
      <Skeleton height={44} />
      <Skeleton height={44} />
    </div>
  );
}

export const nameOf = ({ name, id }: OwnDevice) => name ?? id;

function Device({ device, userId, onRename, onSignOut }: { device: OwnDevice; userId: string; onRename: () => void; onSignOut: () => void }) {
  const text = useText();
  const locale = useLocale();
  const verifying = useToastedWork(text("devices-verify-failed"));
  const name = nameOf(device);
  const verify = () =>
    // The steps come in a dialog of their own, which would lie under this one.
    verifying.run(() => call("verification_request", { userId, deviceId: device.id }), closeDialog);
  const when = device.lastSeen === null ? null : wordTime(device.lastSeen, Date.now(), locale, text);
  return (
    <li className={styles.device}>
      <div className={styles.words}>
        <bdi className={styles.name}>{name}</bdi>
        <span className={styles.facts}>
          {device.current ? <Chip tone="open">{text("devices-current")}</Chip> : null}
          <TrustOf trust={device.trust} />
          {device.current ? null : <span>{when ? text("devices-seen", { when }) : text("devices-never-seen")}</span>}
        </span>
        {device.name === null ? null : <bdi className={styles.id}>{device.id}</bdi>}
      </div>
      <Menu label={text("devices-menu", { name })} trigger={<IconButton label={text("devices-menu", { name })} icon={<IconMore />} />}>
        <MenuItem icon={<IconEdit />} onAction={onRename}>
          {text("devices-rename")}
        </MenuItem>
        {!device.current && device.trust === "unverified" ? (
          <MenuItem icon={<IconShieldCheck />} onAction={verify}>
            {text("devices-verify")}
          </MenuItem>
        ) : null}
        {device.current ? null : (
          <MenuItem icon={<IconLeave />} danger onAction={onSignOut}>
            {text("devices-sign-out")}
          </MenuItem>
        )}
      </Menu>
    </li>
  );
}

function TrustOf({ trust }: { trust: DeviceTrust }) {
  const text = useText();
  const words = text(`devices-${trust}`);
  switch (trust) {
    case "verified":
      return (
        <Chip tone="safe" icon={<IconShieldCheck />}>
          {words}
        </Chip>
      );
    case "unverified":
      return (
        <Chip tone="guest" icon={<IconWarning />}>
          {words}
        </Chip>
      );
    case "noKeys":
      return <Chip icon={<IconUnlock />}>{words}</Chip>;
  }
}
