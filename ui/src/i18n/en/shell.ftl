## Said by the shell itself, outside the page

recovery-file-name = pli-recovery-code.txt
room-keys-file-name = pli-message-keys.txt
