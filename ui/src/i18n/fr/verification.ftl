## Being asked

verification-asked-own = Un nouvel appareil de votre compte demande à être vérifié.
verification-asked-own-named = Un nouvel appareil de votre compte, { $device }, demande à être vérifié.
verification-asked-entering = Un autre de vos appareils propose de vérifier celui-ci.
verification-asked-own-detail = Si ce n’est pas vous qui venez de vous y connecter, refusez et prévenez l’assistance.
verification-asked-person = { $name } souhaite que vous vérifiiez vos identités ensemble.
verification-asked-person-detail = Appelez cette personne ou retrouvez-la avant de commencer : vous comparerez ce que montrent vos deux écrans.
verification-accept = Vérifier
verification-decline = Refuser
verification-failed = La vérification n’a pas pu continuer.

## Step by step

verification-title-own = Vérifier un appareil
verification-title-person = Vérifier { $name }
verification-give-up = Abandonner
verification-asking-own = Ouvrez Pli, ou votre autre messagerie, sur un appareil déjà vérifié, et acceptez la demande.
verification-asking-person = { $name } a reçu votre demande et doit l’accepter. Au besoin, prévenez cette personne de vive voix.
verification-ready-own = L’autre appareil a répondu. Choisissez comment vérifier.
verification-ready-person = { $name } a répondu. Choisissez comment vérifier.
verification-way-emojis = Comparer des émojis
verification-way-emojis-hint = Le plus simple : sept images à comparer sur les deux écrans.
verification-way-show = Montrer un code QR
verification-way-show-hint = L’autre appareil le lit avec sa caméra, ou sur une image.
verification-way-file = Lire un code QR dans une image
verification-way-clipboard = Lire un code QR dans le presse-papiers
verification-no-way = L’autre application ne connaît aucune façon de vérifier que Pli connaisse aussi.
verification-starting = Échange des clés…
verification-emojis-own = Les deux écrans montrent-ils ces sept images, dans le même ordre ?
verification-emojis-person = Demandez à { $name }, de vive voix, si son écran montre ces sept images, dans le même ordre.
verification-emojis = Images à comparer
verification-numbers-own = Les deux écrans montrent-ils ces trois nombres ?
verification-numbers-person = Demandez à { $name }, de vive voix, si son écran montre ces trois nombres.
verification-same = Oui, c’est identique
verification-different = Non, c’est différent
verification-code-own = Lisez ce code avec l’autre appareil.
verification-code-person = { $name } doit lire ce code sur votre écran.
verification-code = Code QR de vérification
verification-scanned-own = L’autre appareil dit avoir lu le code. Affiche-t-il que tout s’est bien passé ?
verification-scanned-person = L’appareil de { $name } dit avoir lu le code. Demandez à cette personne si son écran le confirme.
verification-scanned-yes = Oui, c’est confirmé
verification-scanned-no = Non
verification-confirmed-own = En attente de l’autre appareil…
verification-confirmed-person = En attente de { $name }…
verification-done-own = L’appareil est vérifié. Il lit vos messages, et vos collègues savent que c’est bien vous.
verification-done-person = L’identité de { $name } est vérifiée. Pli vous préviendra si elle change.
verification-done-keys = Vos clés arrivent de l’autre appareil ; vos messages s’ouvriront d’eux-mêmes. Si rien ne vient, tapez votre code de récupération.
verification-close = Terminer
verification-ended-here = Vous avez arrêté la vérification.
verification-ended-there-own = La demande a été refusée sur l’autre appareil.
verification-ended-there-person = { $name } n’a pas donné suite.
verification-ended-timedOut = Personne n’a répondu à temps.
verification-ended-mismatch = Les deux écrans ne montraient pas la même chose. Quelqu’un s’interpose peut-être entre vous : rien n’a été vérifié. Recommencez et, si cela se reproduit, prévenez l’assistance.
verification-ended-elsewhere = La vérification se poursuit sur un autre de vos appareils.
verification-ended-failed = Les deux applications ne se sont pas comprises. Recommencez.

## A person’s identity

identity-open = Vérifier l’identité
identity-title = Identité de { $name }
identity-verified = Identité vérifiée
identity-verified-lead = Vous avez comparé vos écrans avec cette personne. Pli vous préviendra si son identité change.
identity-unverified = Identité non vérifiée
identity-unverified-lead = Vos messages sont chiffrés dans tous les cas. Vérifier une identité garantit en plus que personne ne se fait passer pour votre collègue : appelez-le ou retrouvez-le, et comparez vos écrans.
identity-changed = Identité changée
identity-changed-lead = Cette personne n’est plus celle que vous aviez vérifiée : elle a peut-être repris son compte sans son code, ou quelqu’un se fait passer pour elle.
identity-noIdentity = Rien à vérifier
identity-noIdentity-lead = Cette personne n’a pas encore préparé le chiffrement de son compte.
identity-verify = Vérifier
identity-verify-again = Vérifier à nouveau
identity-withdraw = Ne plus exiger la vérification
identity-withdrawn = Pli n’exige plus que cette identité soit vérifiée.
identity-withdraw-failed = Le choix n’a pas pu être enregistré.
identity-verify-failed = La vérification n’a pas pu commencer.
identity-banner = L’identité de { $name } a changé depuis que vous l’avez vérifiée.
identity-banner-detail = Rien ne part dans ce salon tant que vous n’avez pas choisi. Appelez cette personne avant tout : quelqu’un se fait peut-être passer pour elle.

