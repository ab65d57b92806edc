import { forgetTrays } from "./attachments/trays";
import { forgetUnsaved } from "./drafts";
import { recentEmojis } from "./emoji/emojis";
import { forgetSetAside } from "./session";

/** Nothing of one account stays for the next; the shell lets go of the files itself. */
export function resetComposer(): void {
  forgetTrays();
  forgetUnsaved();
  forgetSetAside();
  recentEmojis.set([]);
}
