settings-open = Réglages
settings-title = Réglages
settings-not-saved = Le réglage n’a pas pu être enregistré.
settings-managed = Géré par votre organisation

settings-appearance = Apparence
settings-theme = Couleurs
settings-theme-system = Comme le système
settings-theme-light = Clair
settings-theme-dark = Sombre
settings-language = Langue
settings-language-system = Comme le système
settings-language-fr = Français
settings-language-en = English
settings-density = Densité
settings-density-normal = Normale
settings-density-compact = Compacte
settings-zoom = Taille de l’affichage
settings-zoom-value = { $zoom } %

settings-writing = Écriture et lecture
settings-enter = Touche Entrée
settings-enter-sends = Envoie le message
settings-enter-sends-hint = Maj + Entrée passe à la ligne.
settings-enter-breaks = Passe à la ligne
settings-enter-breaks-hint = Maj + Entrée envoie le message.
settings-receipts = Accusés de lecture
settings-receipts-hint = Les autres voient jusqu’où vous avez lu.
settings-typing = Indicateur d’écriture
settings-typing-hint = Les autres voient que vous êtes en train d’écrire.

settings-notifications = Notifications
settings-notification-content = Ce que montre une notification
settings-notification-full = L’auteur et le message
settings-notification-full-hint = Le texte peut apparaître sur un écran partagé.
settings-notification-sender = L’auteur seulement
settings-notification-sender-hint = Le nom de la personne et du salon, sans le texte.
settings-notification-nothing = Rien d’autre que « Nouveau message »
settings-notification-nothing-hint = Ni nom, ni texte.
settings-notification-rooms = Chaque salon peut être coupé ou limité aux mentions depuis ses propres réglages.

settings-encryption = Chiffrement
key-file-export = Copier les clés de vos messages dans un fichier
key-file-export-hint = À garder en lieu sûr, ou pour les lire dans une autre application. Votre code de récupération suffit pour passer à un autre poste.
key-file-new-passphrase = Phrase secrète du fichier
key-file-passphrase-hint = Au moins { $shortest } caractères. Qui a le fichier et la phrase peut lire vos messages.
key-file-export-submit = Enregistrer le fichier…
key-file-exporting = Écriture des clés
key-file-exported = { $count ->
    [0] Aucune clé à écrire : le fichier est vide.
    [one] 1 clé écrite.
   *[other] { NUMBER($count) } clés écrites.
}
key-file-exported-hint = Gardez ce fichier et sa phrase à deux endroits différents.
key-file-export-failed = Les clés n’ont pas pu être écrites.
key-file-import = Lire les clés d’un fichier
key-file-import-hint = Les messages que ces clés ouvrent deviennent lisibles sur ce poste.
key-file-choose = Choisir un fichier…
key-file-passphrase = Phrase secrète de ce fichier
key-file-passphrase-wrong = Ou le fichier est abîmé.
key-file-import-submit = Lire les clés
key-file-importing = Lecture des clés
key-file-imported = { $count ->
    [0] Le fichier ne contient aucune clé.
    [one] 1 clé lue.
   *[other] { NUMBER($count) } clés lues.
}
key-file-imported-new = { $count ->
    [0] Ce poste les avait déjà.
    [one] 1 était nouvelle pour ce poste.
   *[other] { NUMBER($count) } étaient nouvelles pour ce poste.
}
key-file-import-failed = Les clés n’ont pas pu être lues.
key-file-progress = { NUMBER($done) } / { NUMBER($total) }
key-file-preparing = Préparation…

settings-account = Compte
settings-server = Messagerie
settings-device = Appareil

settings-rules = Règles en vigueur
rules-lead = Ce que votre organisation décide pour Pli sur ce poste, lu à son démarrage.
rules-refused = Des règles n’ont pas été lues
rules-unknown = Des clés sont inconnues
rules-yes = oui
rules-no = non
rules-none = aucune valeur

settings-about = À propos
about-lead = Pli, la messagerie chiffrée des agents de l’État.
about-version = Version
about-support = Assistance
about-system = Système
about-os-linux = Linux
about-os-windows = Windows
about-os-macos = macOS
about-profile = Profil
about-licence = Logiciel libre, sous licence publique de l’Union européenne (EUPL-1.2).

## Sign-out

sign-out-open = Se déconnecter
sign-out-title = Se déconnecter de ce poste ?
sign-out-lead = Le compte de { $name } sera retiré de ce poste.
sign-out-erased = Vos messages, fichiers et brouillons seront effacés de ce poste.
sign-out-code = Pour les relire ensuite, il faudra votre code de récupération. Vérifiez que vous l’avez.
sign-out-unsent = Un message pas encore envoyé sera perdu.
sign-out-confirm = Effacer et se déconnecter
sign-out-failed = La déconnexion n’a pas abouti.
