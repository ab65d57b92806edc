## Starting one

new-menu = Nouveau
new-direct = Nouveau message privé
new-room = Nouveau salon
new-direct-title = Nouveau message privé
new-direct-who = À qui écrire ?
new-direct-opening = Ouverture…
new-direct-failed = Le message privé n’a pas pu être ouvert.
new-room-title = Nouveau salon
new-room-name = Nom du salon
new-room-name-missing = Donnez un nom au salon, par exemple « Préparation du séminaire ».
new-room-topic = Sujet (facultatif)
new-room-topic-hint = À quoi sert le salon, en une phrase. Le nom et le sujet ne sont pas chiffrés.
new-room-people = Personnes à inviter (facultatif)
new-room-kind = Type de salon
new-room-kind-private = Sur invitation, entre agents. Les messages sont chiffrés de bout en bout.
new-room-kind-open = Sur invitation, et des externes peuvent être invités. Les messages sont chiffrés de bout en bout.
new-room-kind-unencrypted = Sur invitation. La messagerie peut lire les messages : n’y mettez rien de confidentiel.
new-room-kind-public = Tout agent peut le trouver, y entrer et tout lire. Les messages ne sont pas chiffrés.
new-room-create = Créer le salon
new-room-failed = Le salon n’a pas pu être créé.

## Head of a room

kind-private-encrypted = Salon privé sécurisé
kind-open = Ouvert aux externes
kind-direct-encrypted = Message privé chiffré
kind-encrypted = Chiffré
kind-not-encrypted = Non chiffré
room-kind-space = Espace
room-back-to-list = Retour à la liste des salons
room-topic = Sujet
room-topic-is = Sujet : { $topic }
room-members-count = { $count ->
    [one] 1 membre
   *[other] { $count } membres
}
room-more = Autres actions
room-invite-open = Inviter des personnes
room-settings-open = Réglages du salon
room-about-open = À propos du salon
room-leave-open = Quitter le salon
room-notifications = Notifications
room-notifications-all = Tous les messages
room-notifications-all-hint = Chaque message vous est annoncé.
room-notifications-mentions = Mentions seulement
room-notifications-mentions-hint = Seulement quand on vous cite.
room-notifications-mute = Aucune
room-notifications-mute-hint = Le salon ne vous dérange jamais.
room-notifications-failed = Les notifications n’ont pas pu être changées.

## Panel

room-panel = Panneau du salon
room-panel-close = Fermer le panneau
room-members = Membres
room-settings = Réglages
room-about = À propos

## Settings of a room

room-identity = Nom, sujet et image
room-identity-refused = Seules les personnes qui administrent le salon peuvent changer tout cela.
room-name = Nom
room-name-failed = Le nom n’a pas pu être changé.
room-topic-none = Aucun sujet.
room-topic-failed = Le sujet n’a pas pu être changé.
room-avatar-pick = Changer l’image
room-avatar-failed = L’image n’a pas pu être changée.
room-for-me = Pour moi seulement
room-favourite = Favori
room-favourite-hint = En haut de votre liste.
room-low = Priorité basse
room-low-hint = Tout en bas de votre liste.

## About a room

about-encrypted = Chiffré de bout en bout
about-encrypted-lead = { $count ->
    [one] Vous seul pouvez lire les messages : la messagerie elle-même ne le peut pas.
   *[other] Seuls les { $count } membres peuvent lire les messages : la messagerie elle-même ne le peut pas.
}
about-not-encrypted = Non chiffré
about-not-encrypted-lead = La messagerie peut lire ce qui s’écrit ici. N’y mettez rien de confidentiel.
about-kind-private = On n’y entre que sur invitation.
about-kind-open = On n’y entre que sur invitation, et des externes peuvent être invités.
about-kind-unencrypted = On n’y entre que sur invitation.
about-kind-direct = Entre vous et une autre personne.
about-kind-public = Tout agent peut y entrer et lire.
about-kind-space = Réunit plusieurs salons.
about-devices = Appareils
about-devices-count = Ce que vous écrivez part vers { $devices ->
    [one] 1 appareil
   *[other] { $devices } appareils
} de { $people ->
    [one] 1 personne
   *[other] { $people } personnes
}.
about-devices-left-out = { $count ->
    [one] 1 appareil ne le reçoit pas, faute d’avoir été vérifié par son propriétaire.
   *[other] { $count } appareils ne le reçoivent pas, faute d’avoir été vérifiés par leurs propriétaires.
}
about-devices-verified = { $count ->
    [one] Vous avez vérifié l’identité d’une personne.
   *[other] Vous avez vérifié l’identité de { $count } personnes.
}
about-history = Messages passés
about-history-invited = Chaque membre voit les messages écrits depuis qu’on l’a invité.
about-history-joined = Chaque membre voit les messages écrits depuis son arrivée.
about-history-shared = Les membres voient tous les messages, même écrits avant leur arrivée.
about-history-worldReadable = Tout le monde peut lire les messages, même sans être membre.
about-server = Créé sur
about-id = Identifiant du salon
about-id-copy = Copier l’identifiant

## Inviting

