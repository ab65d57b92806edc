import { type FormEvent, useId, useState } from "react";

import { ErrorNotice } from "../errors/ErrorNotice";
import { useWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { FoundUser, NewRoomKind } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { RadioGroup } from "../kit/RadioGroup";
import { TextField } from "../kit/TextField";
import { PeoplePicker } from "../members/PeoplePicker";
import { askRoom, closeRoomDialog } from "../stores/roomDialog";
import { openRoom } from "../stores/view";
import styles from "./NewRoom.module.css";

const kinds = ["private", "open", "unencrypted", "public"] as const satisfies readonly NewRoomKind[];

/** Most who are invited together with the creation. */
const mostAtOnce = 10;

/** A room of one of four kinds; private and encrypted, unless chosen otherwise. */
export function NewRoomDialog() {
  const text = useText();
  const form = useId();
  const work = useWork();
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const [kind, setKind] = useState<NewRoomKind>("private");
  const [people, setPeople] = useState<readonly FoundUser[]>([]);
  const [missing, setMissing] = useState(false);
  const create = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return setMissing(true);
    const userIds = people.map((user) => user.userId);
    // One request with many invitations fails as a whole, and late.
    const many = userIds.length > mostAtOnce;
    const room = { kind, name: name.trim(), topic: topic.trim() || null, invite: many ? [] : userIds };
    work.run(
      () => call("room_create", room),
      ({ roomId }) => {
        closeRoomDialog();
        openRoom(roomId);
        if (many) askRoom({ kind: "inviteMany", roomId, userIds });
      },
    );
  };
  return (
    <Dialog
      open
      holds
      onClose={closeRoomDialog}
      title={text("new-room-title")}
      closeLabel={text("close")}
      actions={
        <>
          <Button onPress={closeRoomDialog}>{text("cancel")}</Button>
          <Button tone="primary" type="submit" form={form} busy={work.busy}>
            {text("new-room-create")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate className={styles.form} onSubmit={create}>
        <TextField
          label={text("new-room-name")}
          value={name}
          onChange={setName}
          isRequired
          maxLength={200}
          autoFocus
          autoComplete="off"
          error={missing && name.trim() === "" ? text("new-room-name-missing") : null}
        />
        <TextField label={text("new-room-topic")} hint={text("new-room-topic-hint")} value={topic} onChange={setTopic} rows={2} maxLength={2000} />
        <RadioGroup
          label={text("new-room-kind")}
          value={kind}
          onChange={setKind}
          options={kinds.map((id) => ({ id, label: text(id === "private" ? "kind-private-encrypted" : `room-kind-${id}`), hint: text(`new-room-kind-${id}`) }))}
        />
      </form>
      <div className={styles.people}>
        <p className={styles.label} aria-hidden>
          {text("new-room-people")}
        </p>
        <PeoplePicker label={text("new-room-people")} chosen={people} onChange={setPeople} isDisabled={work.busy} />
      </div>
      {work.error ? <ErrorNotice error={work.error} what={text("new-room-failed")} /> : null}
    </Dialog>
  );
}
