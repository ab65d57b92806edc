import { useToastedWork } from "../errors/useWork";
import { call } from "../ipc/backend";

type FlagCommand = "room_set_favourite" | "room_set_low_priority";

/** A tag of a room; drawn as asked while the server is told. */
export function useFlag(command: FlagCommand, roomId: string, on: boolean): [shown: boolean, set: (on: boolean) => void] {
  const work = useToastedWork();
  return [work.busy ? !on : on, (next) => work.run(() => call(command, { roomId, on: next }))];
}
