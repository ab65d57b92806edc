## The editor

composer-region = Écrire
composer-label-room = Message pour { $room }
composer-placeholder = Écrire un message…
composer-placeholder-encrypted = Écrire un message chiffré…
composer-placeholder-reply = Écrire une réponse…
composer-placeholder-edit = Modifier le message…
composer-send = Envoyer
composer-save = Enregistrer
composer-forbidden = Vous pouvez lire ce salon, mais pas y écrire.
composer-offline = Hors ligne : votre message partira au retour du réseau.
composer-too-long = Ce texte est trop long pour un seul message. Raccourcissez-le ou joignez-le dans un fichier.
composer-send-failed = Le message n’a pas pu être envoyé.
composer-edit-failed = Le message n’a pas pu être modifié.
composer-edit-gone = Ce message ne peut pas être modifié.

## Toolbar

composer-toolbar = Mise en forme
composer-more = Plus de mise en forme
composer-less = Moins de mise en forme
format-bold = Gras
format-italic = Italique
format-strike = Barré
format-code = Code
format-code-block = Bloc de code
format-list = Liste à puces
format-ordered-list = Liste numérotée
format-quote = Citation
format-link = Lien
link-title = Lien
link-words = Texte
link-address = Adresse
link-address-hint = Par exemple www.exemple.gouv.fr/note
link-address-error = Cette adresse n’est pas valable. Indiquez une adresse web ou une adresse électronique.
link-apply = Appliquer
link-remove = Retirer le lien

## Reply and edit

banner-reply = Réponse à { $name }
banner-reply-message = Réponse à un message
banner-edit = Modification du message
banner-reply-cancel = Ne plus répondre
banner-edit-cancel = Annuler la modification

## Completion

mention-list = Personnes à mentionner
mention-room = Tout le salon
mention-room-detail = prévient tous les membres
mention-count = { $count ->
    [0] Aucune personne
    [one] 1 personne proposée
   *[other] { $count } personnes proposées
}

## Emojis

emoji-button = Insérer un émoji
emoji-search = Chercher un émoji
emoji-search-placeholder = Chercher : sourire, merci, drapeau…
emoji-list = Émojis
emoji-none = Aucun émoji pour « { $typed } ».
emoji-count = { $count ->
    [0] Aucun émoji
    [one] 1 émoji trouvé
   *[other] { $count } émojis trouvés
}
emoji-group-recent = Récents
emoji-group-found = Résultats
emoji-group-0 = Visages et émotions
emoji-group-1 = Personnes et gestes
emoji-group-3 = Animaux et nature
emoji-group-4 = Nourriture et boissons
emoji-group-5 = Voyages et lieux
emoji-group-6 = Activités
emoji-group-7 = Objets
emoji-group-8 = Symboles
emoji-group-9 = Drapeaux
emoji-tone = Couleur de peau
emoji-tone-0 = Par défaut
emoji-tone-1 = Peau claire
emoji-tone-2 = Peau moyennement claire
emoji-tone-3 = Peau moyenne
emoji-tone-4 = Peau moyennement foncée
emoji-tone-5 = Peau foncée

## Attachments

attach = Joindre des fichiers
attach-failed = Le fichier n’a pas pu être joint.
attach-send-failed = « { $name } » n’a pas pu être envoyé.
tray = Fichiers à envoyer
tray-caption = Légende de { $name }
tray-caption-placeholder = Légende
tray-remove = Retirer { $name }
tray-too-large = Trop volumineux
tray-too-large-limit = Dépasse la limite de { $limit }
tray-blocked = Type de fichier interdit par votre organisation
tray-remove-first = Retirez les fichiers refusés pour pouvoir envoyer.
drop-title = Déposez pour joindre
drop-room = Rien n’est envoyé à « { $room } » avant votre accord.

## Keys

key-message-send = Envoyer, ou aller à la ligne selon vos réglages
key-message-break = Aller à la ligne, ou envoyer selon vos réglages
key-message-send-always = Envoyer dans tous les cas
key-message-edit-last = Modifier votre dernier message (écriture vide)
key-message-reply-last = Répondre au dernier message
key-composer-leave = Quitter la réponse ou la modification
key-format-bold = Gras
key-format-italic = Italique
key-format-code = Code
key-attach = Joindre des fichiers

## Who came in

newcomers = { $count ->
    [one] Une nouvelle personne dans ce salon : { $names }.
   *[other] { $count } nouvelles personnes dans ce salon : { $names }.
}
newcomers-more = { $count ->
    [one] 1 autre
   *[other] { $count } autres
}
newcomers-read = { $count ->
    [one] Elle lira la suite.
   *[other] Elles liront la suite.
}
newcomers-seen = J’ai vu

## Guests

guests-read = { $count ->
    [one] Un externe lira ce message :
   *[other] { $count } externes liront ce message :
}
guests-more = { $count ->
    [one] 1 autre
   *[other] { $count } autres
}
guest-files-title = { $count ->
    [one] Un externe recevra ces fichiers
   *[other] { $count } externes recevront ces fichiers
}
guest-files-lead = Des personnes extérieures à l’État sont dans ce salon : { $names }.
guest-files-once = Si vous acceptez, la question ne sera plus posée pour ce salon sur cet appareil.
guest-files-confirm = Envoyer
