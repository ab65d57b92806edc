starting = Ouverture de Pli
starting-failed = Pli n’a pas pu s’ouvrir.

first-run-help = Aide · F1

## Sign-in

sign-in-title = Bienvenue dans Pli
sign-in-lead = La messagerie chiffrée des agents de l’État.
sign-in-address = Votre adresse
sign-in-address-hint = Votre adresse de courriel professionnelle, ou l’identifiant donné avec votre compte.
sign-in-address-example = prenom.nom@ministere.example
sign-in-address-missing = Tapez votre adresse pour continuer.
sign-in-server = Serveur
sign-in-server-hint = Par exemple matrix.ministere.example
sign-in-server-by-hand = Indiquer le serveur à la main
sign-in-server-choose = Choisir la messagerie dans une liste
sign-in-server-of = Messagerie
sign-in-server-other = Un autre serveur…
sign-in-server-found = Trouver le serveur d’après l’adresse
sign-in-continue = Continuer
sign-in-found = Messagerie de votre ministère trouvée : { $server }
sign-in-found-lead = Vos messages restent sur ses serveurs.
sign-in-guest = Vous êtes une personne externe, d’après votre adresse.
sign-in-guest-lead = La messagerie { $server } est celle des externes : vous n’y verrez que les salons où des agents vous invitent. Si vous êtes agent de l’État, vérifiez votre adresse, ou adressez-vous à l’assistance.
sign-in-new-server = Votre ministère a changé.
sign-in-new-server-lead = Votre compte est encore sur { $server } ; la messagerie de votre nouveau ministère est { $new }. Vous pouvez encore vous connecter ici ; pour passer à la nouvelle, adressez-vous à l’assistance.
sign-in-password = Mot de passe
sign-in-password-show = Afficher le mot de passe
sign-in-submit = Se connecter
browser-lead = La connexion se fait dans votre navigateur, puis revient dans Pli.
browser-sign-in = Se connecter par le portail de votre ministère
browser-sign-in-with = Se connecter avec { $provider }
browser-waiting = Terminez dans votre navigateur.
browser-waiting-lead = Pli attend que vous ayez fini dans la page qui vient de s’ouvrir. Rien ne s’est ouvert ? Copiez le lien et collez-le dans un navigateur de ce poste.
browser-not-opened = Le navigateur n’a pas pu être ouvert.
browser-not-opened-lead = Copiez le lien et collez-le dans un navigateur de ce poste ; Pli attend.
browser-copy-link = Copier le lien
browser-give-up = Abandonner
sign-in-other-address = Changer d’adresse
sign-in-trouble = Un souci de connexion ? L’assistance de votre ministère peut vous aider.
sign-in-trouble-contact = Un souci de connexion ? Votre assistance : { $contact }
sign-in-ended-tokenRevoked = Votre session a été fermée à distance.
sign-in-ended-tokenRevoked-todo = Reconnectez-vous. Si ce n’est pas vous qui l’avez fermée, prévenez l’assistance.
sign-in-ended-accountDeactivated = Votre compte a été désactivé.
sign-in-ended-accountDeactivated-todo = Adressez-vous à l’assistance de votre ministère.
sign-in-ended-keysLost = Les clés de ce poste ont été abîmées.
sign-in-ended-keysLost-todo = Reconnectez-vous, puis tapez votre code de récupération : vos messages reviendront de la messagerie de votre ministère.

## The keyring did not give the key

vault-title-noKeyring = Choisissez une phrase secrète
vault-lead-noKeyring = Ce poste n’a pas de trousseau de clés. Vos messages seront chiffrés sur ce disque avec une phrase que vous seul connaissez.
vault-title-locked = Le trousseau de ce poste est verrouillé
vault-lead-locked = Pli y garde la clé de vos messages. Déverrouillez-le, puis relancez Pli.
vault-title-keyMissing = La clé de vos messages a disparu
vault-lead-keyMissing = Le trousseau de ce poste ne contient plus la clé qui ouvre vos messages. Sans elle, personne ne peut les lire.
vault-title-passphrase = Tapez votre phrase secrète
vault-lead-passphrase = Elle ouvre vos messages sur ce poste.
vault-passphrase = Phrase secrète
vault-new-passphrase = Nouvelle phrase secrète
vault-passphrase-again = La même, une seconde fois
vault-passphrase-show = Afficher la phrase secrète
vault-passphrase-hint = Au moins { $shortest } caractères ; quatre mots ou plus, c’est mieux. Elle sera demandée à chaque ouverture, et personne ne peut la retrouver.
vault-passphrase-short = Il faut au moins { $shortest } caractères.
vault-passphrase-different = Les deux phrases ne sont pas les mêmes.
vault-open = Ouvrir Pli

