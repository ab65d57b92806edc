import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { wordError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { OwnDevice } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { PasswordField } from "../kit/PasswordField";
import { toast } from "../kit/Toasts";

const formId = "devices-sign-out";

/** Signs one or all other devices out; the server asks for the password, which an account of a portal lacks. */
export function SignOutDevicesDialog({
  devices,
  all,
  byPassword,
  onClose,
  onDone,
}: {
  devices: readonly OwnDevice[];
  all: boolean;
  byPassword: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const text = useText();
  const work = useWork();
  const [password, setPassword] = useState("");
  const wrong = work.error?.code === "wrongPassword" ? wordError(text, work.error) : null;
  const first = devices[0];
  const signOut = () =>
    work.run(
      () => call("device_sign_out", { deviceIds: devices.map(({ id }) => id), password }),
      () => {
        toast({ tone: "safe", text: text("devices-sign-out-done", { count: devices.length }) });
        onDone();
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      role="alertdialog"
      width="narrow"
      title={all ? text("devices-sign-out-others-title") : text("devices-sign-out-title", { name: first?.name ?? first?.id ?? "" })}
      actions={
        <>
          <Button onPress={onClose} isDisabled={work.busy}>
            {text("cancel")}
          </Button>
          {byPassword ? (
            <Button type="submit" form={formId} tone="danger" busy={work.busy} isDisabled={password === ""}>
              {text("devices-sign-out")}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{text(byPassword ? "devices-sign-out-lead" : "devices-sign-out-portal")}</p>
      {byPassword ? (
        <Form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault();
            if (password !== "") signOut();
          }}
        >
          <PasswordField
            label={text("sign-in-password")}
            showLabel={text("sign-in-password-show")}
            hint={text("devices-sign-out-password")}
            error={wrong ? `${wrong.what} ${wrong.todo}` : null}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            autoFocus
          />
        </Form>
      ) : null}
      {work.error && !wrong ? <ErrorNotice error={work.error} what={text("devices-sign-out-failed")} /> : null}
    </Dialog>
  );
}