## A new device, let in by another

recovery-verify = Vérifier avec un autre appareil
recovery-verify-hint = Un autre de vos appareils est connecté : il peut ouvrir vos messages ici, sans le code.

## My devices

settings-devices = Mes appareils
devices-lead = Là où votre compte est connecté. Un appareil que vous ne reconnaissez pas ? Déconnectez-le et changez votre mot de passe.
devices-loading = Chargement des appareils
devices-failed = La liste de vos appareils n’a pas pu être chargée.
devices-retry = Réessayer
devices-current = Cet appareil
devices-verified = Vérifié
devices-unverified = Non vérifié
devices-noKeys = Sans chiffrement
devices-seen = Vu { $when }
devices-never-seen = Jamais vu
devices-menu = Actions pour { $name }
devices-rename = Renommer
devices-rename-title = Renommer l’appareil
devices-rename-name = Nom de l’appareil
devices-rename-hint = Vos collègues peuvent le voir : n’y mettez rien de confidentiel.
devices-rename-save = Enregistrer
devices-rename-failed = Le nom n’a pas pu être changé.
devices-verify = Vérifier
devices-verify-failed = La vérification n’a pas pu commencer.
devices-sign-out = Déconnecter
devices-sign-out-others = Déconnecter tous les autres appareils
devices-sign-out-title = Déconnecter { $name } ?
devices-sign-out-others-title = Déconnecter tous les autres appareils ?
devices-sign-out-lead = Les messages qui y étaient ouverts ne le seront plus. Ce qui n’en avait pas été envoyé sera perdu.
devices-sign-out-portal = Votre compte passe par le portail de votre ministère et n’a pas de mot de passe. Cette version de Pli ne sait pas encore déconnecter un autre appareil dans ce cas. Déconnectez-le sur lui-même, ou adressez-vous à l’assistance.
devices-sign-out-password = Demandé pour s’assurer que c’est bien vous.
devices-sign-out-done = C’est fait : { $count ->
    [one] un appareil déconnecté.
   *[other] { $count } appareils déconnectés.
}
devices-sign-out-failed = La déconnexion n’a pas pu se faire.

## The emojis, as the specification names them

sas-emoji-0 = Chien
sas-emoji-1 = Chat
sas-emoji-2 = Lion
sas-emoji-3 = Cheval
sas-emoji-4 = Licorne
sas-emoji-5 = Cochon
sas-emoji-6 = Éléphant
sas-emoji-7 = Lapin
sas-emoji-8 = Panda
sas-emoji-9 = Coq
sas-emoji-10 = Manchot
sas-emoji-11 = Tortue
sas-emoji-12 = Poisson
sas-emoji-13 = Poulpe
sas-emoji-14 = Papillon
sas-emoji-15 = Fleur
sas-emoji-16 = Arbre
sas-emoji-17 = Cactus
sas-emoji-18 = Champignon
sas-emoji-19 = Globe
sas-emoji-20 = Lune
sas-emoji-21 = Nuage
sas-emoji-22 = Feu
sas-emoji-23 = Banane
sas-emoji-24 = Pomme
sas-emoji-25 = Fraise
sas-emoji-26 = Maïs
sas-emoji-27 = Pizza
sas-emoji-28 = Gâteau
sas-emoji-29 = Cœur
sas-emoji-30 = Sourire
sas-emoji-31 = Robot
sas-emoji-32 = Chapeau
sas-emoji-33 = Lunettes
sas-emoji-34 = Clé à molette
sas-emoji-35 = Père Noël
sas-emoji-36 = Pouce en l’air
sas-emoji-37 = Parapluie
sas-emoji-38 = Sablier
sas-emoji-39 = Réveil
sas-emoji-40 = Cadeau
sas-emoji-41 = Ampoule
sas-emoji-42 = Livre
sas-emoji-43 = Crayon
sas-emoji-44 = Trombone
sas-emoji-45 = Ciseaux
sas-emoji-46 = Cadenas
sas-emoji-47 = Clé
sas-emoji-48 = Marteau
sas-emoji-49 = Téléphone
sas-emoji-50 = Drapeau
sas-emoji-51 = Train
sas-emoji-52 = Vélo
sas-emoji-53 = Avion
sas-emoji-54 = Fusée
sas-emoji-55 = Trophée
sas-emoji-56 = Ballon
sas-emoji-57 = Guitare
sas-emoji-58 = Trompette
sas-emoji-59 = Cloche
sas-emoji-60 = Ancre
sas-emoji-61 = Casque audio
sas-emoji-62 = Dossier
sas-emoji-63 = Punaise
