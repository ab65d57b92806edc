/** Name, kind and topic of a room, and what opens its panel. */
export function RoomHeader({ roomId }: { roomId: string }) {
  return <header data-room={roomId} />;
}
