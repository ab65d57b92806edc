import { Label, Radio, RadioGroup } from "react-aria-components";

import { useText } from "../../i18n/text";
import { useStore } from "../../stores/store";
import { skinTone } from "./emojis";
import styles from "./EmojiPicker.module.css";

const hands = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"];

/** In which tone hands and people are picked. */
export function SkinTones() {
  const text = useText();
  const tone = useStore(skinTone);
  return (
    <RadioGroup
      orientation="horizontal"
      value={String(tone)}
      onChange={(value) => skinTone.set(Number(value))}
      className={styles.tones ?? ""}
    >
      <Label className="visually-hidden">{text("emoji-tone")}</Label>
      {hands.map((hand, i) => (
        <Radio key={hand} value={String(i)} aria-label={text(`emoji-tone-${i}`)} className={styles.tone ?? ""}>
          {hand}
        </Radio>
      ))}
    </RadioGroup>
  );
}
