import { toastError } from "../errors/wordError";
import { useText } from "../i18n/text";
import { asIpcError } from "../ipc/backend";
import type { Settings } from "../ipc/bindings";
import { changeSettings } from "../stores/settings";

/** Saves a change; says when it could not be. */
export function useChange(): (change: Partial<Settings>) => void {
  const text = useText();
  return (change) => {
    changeSettings(change).catch((thrown: unknown) => toastError(text, asIpcError(thrown), text("settings-not-saved")));
  };
}
