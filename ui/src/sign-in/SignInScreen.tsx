import { useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { DiscoveredServer, IpcError, SessionEnd } from "../ipc/bindings";
import { Notice } from "../kit/Notice";
import { policy } from "../stores/policy";
import { useStore } from "../stores/store";
import { AddressForm } from "./AddressForm";
import { BrowserForm } from "./BrowserForm";
import { FirstRunCard } from "./FirstRunCard";
import styles from "./FirstRunCard.module.css";
import { PasswordForm } from "./PasswordForm";
import { TypedAddress } from "./TypedAddress";

/** What is typed stays, whatever fails. */
export interface Typed {
  address: string;
  /** `null` while the server is found from the address. */
  server: string | null;
}

/** Address, then the server found, then the password or the browser. */
export function SignInScreen({ ended }: { ended: SessionEnd | null }) {
  const text = useText();
  const [typed, setTyped] = useState<Typed>({ address: "", server: null });
  const [found, setFound] = useState<DiscoveredServer | null>(null);
  const [error, setError] = useState<IpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const contact = useStore(policy, (now) => now.supportContact);

  const change = (next: Typed) => {
    setTyped(next);
    setFound(null);
    setError(null);
  };
  const discover = async () => {
    setBusy(true);
    setError(null);
    try {
      const address = typed.address.trim();
      setFound(await call("account_discover", { address, server: typed.server?.trim() || null }));
    } catch (thrown) {
      setError(asIpcError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <FirstRunCard sign="P" title={text("sign-in-title")} lead={text("sign-in-lead")} {...(found ? { foot: found.serverName } : {})}>
      {ended && !found ? (
        <Notice tone="warning" title={text(`sign-in-ended-${ended}`)}>
          {text(`sign-in-ended-${ended}-todo`)}
        </Notice>
      ) : null}
      {found ? (
        <>
          <FoundNotice found={found} />
          {found.password ? (
            <PasswordForm typed={typed} found={found} onBack={() => setFound(null)} />
          ) : (
            <TypedAddress address={found.userId ?? typed.address.trim()} onBack={() => setFound(null)} />
          )}
          {found.sso ? <BrowserForm typed={typed} found={found} /> : null}
          {found.password || found.sso ? null : (
            <Notice tone="warning" title={text("error-loginNotSupported")} announce>
              {text("error-loginNotSupported-todo")}
            </Notice>
          )}
        </>
      ) : (
        <AddressForm typed={typed} onChange={change} onSubmit={() => void discover()} busy={busy}>
          {error ? <ErrorNotice error={error} /> : null}
        </AddressForm>
      )}
      <p className={styles.plain}>{contact ? text("sign-in-trouble-contact", { contact }) : text("sign-in-trouble")}</p>
    </FirstRunCard>
  );
}

/** Which server it is, and what it means to be there. */
function FoundNotice({ found: { serverName: server, guest, newServer } }: { found: DiscoveredServer }) {
  const text = useText();
  return (
    <>
      {guest ? (
        <Notice tone="warning" title={text("sign-in-guest")} announce>
          {text("sign-in-guest-lead", { server })}
        </Notice>
      ) : (
        <Notice tone="safe" title={text("sign-in-found", { server })} announce>
          {text("sign-in-found-lead")}
        </Notice>
      )}
      {newServer ? (
        <Notice tone="info" title={text("sign-in-new-server")} announce>
          {text("sign-in-new-server-lead", { server, new: newServer })}
        </Notice>
      ) : null}
    </>
  );
}
