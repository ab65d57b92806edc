## Starting one

new-menu = Nouveau
new-direct = Nouveau message privé
new-room = Nouveau salon
new-direct-title = Nouveau message privé
new-direct-who = À qui écrire ?
new-direct-opening = Ouverture…
new-direct-failed = Le message privé n’a pas pu être ouvert.
new-room-title = Nouveau salon privé
new-room-name = Nom du salon
new-room-name-missing = Donnez un nom au salon, par exemple « Préparation du séminaire ».
new-room-topic = Sujet (facultatif)
new-room-topic-hint = À quoi sert le salon, en une phrase. Le nom et le sujet ne sont pas chiffrés.
new-room-people = Personnes à inviter (facultatif)
new-room-encrypted = Ce salon est chiffré de bout en bout.
new-room-encrypted-lead = Seules les personnes invitées peuvent y entrer et lire les messages. Vous pourrez inviter d’autres personnes plus tard.
new-room-create = Créer le salon
new-room-failed = Le salon n’a pas pu être créé.
