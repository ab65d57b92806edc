import { ErrorNotice } from "../errors/ErrorNotice";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { DiscoveredServer, IdentityProvider } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { BrowserWait } from "./BrowserWait";
import styles from "./FirstRunCard.module.css";
import type { Typed } from "./SignInScreen";
import { useBrowser } from "./useBrowser";

/** Signing in by the portal of the ministry, or by one of several, in the system's browser. */
export function BrowserForm({ typed, found }: { typed: Typed; found: DiscoveredServer }) {
  const text = useText();
  const browser = useBrowser();
  if (browser.link) return <BrowserWait link={browser.link} onGiveUp={browser.giveUp} />;

  const signIn = (provider: IdentityProvider | null) => {
    const args = { address: typed.address.trim(), server: typed.server?.trim() || null, provider: provider?.id ?? null };
    browser.start(
      () => call("browser_sign_in", args),
      () => call("browser_signed_in"),
    );
  };
  const tone = found.password ? "plain" : "primary";
  const providers = found.sso ?? [];
  return (
    <div className={styles.form}>
      <p className={styles.plain}>{text("browser-lead")}</p>
      {browser.error ? <ErrorNotice error={browser.error} /> : null}
      {providers.length === 0 ? (
        <Button tone={tone} size="large" wide busy={browser.busy} onPress={() => signIn(null)}>
          {text("browser-sign-in")}
        </Button>
      ) : (
        providers.map((provider) => (
          <Button key={provider.id} tone={tone} size="large" wide busy={browser.busy} onPress={() => signIn(provider)}>
            {text("browser-sign-in-with", { provider: provider.name })}
          </Button>
        ))
      )}
    </div>
  );
}
