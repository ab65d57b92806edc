import { useText } from "../i18n/text";
import type { RoomKind } from "../ipc/bindings";
import { Chip } from "../kit/Chip";
import { IconGlobe, IconLock, IconPeople, IconPerson, IconUnlock } from "../kit/icons";

/** What sort of room it is and who can read it: sign, word and colour. */
export function KindChips({ kind, encrypted }: { kind: RoomKind; encrypted: boolean }) {
  const text = useText();
  if (encrypted && kind !== "public") {
    return (
      <Chip tone="safe" icon={<IconLock />}>
        {text(kind === "direct" ? "kind-direct-encrypted" : "kind-private-encrypted")}
      </Chip>
    );
  }
  const Icon = { public: IconGlobe, direct: IconPerson, private: IconPeople, space: IconPeople }[kind];
  return (
    <>
      <Chip tone={kind === "public" ? "open" : "neutral"} icon={<Icon />}>
        {text(`room-kind-${kind}`)}
      </Chip>
      <Chip tone={encrypted ? "safe" : "guest"} icon={encrypted ? <IconLock /> : <IconUnlock />}>
        {text(encrypted ? "kind-encrypted" : "kind-not-encrypted")}
      </Chip>
    </>
  );
}
