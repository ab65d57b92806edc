import { useText } from "../i18n/text";
import type { RoomKind } from "../ipc/bindings";
import { Chip } from "../kit/Chip";
import { IconLock, IconUnlock } from "../kit/icons";
import { kindIcon, kindTone } from "../rooms/kinds";

/** What sort of room it is and who can read it: sign, word and colour. */
export function KindChips({ kind, encrypted }: { kind: RoomKind; encrypted: boolean }) {
  const text = useText();
  if (encrypted && (kind === "private" || kind === "direct")) {
    return (
      <Chip tone="safe" icon={<IconLock />}>
        {text(kind === "direct" ? "kind-direct-encrypted" : "kind-private-encrypted")}
      </Chip>
    );
  }
  const Icon = kindIcon[kind];
  return (
    <>
      <Chip tone={kindTone[kind] === "safe" ? "neutral" : kindTone[kind]} icon={<Icon />}>
        {text(kind === "open" ? "kind-open" : `room-kind-${kind}`)}
      </Chip>
      {kind === "unencrypted" ? null : (
        <Chip tone={encrypted ? "safe" : "guest"} icon={encrypted ? <IconLock /> : <IconUnlock />}>
          {text(encrypted ? "kind-encrypted" : "kind-not-encrypted")}
        </Chip>
      )}
    </>
  );
}
