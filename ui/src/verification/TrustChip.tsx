import { useText } from "../i18n/text";
import type { PersonTrust } from "../ipc/bindings";
import { Chip } from "../kit/Chip";
import { IconPerson, IconShieldCheck, IconWarning } from "../kit/icons";

/** Only a change alarms. */
export function TrustChip({ trust }: { trust: PersonTrust }) {
  const text = useText();
  const words = text(`identity-${trust}`);
  switch (trust) {
    case "verified":
      return (
        <Chip tone="safe" icon={<IconShieldCheck />}>
          {words}
        </Chip>
      );
    case "changed":
      return (
        <Chip tone="alarm" icon={<IconWarning />}>
          {words}
        </Chip>
      );
    default:
      return <Chip icon={<IconPerson />}>{words}</Chip>;
  }
}
