## Said by the shell itself, outside the page

recovery-file-name = code-de-recuperation-pli.txt
room-keys-file-name = cles-de-messages-pli.txt
