/** Writes to a room. */
export function Composer({ roomId }: { roomId: string }) {
  return <div data-room={roomId} />;
}
