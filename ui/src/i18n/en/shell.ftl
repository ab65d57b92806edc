## Said by the shell itself, outside the page

recovery-file-name = pli-recovery-code.txt
room-keys-file-name = pli-message-keys.txt
browser-done = Done. You can close this page and go back to Pli.
browser-refused = This page does not come from a sign-in under way in Pli. Close it.
