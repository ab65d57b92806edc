import { row, text } from "./messages";
import { karim, sophie } from "./people";
import { arrive } from "./timeline";
import type { World } from "./world";

/** Somebody is always writing: Sophie in the crisis room, Karim elsewhere. */
export function startLife(world: World): void {
  const phrases = ["Reçu.", "Je regarde.", "La relève est en route.", "Cote stable à 18 h 15 : 3,41 m.", "Merci !"];
  let turn = 0;
  const tick = () => {
    const roomId = turn % 3 === 2 ? "!numerique" : "!crise";
    const who = turn % 3 === 2 ? karim : sophie;
    const room = world.rooms.get(roomId);
    if (!room || world.sync.value.kind !== "online") return;
    room.typing.set([who]);
    setTimeout(() => {
      room.typing.set([]);
      arrive(world, roomId, row(who, Date.now(), text(phrases[turn % phrases.length] ?? "…")));
      turn += 1;
    }, 2500);
  };
  setInterval(tick, 15_000);
}
