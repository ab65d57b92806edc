/** A room: header, timeline, composer, panel. */
export function RoomView({ roomId, focus }: { roomId: string; focus: string | null }) {
  return (
    <main aria-label={roomId} data-focus={focus} tabIndex={-1}>
      {roomId}
    </main>
  );
}
