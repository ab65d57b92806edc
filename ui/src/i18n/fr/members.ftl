## Looking for people

people-placeholder = Nom ou adresse complète
people-results = Personnes trouvées
people-hint = Tapez un nom, ou une adresse complète comme @prenom.nom:ministere.example.
people-none = Personne ne correspond à « { $typed } ». Une adresse complète (@prenom.nom:ministere.example) permet d’inviter quelqu’un d’un autre ministère.
people-searching = Recherche en cours
people-failed = L’annuaire n’a pas répondu.
people-self = C’est vous
people-chosen = Déjà choisi
people-chips = Personnes choisies
people-remove = Retirer
people-failed-chip = Échec
people-joined = Déjà membre
people-invited = Déjà invité
people-banned = Banni du salon

## The list of a room

members-filter = Filtrer les membres
members-loading = Chargement des membres
members-failed = La liste des membres n’a pas pu être chargée.
members-export = Exporter la liste
members-exported = Liste enregistrée : { $name }
members-export-failed = La liste n’a pas pu être exportée.
members-none = Aucun membre ne correspond à « { $filter } ».
members-section-joined = Membres · { $count }
members-section-invited = Invités · { $count }
members-section-banned = Bannis · { $count }
room-guests = { $count ->
    [one] 1 externe
   *[other] { $count } externes
}
member-guest = Externe
member-own = Vous
member-ignored = Ignoré
member-role-creator = A créé le salon
member-role-administrator = Administration
member-role-moderator = Modération
member-menu = Actions pour { $name }
member-write = Écrire en privé
member-copy-id = Copier l’adresse
member-id-copied = Adresse copiée.
member-id-not-copied = L’adresse n’a pas pu être copiée.
member-reason = Motif (facultatif)
member-reason-hint = La personne et les membres du salon le verront.

## Roles

member-role = Changer le rôle
member-role-title = Rôle de { $name }
member-role-title-own = Votre rôle dans le salon
member-role-choose = Rôle
member-role-confirm = Changer le rôle
member-role-confirm-anyway = Changer quand même
member-role-done = { $name } : rôle « { $role } ».
member-role-failed = Le rôle n’a pas pu être changé.
member-role-warning-equal = { $name } aura autant de droits que vous : vous ne pourrez plus revenir en arrière.
member-role-warning-self = Vous perdrez des droits, et seule une autre personne qui administre le salon pourra vous les rendre.
member-role-warning-lastAdministrator = Vous êtes la dernière personne qui administre ce salon. Après ce changement, plus personne ne pourra le faire.
role-user = Membre
role-user-hint = Lit et écrit.
role-moderator = Modération
role-moderator-hint = Peut aussi supprimer des messages et retirer des personnes.
role-administrator = Administration
role-administrator-hint = Peut tout changer, y compris les rôles.

## Acts

member-remove = Retirer du salon
member-remove-title = Retirer { $name } du salon ?
member-remove-lead = Cette personne ne recevra plus les messages. Elle pourra revenir si on l’invite.
member-remove-confirm = Retirer
member-remove-done = { $name } a été retiré du salon.
member-remove-failed = Cette personne n’a pas pu être retirée.
member-uninvite = Annuler l’invitation
member-uninvite-title = Annuler l’invitation de { $name } ?
member-uninvite-lead = Cette personne ne pourra plus entrer dans le salon, sauf nouvelle invitation.
member-uninvite-confirm = Annuler l’invitation
member-uninvite-done = L’invitation de { $name } est annulée.
member-uninvite-failed = L’invitation n’a pas pu être annulée.
member-ban = Bannir du salon
member-ban-title = Bannir { $name } du salon ?
member-ban-lead = Cette personne sera retirée et ne pourra plus être invitée, jusqu’à ce que le bannissement soit levé.
member-ban-confirm = Bannir
member-ban-done = { $name } est banni du salon.
member-ban-failed = Cette personne n’a pas pu être bannie.
member-unban = Lever le bannissement
member-unban-title = Lever le bannissement de { $name } ?
member-unban-lead = Cette personne pourra de nouveau être invitée. Elle ne revient pas d’elle-même.
member-unban-confirm = Lever le bannissement
member-unban-done = { $name } n’est plus banni.
member-unban-failed = Le bannissement n’a pas pu être levé.
member-ignore = Ignorer cette personne
member-ignore-title = Ignorer { $name } ?
member-ignore-lead = Vous ne verrez plus ses messages ni ses invitations, dans aucun salon. Cette personne n’en saura rien.
member-ignore-confirm = Ignorer
member-ignore-done = { $name } est ignoré.
member-ignore-failed = Cette personne n’a pas pu être ignorée.
member-unignore = Ne plus ignorer
member-unignore-title = Ne plus ignorer { $name } ?
member-unignore-lead = Ses messages et ses invitations s’afficheront de nouveau.
member-unignore-confirm = Ne plus ignorer
member-unignore-done = { $name } n’est plus ignoré.
member-unignore-failed = Ce changement n’a pas pu être enregistré.
