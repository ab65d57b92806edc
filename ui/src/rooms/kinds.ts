import type { RoomKind } from "../ipc/bindings";
import type { ChipTone } from "../kit/Chip";
import { IconGlobe, IconGuest, IconLock, IconPeople, IconPerson, IconUnlock } from "../kit/icons";

/** The sign of each kind of room: the same wherever one is drawn. */
export const kindIcon = {
  direct: IconPerson,
  private: IconLock,
  open: IconGuest,
  unencrypted: IconUnlock,
  public: IconGlobe,
  space: IconPeople,
} as const satisfies Record<RoomKind, unknown>;

/** Its colour; never alone. */
export const kindTone: Record<RoomKind, ChipTone> = {
  direct: "safe",
  private: "safe",
  open: "guest",
  unencrypted: "neutral",
  public: "open",
  space: "neutral",
};
