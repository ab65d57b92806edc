## Said by the shell itself, outside the page

recovery-file-name = code-de-recuperation-pli.txt
room-keys-file-name = cles-de-messages-pli.txt
browser-done = C’est fait. Vous pouvez fermer cette page et revenir dans Pli.
browser-refused = Cette page ne vient pas d’une connexion en cours dans Pli. Fermez-la.

## The member list as a table

members-file-name = membres-du-salon.csv
members-file-separator = ;
members-file-name-head = Nom
members-file-address = Adresse
members-file-server = Messagerie
members-file-role = Rôle
members-file-role-creator = Création
members-file-role-administrator = Administration
members-file-role-moderator = Modération
members-file-role-user = Membre
members-file-state = Présence
members-file-state-joined = Dans le salon
members-file-state-invited = Invité
members-file-state-banned = Banni
members-file-guest = Externe
members-file-guest-yes = oui
