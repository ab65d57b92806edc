import { toastError } from "../errors/wordError";
import type { Text } from "../i18n/text";
import { asIpcError, call } from "../ipc/backend";
import type { MediaInfo } from "../ipc/bindings";
import { toast } from "../kit/Toasts";

/** The shell asks where, and writes. */
export async function saveMedia(text: Text, media: MediaInfo): Promise<void> {
  try {
    const { name } = await call("media_save", { id: media.id });
    toast({ tone: "safe", text: text("media-saved", { name }) });
  } catch (thrown) {
    toastError(text, asIpcError(thrown), text("media-save-failed"));
  }
}
