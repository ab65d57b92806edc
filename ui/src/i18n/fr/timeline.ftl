## The list

timeline-loading = Chargement des messages
timeline-older-loading = Chargement des messages plus anciens…
timeline-older-failed = Les messages plus anciens n’ont pas pu être chargés.
timeline-open-failed = Les messages de ce salon n’ont pas pu être ouverts.
timeline-focus-failed = Ce message n’a pas pu être retrouvé.
timeline-to-latest = Aller aux derniers messages
timeline-gap = Vous lisez d’anciens messages.
timeline-start-direct = Début de vos messages privés avec { $name }
timeline-start-room = Début du salon { $name }
timeline-start-lead = Il n’y a rien de plus ancien.
timeline-start-encrypted = Les messages sont chiffrés de bout en bout : seules les personnes du salon peuvent les lire.
timeline-empty = Aucun message pour le moment.
timeline-new = Nouveaux messages
timeline-today = Aujourd’hui
timeline-yesterday = Hier
timeline-to-unread = { $count ->
    [0] Aller au premier message non lu
    [one] 1 message non lu
   *[other] { $count } messages non lus
}
timeline-to-unread-label = Aller au premier message non lu
timeline-mark-read = Marquer comme lu
timeline-mark-read-failed = Le salon n’a pas pu être marqué comme lu.
timeline-down-count = { $count ->
    [0] Aller au dernier message
    [one] 1 nouveau message
   *[other] { $count } nouveaux messages
}
timeline-row-failed = Ce message ne peut pas être affiché.
timeline-typing = { $count ->
    [one] { $first } écrit…
    [2] { $first } et { $second } écrivent…
    [3] { $first }, { $second } et { $third } écrivent…
   *[other] Plusieurs personnes écrivent…
}
timeline-announce = { $name } : { $words }
timeline-announce-many = { $count ->
    [one] 1 nouveau message
   *[other] { $count } nouveaux messages
} de { $names }

## A row

message-of = { $name }, { $time }
message-you = Vous
message-edited = modifié
message-edited-label = Ce message a été modifié
message-mentions-you = Vous mentionne
message-in-thread = Dans un fil de discussion
message-sent = Envoyé
message-sending = Envoi…
message-upload = Envoi du fichier
message-upload-value = { $current } sur { $total }
message-failed = Non envoyé
message-retry = Réessayer
message-delete = Supprimer
message-cancel = Annuler l’envoi
message-read-by = Lu par { $names }
message-read-by-more = Lu par { $names } et { $count ->
    [one] 1 autre personne
   *[other] { $count } autres personnes
}
message-redacted = Message supprimé
message-redacted-by = Message supprimé par { $name }
message-emote = * { $name }
message-notice = Message automatique
message-unsupported = Cette version de Pli ne sait pas afficher ce message.
message-call = Appel
message-call-missed = Appel manqué
message-call-hint = Pli ne passe pas encore d’appels.

warning-sentInClear = Reçu sans chiffrement dans un salon chiffré
warning-unsignedDevice = Envoyé depuis un appareil que son propriétaire n’a pas vérifié
warning-identityChanged = L’identité de cette personne a changé depuis sa vérification
warning-authenticityUnknown = Auteur non vérifiable : message retrouvé dans votre sauvegarde

undecryptable-waiting = En attente de la clé de ce message…
undecryptable-beforeThisDevice = Envoyé avant l’ajout de cet appareil.
undecryptable-beforeJoining = Envoyé avant votre arrivée dans le salon.
undecryptable-withheld = L’expéditeur n’a pas transmis la clé à cet appareil.
undecryptable-untrusted = Masqué : l’appareil de l’expéditeur n’est pas vérifié.
undecryptable-backupLocked = La sauvegarde des messages est verrouillée sur cet appareil.
undecryptable-malformed = Ce message est abîmé et ne peut pas être déchiffré.
undecryptable-notShared = Sa clé n’a pas été transmise à cet appareil.
undecryptable-withheldUnverified = L’expéditeur n’écrit qu’à des appareils vérifiés, et celui-ci ne l’est pas.
undecryptable-backupIncomplete = Envoyé avant l’ajout de cet appareil ; sa clé n’est pas dans votre sauvegarde.
undecryptable-ask = Demander qu’on le renvoie
undecryptable-file = Lire un fichier de clés…
undecryptable-code = Taper le code de récupération…

reply-to = En réponse à { $sender } : { $words }
reply-jump = Aller au message d’origine
reply-loading = Message d’origine…
reply-unavailable = Message d’origine introuvable
reply-retry = Chercher à nouveau le message d’origine

