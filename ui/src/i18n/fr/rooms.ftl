rail = Compte et réglages
account-menu = Compte
account-of = Compte de { $name }

## The list

room-list = Salons
room-list-loading = Chargement des salons
room-list-empty = Aucun salon pour le moment. Le bouton + ci-dessus permet d’en créer un ou d’écrire à quelqu’un.
room-list-empty-guest = Aucun salon pour le moment. Les invitations que vous recevez apparaîtront ici.
room-list-none-found = Aucun salon ne correspond à « { $filter } ».
room-search = Filtrer les salons
room-search-placeholder = Rechercher
room-search-clear = Effacer la recherche
section-invitations = Invitations
section-favourites = Favoris
section-direct = Messages privés
section-rooms = Salons
section-low = Priorité basse
section-unread = { $count ->
    [one] 1 non lu
   *[other] { $count } non lus
}

## A row

room-kind-direct = Message privé
room-kind-private = Salon privé
room-kind-open = Salon privé ouvert aux externes
room-kind-unencrypted = Salon privé non chiffré
room-kind-public = Forum public
room-encrypted = chiffré
room-not-encrypted = non chiffré
room-invitation = Invitation
room-invited = Vous êtes invité
room-invited-by = Invitation de { $name }
room-accept = Accepter l’invitation : { $name }
room-draft = Brouillon
room-no-message = Aucun message
room-send-failed = Envoi échoué :
room-mentions = { $count ->
    [one] 1 mention
   *[other] { $count } mentions
}
room-unread = { $count ->
    [one] 1 message non lu
   *[other] { $count } messages non lus
}
room-marked-unread = Marqué comme non lu
room-muted = Notifications coupées
room-menu = Actions pour { $name }
room-mark-read = Marquer comme lu
room-mark-unread = Marquer comme non lu
room-favourite-on = Ajouter aux favoris
room-favourite-off = Retirer des favoris
room-low-on = Mettre en priorité basse
room-low-off = Retirer de la priorité basse
time-yesterday = hier

## Previews

preview-you = Vous
preview-from = { $who } : { $words }
preview-image = Photo
preview-video = Vidéo
preview-audio = Message audio
preview-sticker = Autocollant
preview-poll = Sondage : { $question }
preview-location = Position
preview-redacted = Message supprimé
preview-undecryptable = Message pas encore déchiffré
preview-call = Appel
preview-other = Activité dans le salon
preview-membership-joined = { $name } a rejoint le salon
preview-membership-left = { $name } a quitté le salon
preview-membership-invited = { $name } a été invité
preview-membership-invitationAccepted = { $name } a rejoint le salon
preview-membership-invitationRejected = { $name } a décliné l’invitation
preview-membership-invitationRevoked = L’invitation de { $name } a été retirée
preview-membership-removed = { $name } a été retiré du salon
preview-membership-banned = { $name } a été banni
preview-membership-unbanned = { $name } n’est plus banni
preview-membership-knocked = { $name } demande à entrer
preview-membership-knockAccepted = { $name } peut entrer
preview-membership-knockDenied = La demande de { $name } a été refusée
preview-membership-knockRetracted = { $name } ne demande plus à entrer
preview-membership-other = { $name } : changement dans le salon

## Foot and banner

sync-connecting = Connexion…
sync-online = En ligne
sync-offline = Hors ligne
sync-failed = Erreur
history-progress = Anciens messages
history-progress-value = { $done } / { $total }
offline-since = Hors ligne depuis { $since }.
offline-what-works = Vous pouvez lire et écrire : vos messages partiront au retour du réseau.

## Switcher

switcher-open = Aller à un salon ou une personne
switcher-placeholder = Salon ou personne
switcher-results = Résultats
switcher-recent = Récents
switcher-rooms = Salons
switcher-people = Personnes
switcher-nothing = Rien ne correspond à « { $typed } ».
switcher-direct-failed = Le message privé n’a pas pu être ouvert.

## No room open

no-room-title = Choisissez un salon
no-rooms-title = Aucun salon pour le moment
no-rooms-lead = Créez un salon ou écrivez à quelqu’un avec le bouton + au-dessus de la liste. Les invitations que vous recevez y apparaissent aussi.
no-rooms-lead-guest = Vous êtes externe : les salons où l’on vous invite apparaîtront dans la liste.
no-room-lead = Vos messages sont chiffrés de bout en bout : seules les personnes du salon peuvent les lire.
