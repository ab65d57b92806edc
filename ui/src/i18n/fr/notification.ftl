## Notifications du bureau (composées par le programme, hors de la page)

notification-new = Nouveau message
notification-from = { $sender } vous a écrit
notification-says = { $sender } : { $text }
notification-invitation = { $sender } vous invite
notification-image = Image
notification-video = Vidéo
notification-audio = Message audio
notification-file = Fichier : { $name }
notification-sticker = Autocollant
notification-poll = Sondage : { $question }
notification-location = Lieu
notification-call = Appel
notification-verify = Une personne souhaite vérifier vos identités avec vous
notification-verify-person = { $sender } souhaite vérifier vos identités avec vous
notification-verify-own = Un autre de vos appareils demande une vérification
notification-open = Ouvrir
