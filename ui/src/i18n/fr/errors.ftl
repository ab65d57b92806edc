## What happened, and what to do: one pair a code

error-reference = Référence pour l’assistance : { $reference }
error-copy = Copier les détails

error-offline = La messagerie de votre ministère ne répond pas.
error-offline-todo = Vérifiez votre connexion au réseau, puis réessayez.
error-unknownServer = Aucune messagerie n’a été trouvée à cette adresse.
error-unknownServer-todo = Vérifiez l’adresse, ou indiquez le serveur à la main si on vous l’a donné.
error-notMatrix = Le serveur trouvé n’est pas une messagerie compatible avec Pli.
error-notMatrix-todo = Vérifiez l’adresse, ou demandez à l’assistance le nom exact du serveur.
error-certificateExpired = Le certificat de la messagerie a expiré.
error-certificateExpired-todo = Pli ne se connecte pas, pour protéger vos messages. Vérifiez la date de ce poste, puis prévenez l’assistance.
error-certificateInvalid = L’identité du serveur n’a pas pu être vérifiée.
error-certificateInvalid-todo = Pli ne se connecte pas, pour protéger vos messages. Prévenez l’assistance de votre ministère.
error-wrongPassword = Adresse ou mot de passe incorrect.
error-wrongPassword-todo = Vérifiez les majuscules, puis réessayez.
error-accountDeactivated = Ce compte a été désactivé.
error-accountDeactivated-todo = Adressez-vous à l’assistance de votre ministère.
error-accountExpired = Ce compte a expiré.
error-accountExpired-todo = Renouvelez-le par le message reçu, ou adressez-vous à l’assistance de votre ministère.
error-rateLimited = Trop de tentatives en peu de temps.
error-rateLimited-todo = Patientez un instant, puis réessayez.
error-rateLimited-wait = { $seconds ->
    [one] Réessayez dans une seconde.
   *[other] Réessayez dans { $seconds } secondes.
}
error-passwordNotSupported = Cette messagerie ne se connecte pas par mot de passe.
error-passwordNotSupported-todo = Cette version de Pli ne sait pas encore passer par le portail de votre ministère. Adressez-vous à l’assistance.
error-wrongRecoveryCode = Ce n’est pas le bon code.
error-wrongRecoveryCode-todo = Vérifiez chaque groupe de caractères, majuscules comprises.
error-recoveryMalformed = Ce code ne peut pas être lu.
error-recoveryMalformed-todo = Un code compte des groupes de quatre lettres ou chiffres, sans zéro ni O majuscule. S’il est exact, la sauvegarde a été faite par une autre application et Pli ne sait pas l’ouvrir.
error-wrongPassphrase = Ce n’est pas la bonne phrase secrète.
error-wrongPassphrase-todo = Vérifiez les majuscules et les espaces, puis réessayez.
error-keyringUnavailable = Le trousseau de clés de ce poste ne répond pas.
error-keyringUnavailable-todo = Ouvrez le trousseau, ou rouvrez votre session sur ce poste.
error-storeFull = Le disque de ce poste est plein.
error-storeFull-todo = Libérez de la place, puis réessayez.
error-forbidden = Vous n’avez pas le droit de faire cela ici.
error-forbidden-todo = Demandez à une personne qui administre le salon.
error-notFound = C’est introuvable.
error-notFound-todo = Cela a peut-être été supprimé entre-temps.
error-tooLarge = Le fichier est trop lourd pour la messagerie.
error-tooLarge-todo = Réduisez-le ou partagez-le par un autre moyen.
error-unsupportedMedia = Ce type de fichier n’est pas accepté.
error-unsupportedMedia-todo = Choisissez une image PNG, JPEG, GIF ou WebP.
error-notAKeyFile = Ce fichier ne contient pas de clés de messages.
error-notAKeyFile-todo = Choisissez un fichier de clés exporté par Pli ou par une autre application Matrix.
error-fileRefused = Le fichier ne peut pas être lu ou écrit à cet endroit.
error-fileRefused-todo = Choisissez un autre dossier, ou vérifiez vos droits sur celui-ci.
error-invalidInput = Cette adresse n’est pas complète.
error-invalidInput-todo = Écrivez-la sous la forme @prenom.nom:ministere.example.
error-noQrCode = Aucun code QR n’a été trouvé dans cette image.
error-noQrCode-todo = Prenez une image nette du code entier, puis réessayez.
error-wrongQrCode = Ce code QR n’est pas celui de cette vérification.
error-wrongQrCode-todo = Montrez à nouveau le code sur l’autre écran, puis réessayez.
error-nothingToVerify = Il n’y a rien à vérifier ici.
error-nothingToVerify-todo = Cette personne ou cet appareil n’a pas encore préparé son chiffrement.
error-identityChanged = Une identité que vous aviez vérifiée a changé dans ce salon.
error-identityChanged-todo = Rien n’est parti. Faites d’abord un choix dans le bandeau rouge du salon.
error-cancelled = L’action a été annulée.
error-cancelled-todo = Vous pouvez recommencer.
error-internal = Quelque chose n’a pas fonctionné.
error-internal-todo = Réessayez. Si cela continue, donnez la référence à l’assistance.