reaction-label = { $key }, { $count ->
    [one] 1 personne
   *[other] { $count } personnes
} : { $names }
reaction-others = et { $count ->
    [one] 1 autre
   *[other] { $count } autres
}

link-opens = Ouvre { $host }
link-failed = Le lien n’a pas pu être ouvert.
spoiler = Texte masqué : afficher
spoiler-of = Texte masqué ({ $reason }) : afficher

## Media

media-image = Image { $name }
media-image-open = Agrandir l’image { $name }
media-image-failed = L’image n’a pas pu être chargée.
media-play = Lire { $name }
media-loading = Chargement de { $name }
media-play-failed = La lecture n’a pas fonctionné. Enregistrez le fichier pour l’ouvrir autrement.
media-too-large = Trop lourd pour être lu ici : enregistrez le fichier.
media-voice = Message vocal
media-save = Enregistrer
media-save-label = Enregistrer { $name }
media-saved = « { $name } » est enregistré.
media-save-failed = Le fichier n’a pas pu être enregistré.
media-sticker = Autocollant : { $name }
viewer-fit = Ajuster à la fenêtre
viewer-actual = Taille réelle
viewer-zoom-in = Agrandir
viewer-zoom-out = Réduire
viewer-zoom = { $zoom } %
size-bytes = { $value } octets
size-kilobytes = { $value } Ko
size-megabytes = { $value } Mo
size-gigabytes = { $value } Go
location-copy = Copier les coordonnées
location = Position
poll-open = Sondage en cours
poll-ended = Sondage terminé
poll-hidden = Les résultats seront visibles à la fin du sondage.
poll-votes = { $count ->
    [one] 1 voix
   *[other] { $count } voix
}
poll-own = Votre choix

## Actions

action-tools = Actions sur le message
action-menu = Actions sur le message de { $name }
action-react = Réagir
action-react-with = Réagir avec { $key }
action-react-choose = Choisir une réaction
action-react-others = Autres réactions
action-reply = Répondre
action-edit = Modifier
action-copy = Copier le texte
action-copied = Le texte est copié.
action-copy-failed = Le texte n’a pas pu être copié.
action-save = Enregistrer le fichier
action-redact = Supprimer…
action-report = Signaler…
action-more = Autres actions
action-react-failed = La réaction n’a pas pu être envoyée.
action-retry-failed = Le message n’a pas pu être renvoyé.
action-cancel-failed = L’envoi n’a pas pu être annulé.
redact-title = Supprimer ce message ?
redact-lead = Il disparaîtra pour toutes les personnes du salon. C’est définitif.
redact-reason = Motif
redact-reason-hint = Facultatif, visible dans le salon.
redact-confirm = Supprimer
redact-failed = Le message n’a pas pu être supprimé.
report-title = Signaler ce message
report-lead = Le message et votre explication seront transmis à l’équipe qui administre la messagerie.
report-reason = Que se passe-t-il ?
report-reason-missing = Expliquez en quelques mots ce qui ne va pas.
report-confirm = Signaler
report-done = Le message a été signalé.
report-failed = Le message n’a pas pu être signalé.

## Changes of the room

