import { useMemo, useState } from "react";

import { useText } from "../i18n/text";
import type { Member } from "../ipc/bindings";
import { RadioGroup } from "../kit/RadioGroup";
import { TextField } from "../kit/TextField";
import { fold, found } from "../rooms/fold";
import { sortMembers } from "./memberRows";

/** Drawn at once; others are found by their name. */
const most = 5;

/** Those who could administer a room after the user: members, no guests. */
export function successors(members: readonly Member[]): Member[] {
  return sortMembers(members).filter((member) => !member.own && !member.guest && member.membership === "joined");
}

/** Chooses who administers the room from now on. */
export function Successor({ members, value, onChange }: { members: readonly Member[]; value: string | null; onChange: (userId: string | null) => void }) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const all = useMemo(() => successors(members), [members]);
  const wanted = fold(typed.trim());
  const fitting = wanted === "" ? all : all.filter((member) => found(fold(`${member.name} ${member.userId}`), wanted));
  const chosen = all.find((member) => member.userId === value);
  const shown = fitting.slice(0, most);
  if (chosen && !shown.includes(chosen)) shown.unshift(chosen);
  if (all.length === 0) return null;
  return (
    <>
      {all.length > most ? (
        <TextField label={text("leave-successor-find")} value={typed} onChange={setTyped} autoComplete="off" spellCheck="false" />
      ) : null}
      <RadioGroup
        label={text("leave-successor")}
        value={value ?? ""}
        onChange={(chosen) => onChange(chosen === "" ? null : chosen)}
        options={[
          { id: "", label: text("leave-successor-none") },
          ...shown.map((member) => ({ id: member.userId, label: member.name, hint: member.userId })),
        ]}
      />
    </>
  );
}