invite-title = Inviter dans « { $name } »
invite-who = Qui inviter ?
invite-send = { $count ->
    [0] Inviter
    [one] Inviter 1 personne
   *[other] Inviter { $count } personnes
}
invite-sent = { $count ->
    [one] Invitation envoyée.
   *[other] { $count } invitations envoyées.
}
invite-progress = Envoi des invitations
invite-progress-value = { $done } / { $total }
invite-failed = { $count ->
    [one] Une personne n’a pas pu être invitée.
   *[other] { $count } personnes n’ont pas pu être invitées.
}
invite-unknown = Personne n’a cette adresse, ou son serveur ne répond pas. Vérifiez-la.
invite-history-invited = Les personnes invitées verront les messages écrits à partir de maintenant.
invite-history-joined = Les personnes invitées verront les messages écrits après leur arrivée.
invite-history-shared = Les personnes invitées pourront aussi voir d’anciens messages du salon.
invite-history-worldReadable = Tout le monde peut déjà lire ce salon.

## Inviting many

invite-many-open = Coller une liste d’adresses…
invite-many-addresses = Adresses à inviter
invite-many-hint = Des adresses complètes (@prenom.nom:ministere.example), une par ligne ou séparées par des virgules, des points-virgules ou des espaces ; { $max } au plus.
invite-many-malformed = { $count ->
    [one] Ce mot n’est pas une adresse complète :
   *[other] Ces { $count } mots ne sont pas des adresses complètes :
}
invite-many-stop = Arrêter
invite-many-invited = { $count ->
    [one] { $count } personne invitée
   *[other] { $count } personnes invitées
}
invite-many-already = { $count } déjà dans le salon
invite-many-unknown = { $count ->
    [one] { $count } inconnue
   *[other] { $count } inconnues
}
invite-many-refused = { $count ->
    [one] { $count } refusée
   *[other] { $count } refusées
}
invite-many-left = { $count ->
    [one] { $count } pas encore traitée
   *[other] { $count } pas encore traitées
}
invite-many-report = Personnes qui n’ont pas été invitées
invite-many-copy = Copier le compte rendu
invite-many-line = { $who } : { $why }
invite-many-why-already = déjà membre ou déjà invité
invite-many-why-banned = banni du salon
invite-many-why-unknown = personne n’a cette adresse, ou son serveur ne répond pas
invite-many-why-malformed = ce n’est pas une adresse complète
invite-many-why-left = { $count ->
    [one] Arrêté : 1 adresse n’a pas été traitée.
   *[other] Arrêté : { $count } adresses n’ont pas été traitées.
}

## Opening to guests

open-guests-section = Externes
open-guests-hint = Seuls des agents peuvent être invités dans ce salon.
open-guests-open = Ouvrir aux externes…
open-guests-title = Ouvrir « { $name } » aux externes ?
open-guests-lead = Des personnes extérieures à l’État pourront être invitées. Elles liront ce qui s’écrira ici et la liste des membres.
open-guests-forever = C’est définitif.
open-guests-forever-lead = Un salon ouvert aux externes ne peut plus être refermé. S’il y a un doute, créez plutôt un autre salon.
open-guests-understood = J’ai compris que je ne pourrai pas revenir en arrière
open-guests-confirm = Ouvrir définitivement
open-guests-done = Des externes peuvent maintenant être invités.
open-guests-failed = Le salon n’a pas pu être ouvert aux externes.

## Leaving

leave-title = Quitter « { $name } » ?
leave-title-direct = Quitter vos échanges avec { $name } ?
leave-lead-private = Vous ne recevrez plus ses messages. Pour revenir, il faudra qu’un membre vous invite.
leave-lead-public = Vous ne recevrez plus ses messages. Vous pourrez y revenir quand vous voudrez.
leave-lead-direct = Vous ne recevrez plus ses messages. L’autre personne verra que vous êtes parti.
leave-last = Vous êtes la dernière personne qui administre ce salon.
leave-last-lead = Après votre départ, plus personne ne pourra changer ses réglages, inviter ou retirer des membres. Donnez d’abord ce rôle à quelqu’un.
leave-confirm = Quitter
leave-confirm-anyway = Quitter quand même
leave-successor = Qui administrera ce salon ?
leave-successor-none = Personne
leave-successor-find = Chercher un membre
leave-confirm-successor = Nommer et quitter
leave-failed = Vous n’avez pas pu quitter le salon.

## Invitations, and rooms one is not in

invitation-title = Vous êtes invité dans un salon
invitation-title-direct = On souhaite vous écrire
invitation-by-unknown = La personne qui vous invite n’est pas connue.
invitation-hint = En acceptant, les membres verront que vous êtes là. Si vous ne connaissez pas cette personne, déclinez.
invitation-hint-direct = En acceptant, vous pourrez vous écrire. Si vous ne connaissez pas cette personne, déclinez.
invitation-accept = Accepter
invitation-decline = Décliner
invitation-accept-failed = L’invitation n’a pas pu être acceptée.
decline-title = Décliner l’invitation ?
decline-lead = L’invitation dans « { $name } » disparaîtra. Il faudra vous inviter de nouveau pour y entrer.
decline-ignore = Ignorer cette personne
decline-ignore-hint = Ses messages et ses invitations ne s’afficheront plus, dans aucun salon.
decline-failed = L’invitation n’a pas pu être déclinée.
knocked-title = Votre demande est en attente
knocked-lead = Vous avez demandé à entrer dans ce salon. Une personne qui l’administre doit répondre.
knocked-withdraw = Retirer la demande
left-title = Vous n’êtes plus dans ce salon
left-lead = Vous l’avez quitté, ou l’on vous en a retiré. Pour revenir, demandez à un membre de vous inviter.
gone-title = Ce salon ne peut pas être ouvert.
not-joined-close = Fermer
