import { useState } from "react";
import { Form } from "react-aria-components";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { OwnDevice } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { TextField } from "../kit/TextField";

const formId = "device-rename";

/** Gives a device another name. */
export function RenameDeviceDialog({ device, onClose, onDone }: { device: OwnDevice; onClose: () => void; onDone: () => void }) {
  const text = useText();
  const work = useWork();
  const [name, setName] = useState(device.name ?? "");
  const empty = name.trim() === "";
  return (
    <Dialog
      open
      onClose={onClose}
      holds
      width="narrow"
      title={text("devices-rename-title")}
      actions={
        <>
          <Button onPress={onClose} isDisabled={work.busy}>
            {text("cancel")}
          </Button>
          <Button type="submit" form={formId} tone="primary" busy={work.busy} isDisabled={empty}>
            {text("devices-rename-save")}
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty) work.run(() => call("device_rename", { deviceId: device.id, name: name.trim() }), onDone);
        }}
      >
        <TextField
          label={text("devices-rename-name")}
          hint={text("devices-rename-hint")}
          value={name}
          onChange={setName}
          maxLength={100}
          autoComplete="off"
          autoFocus
        />
      </Form>
      {work.error ? <ErrorNotice error={work.error} what={text("devices-rename-failed")} /> : null}
    </Dialog>
  );
}
