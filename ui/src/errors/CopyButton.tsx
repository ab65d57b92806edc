import { useState } from "react";
import { Button } from "react-aria-components";

import { useText } from "../i18n/text";
import styles from "./ErrorNotice.module.css";
import { copyText } from "./copyText";

/** A link-like button; says when it is done. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  return (
    <Button className={styles.copy ?? ""} onPress={() => void copyText(value).then(setCopied)}>
      <span aria-live="polite">{copied ? text("copied") : label}</span>
    </Button>
  );
}
