/** Starts a direct conversation or a room. */
export function NewRoomButton() {
  return null;
}
