/** The messages of a room. */
export function Timeline({ roomId, focus }: { roomId: string; focus: string | null }) {
  return <div data-room={roomId} data-focus={focus} />;
}
