## Said by the shell itself, outside the page

recovery-file-name = code-de-recuperation-pli.txt
room-keys-file-name = cles-de-messages-pli.txt
browser-done = C’est fait. Vous pouvez fermer cette page et revenir dans Pli.
browser-refused = Cette page ne vient pas d’une connexion en cours dans Pli. Fermez-la.
