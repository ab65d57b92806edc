import { type ReactNode, useState } from "react";
import { Form } from "react-aria-components";

import { useText } from "../i18n/text";
import { Button } from "../kit/Button";
import { TextField } from "../kit/TextField";
import { policy } from "../stores/policy";
import { useStore } from "../stores/store";
import styles from "./FirstRunCard.module.css";
import { ServerField } from "./ServerField";
import type { Typed } from "./SignInScreen";

/** The address, and the server by hand for who was told one. */
export function AddressForm({
  typed,
  onChange,
  onSubmit,
  busy,
  children,
}: {
  typed: Typed;
  onChange: (typed: Typed) => void;
  onSubmit: () => void;
  busy: boolean;
  children: ReactNode;
}) {
  const text = useText();
  const [missing, setMissing] = useState(false);
  const { servers, otherServers } = useStore(policy);
  const byHand = typed.server !== null;
  return (
    <Form
      className={styles.form ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        const empty = typed.address.trim() === "";
        setMissing(empty);
        if (!empty && !busy) onSubmit();
      }}
    >
      <TextField
        label={text("sign-in-address")}
        hint={text("sign-in-address-hint")}
        error={missing ? text("sign-in-address-missing") : null}
        placeholder={text("sign-in-address-example")}
        value={typed.address}
        onChange={(address) => {
          setMissing(false);
          onChange({ ...typed, address });
        }}
        name="address"
        autoComplete="username"
        spellCheck="false"
        autoFocus
        large
      />
      {byHand ? <ServerField server={typed.server ?? ""} onChange={(server) => onChange({ ...typed, server })} /> : null}
      {children}
      <Button type="submit" tone="primary" size="large" wide busy={busy}>
        {text("sign-in-continue")}
      </Button>
      {servers.length > 0 || otherServers ? (
        <div className={styles.links}>
          <button
            type="button"
            className={styles.link}
            onClick={() => onChange({ ...typed, server: byHand ? null : (servers[0]?.name ?? "") })}
          >
            {text(byHand ? "sign-in-server-found" : servers.length > 0 ? "sign-in-server-choose" : "sign-in-server-by-hand")}
          </button>
        </div>
      ) : null}
    </Form>
  );
}
