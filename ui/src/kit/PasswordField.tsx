import { useState } from "react";
import { ToggleButton } from "react-aria-components";

import { IconEye, IconEyeOff } from "./icons";
import styles from "./PasswordField.module.css";
import { TextField, type TextFieldProps } from "./TextField";

/** `showLabel` names the button that shows what is typed. */
export function PasswordField({ showLabel, ...rest }: TextFieldProps & { showLabel: string }) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...rest}
      type={shown ? "text" : "password"}
      spellCheck="false"
      after={
        <ToggleButton aria-label={showLabel} isSelected={shown} onChange={setShown} className={styles.eye ?? ""}>
          {shown ? <IconEyeOff /> : <IconEye />}
        </ToggleButton>
      }
    />
  );
}