afresh-open = Repartir de zéro sur ce poste
afresh-title = Repartir de zéro sur ce poste ?
afresh-lead = La copie de vos messages sur ce poste sera effacée.
afresh-lost = Ce qui n’a pas encore été envoyé, et vos brouillons, seront perdus.
afresh-kept = Vos salons restent sur la messagerie de votre ministère : reconnectez-vous, puis tapez votre code de récupération pour relire vos anciens messages.
afresh-confirm = Effacer et repartir de zéro

## The store cannot be used

store-todo = Que faire
store-title-inUse = Pli est déjà ouvert
store-lead-inUse = Une autre fenêtre de Pli utilise déjà ce compte sur ce poste.
store-todo-inUse = Passez à l’autre fenêtre. Si vous ne la trouvez pas, redémarrez le poste.
store-title-tooNew = Vos messages ont été ouverts par un Pli plus récent
store-lead-tooNew = Cette version ne sait pas les lire et ne veut pas les abîmer.
store-todo-tooNew = Installez la version la plus récente de Pli.
store-title-wrongKey = La clé n’ouvre pas vos messages
store-lead-wrongKey = La clé trouvée sur ce poste n’est pas celle qui a fermé vos messages.
store-todo-wrongKey = Si le trousseau a été changé ou restauré, remettez l’ancien. Sinon, repartez de zéro.
store-title-diskFull = Le disque est plein
store-lead-diskFull = Pli ne peut plus rien enregistrer sur ce poste.
store-todo-diskFull = Libérez de la place, puis relancez Pli. Rien n’a été perdu.
store-title-unreadable = Vos messages ne peuvent pas être lus sur ce disque
store-lead-unreadable = Le fichier qui les contient est abîmé et n’a pas pu être réparé.
store-todo-unreadable = Relancez Pli. Si cela continue, prévenez l’assistance avant de repartir de zéro.

history-lost = La copie de vos messages sur ce poste était abîmée.
history-lost-detail = Elle a été mise de côté ; vos messages reviennent de la messagerie de votre ministère.
keys-restored = Vos clés de chiffrement étaient abîmées sur ce poste ; Pli les a rétablies depuis leur copie, vous n’avez rien à faire.

## Recovery

recovery-code = Code de récupération
recovery-keep = Garder le code
recovery-saved = Enregistré
recovery-print = Imprimer
recovery-print-title = Code de récupération de { $user }
recovery-show-title = Votre code de récupération
recovery-show-lead = Il rouvre vos messages si vous changez de poste. Personne d’autre ne le possède, pas même l’assistance.
recovery-set-up-failed = Le code n’a pas pu être créé.
recovery-ending = Pour vérifier, tapez les 4 derniers caractères
recovery-ending-hint = Gardez d’abord le code hors de ce poste : gestionnaire de mots de passe ou papier en lieu sûr.
recovery-ending-wrong = Ce ne sont pas les derniers caractères du code ci-dessus.
recovery-confirm = C’est noté
recovery-enter-title = Retrouvez vos messages
recovery-enter-lead = Tapez le code de récupération reçu lors de votre première connexion. Il prouve aussi à vos collègues que ce poste est bien le vôtre.
recovery-enter-hint = Des groupes de quatre caractères ; les espaces ne comptent pas.
recovery-enter-submit = Ouvrir mes messages
recovery-lost = Je n’ai plus mon code
recovery-reset-title = Repartir sans l’ancien code
recovery-reset-lead = Un nouveau code sera créé. Voici ce que cela change :
recovery-reset-lost = Vos anciens messages chiffrés ne pourront plus être lus sur ce poste, sauf si un autre de vos postes est encore connecté.
recovery-reset-seen = Vos collègues verront que votre identité a changé et devront peut-être la vérifier.
recovery-reset-kept = Vos salons et vos contacts restent les mêmes.
recovery-reset-password = Demandé pour s’assurer que c’est bien vous.
recovery-reset-browser = Le portail de votre ministère vous demandera, dans le navigateur, de confirmer que c’est bien vous.
recovery-reset-submit = Créer un nouveau code
recovery-reset-back = Revenir en arrière

## This device has lost the keys of its user

access-lost = Ce poste n’a plus accès à vos clés.
access-lost-todo = Elles ont été remplacées depuis un autre appareil. Ce qui est ici reste lisible ; pour écrire et lire la suite, tapez votre nouveau code.
access-noRecovery = Vos clés ne sont plus sauvegardées.
access-noRecovery-todo = Une autre application a arrêté la sauvegarde. Gardez ce poste connecté, et prévenez l’assistance.
access-title = Code de récupération
access-lead = Il redonne à ce poste l’accès à vos clés. Si vous l’avez remplacé depuis un autre appareil, tapez le nouveau.
access-done = Ce poste a de nouveau accès à vos clés.
