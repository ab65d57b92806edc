import { useState } from "react";

import { useToastedWork } from "../errors/useWork";
import { useText } from "../i18n/text";
import { call } from "../ipc/backend";
import type { RoomDetails } from "../ipc/bindings";
import { Button } from "../kit/Button";
import { Select } from "../kit/Select";
import { TextField } from "../kit/TextField";
import { longest, mayChooseFreely, offered, type Unit, units, wordLifetime } from "./lifetimes";
import styles from "./retention.module.css";

/** How long new messages of a room live: to set, or to read for those who may not. */
export function RoomTimer({ room }: { room: RoomDetails }) {
  const text = useText();
  const { retention, can } = room;
  const told = retention.timer === null ? text("timer-off") : wordLifetime(text, retention.timer);
  return (
    <section className={styles.timer} aria-label={text("timer-title")}>
      {can.setTimer ? (
        <SetTimer room={room} />
      ) : (
        <>
          <h3 className={styles.title}>{text("timer-title")}</h3>
          <p>{told}</p>
        </>
      )}
      <p className={styles.words}>
        {text("timer-meaning")} {text(can.setTimer ? "timer-others" : "timer-refused")}
      </p>
      {retention.serverMax === null ? null : <p className={styles.limit}>{text("timer-server", { time: wordLifetime(text, retention.serverMax) })}</p>}
      {retention.deviceMax === null ? null : <p className={styles.limit}>{text("timer-device", { time: wordLifetime(text, retention.deviceMax) })}</p>}
    </section>
  );
}

function SetTimer({ room: { roomId, retention } }: { room: RoomDetails }) {
  const text = useText();
  const [own, setOwn] = useState(false);
  const work = useToastedWork(text("timer-failed"));
  const save = (lifetime: number | null) => work.run(() => call("room_set_timer", { roomId, lifetime }), () => setOwn(false));
  const { timer } = retention;
  const times = offered(retention);
  const listed = timer === null || times.includes(timer) ? times : [...times, timer];
  const options = [
    { id: "off", label: text("timer-off") },
    ...listed.map((time) => ({ id: String(time), label: wordLifetime(text, time) })),
    ...(mayChooseFreely(retention) ? [{ id: "own", label: text("timer-own") }] : []),
  ];
  return (
    <>
      <Select
        label={text("timer-title")}
        value={own ? "own" : timer === null ? "off" : String(timer)}
        options={options}
        isDisabled={work.busy}
        onChange={(chosen) => {
          setOwn(chosen === "own");
          if (chosen !== "own") save(chosen === "off" ? null : Number(chosen));
        }}
      />
      {own ? <OwnTimer busy={work.busy} onSave={save} onCancel={() => setOwn(false)} /> : null}
    </>
  );
}

function OwnTimer({ busy, onSave, onCancel }: { busy: boolean; onSave: (lifetime: number) => void; onCancel: () => void }) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [unit, setUnit] = useState<Unit>("days");
  const [wrong, setWrong] = useState(false);
  const choices = (Object.keys(units) as Unit[]).map((id) => ({ id, label: text(`timer-unit-${id}`) }));
  return (
    <form
      className={styles.timer}
      onSubmit={(submit) => {
        submit.preventDefault();
        const lifetime = Number(typed) * units[unit];
        const fits = /^\d+$/.test(typed.trim()) && lifetime > 0 && lifetime <= longest;
        setWrong(!fits);
        if (fits) onSave(lifetime);
      }}
    >
      <div className={styles.own}>
        <TextField label={text("timer-number")} value={typed} onChange={setTyped} inputMode="numeric" maxLength={6} autoFocus error={wrong ? text("timer-wrong") : null} />
        <Select label={text("timer-unit")} value={unit} onChange={setUnit} options={choices} />
      </div>
      <div className={styles.acts}>
        <Button tone="quiet" size="small" onPress={onCancel}>
          {text("timer-cancel")}
        </Button>
        <Button tone="primary" size="small" type="submit" busy={busy}>
          {text("timer-save")}
        </Button>
      </div>
    </form>
  );
}
