import { call } from "../../ipc/backend";
import { createStore } from "../../stores/store";

interface Question {
  roomId: string;
  answer: (agreed: boolean) => void;
}

/** Whether guests may get files, while it is asked. */
export const guestQuestion = createStore<Question | null>(null);

/** Asks before the first files to a room with guests; what was agreed holds from then on. */
export async function mayReachGuests(roomId: string): Promise<boolean> {
  if (await call("room_guest_files_agreed", { roomId })) return true;
  guestQuestion.get()?.answer(false);
  const agreed = await new Promise<boolean>((answer) => guestQuestion.set({ roomId, answer }));
  guestQuestion.set(null);
  if (agreed) await call("room_guest_files_agree", { roomId });
  return agreed;
}