changes-joined = { $count ->
    [one] 1 arrivée
   *[other] { $count } arrivées
}
changes-left = { $count ->
    [one] 1 départ
   *[other] { $count } départs
}
changes-invited = { $count ->
    [one] 1 invitation
   *[other] { $count } invitations
}
changes-profile = { $count ->
    [one] 1 changement de profil
   *[other] { $count } changements de profil
}
changes-other = { $count ->
    [one] 1 changement dans le salon
   *[other] { $count } changements dans le salon
}
change-reason = { $words } (motif : { $reason })
change-membership-joined = { $own ->
    [yes] Vous avez rejoint le salon
   *[no] { $target } a rejoint le salon
}
change-membership-left = { $own ->
    [yes] Vous avez quitté le salon
   *[no] { $target } a quitté le salon
}
change-membership-invited = { $own ->
    [yes] Vous avez invité { $target }
   *[no] { $sender } a invité { $target }
}
change-membership-invitationAccepted = { $own ->
    [yes] Vous avez accepté l’invitation
   *[no] { $target } a accepté l’invitation
}
change-membership-invitationRejected = { $own ->
    [yes] Vous avez décliné l’invitation
   *[no] { $target } a décliné l’invitation
}
change-membership-invitationRevoked = { $own ->
    [yes] Vous avez annulé l’invitation de { $target }
   *[no] { $sender } a annulé l’invitation de { $target }
}
change-membership-removed = { $own ->
    [yes] Vous avez retiré { $target } du salon
   *[no] { $sender } a retiré { $target } du salon
}
change-membership-banned = { $own ->
    [yes] Vous avez banni { $target }
   *[no] { $sender } a banni { $target }
}
change-membership-unbanned = { $own ->
    [yes] Vous avez levé le bannissement de { $target }
   *[no] { $sender } a levé le bannissement de { $target }
}
change-membership-knocked = { $own ->
    [yes] Vous avez demandé à entrer
   *[no] { $target } demande à entrer
}
change-membership-knockAccepted = { $own ->
    [yes] Vous avez accepté la demande de { $target }
   *[no] { $sender } a accepté la demande de { $target }
}
change-membership-knockDenied = { $own ->
    [yes] Vous avez refusé la demande de { $target }
   *[no] { $sender } a refusé la demande de { $target }
}
change-membership-knockRetracted = { $own ->
    [yes] Vous ne demandez plus à entrer
   *[no] { $target } ne demande plus à entrer
}
change-membership-other = { $target } : changement dans la participation
change-profile-name = { $own ->
    [yes] Vous vous appelez désormais { $name }
   *[no] { $target } s’appelle désormais { $name }
}
change-profile-name-avatar = { $own ->
    [yes] Vous vous appelez désormais { $name }, avec une nouvelle photo
   *[no] { $target } s’appelle désormais { $name }, avec une nouvelle photo
}
change-profile-name-removed = { $own ->
    [yes] Vous avez retiré votre nom
   *[no] { $target } a retiré son nom
}
change-profile-avatar = { $own ->
    [yes] Vous avez changé de photo
   *[no] { $target } a changé de photo
}
change-profile = { $own ->
    [yes] Vous avez modifié votre profil
   *[no] { $target } a modifié son profil
}
change-roomCreated = { $own ->
    [yes] Vous avez créé le salon
   *[no] { $sender } a créé le salon
}
change-room-name = { $own ->
    [yes] Vous avez renommé le salon en « { $name } »
   *[no] { $sender } a renommé le salon en « { $name } »
}
change-room-name-removed = { $own ->
    [yes] Vous avez retiré le nom du salon
   *[no] { $sender } a retiré le nom du salon
}
change-room-topic = { $own ->
    [yes] Vous avez changé le sujet : { $topic }
   *[no] { $sender } a changé le sujet : { $topic }
}
change-room-topic-removed = { $own ->
    [yes] Vous avez retiré le sujet du salon
   *[no] { $sender } a retiré le sujet du salon
}
change-roomAvatar = { $own ->
    [yes] Vous avez changé l’image du salon
   *[no] { $sender } a changé l’image du salon
}
change-roomEncryption = { $own ->
    [yes] Vous avez activé le chiffrement de bout en bout
   *[no] { $sender } a activé le chiffrement de bout en bout
}
change-join-public = { $own ->
    [yes] Vous avez ouvert le salon à tous
   *[no] { $sender } a ouvert le salon à tous
}
change-join-invite = { $own ->
    [yes] Vous avez réservé le salon aux personnes invitées
   *[no] { $sender } a réservé le salon aux personnes invitées
}
change-history-invited = { $own ->
    [yes] Vous avez rendu l’historique visible à partir de l’invitation
   *[no] { $sender } a rendu l’historique visible à partir de l’invitation
}
change-history-joined = { $own ->
    [yes] Vous avez rendu l’historique visible à partir de l’arrivée
   *[no] { $sender } a rendu l’historique visible à partir de l’arrivée
}
change-history-shared = { $own ->
    [yes] Vous avez rendu tout l’historique visible aux membres
   *[no] { $sender } a rendu tout l’historique visible aux membres
}
change-history-worldReadable = { $own ->
    [yes] Vous avez rendu l’historique visible à tous
   *[no] { $sender } a rendu l’historique visible à tous
}
change-powerLevels = { $own ->
    [yes] Vous avez modifié les droits dans le salon
   *[no] { $sender } a modifié les droits dans le salon
}
change-pinnedEvents = { $own ->
    [yes] Vous avez modifié les messages épinglés
   *[no] { $sender } a modifié les messages épinglés
}
change-upgraded = { $own ->
    [yes] Vous avez remplacé ce salon par un nouveau
   *[no] { $sender } a remplacé ce salon par un nouveau
}
change-other = { $own ->
    [yes] Vous avez modifié un réglage du salon
   *[no] { $sender } a modifié un réglage du salon
}
