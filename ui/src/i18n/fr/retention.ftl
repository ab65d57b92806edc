## Messages that disappear

timer-title = Disparition des messages
timer-off = Jamais
timer-own = Autre durée…
timer-number = Durée
timer-unit = Unité
timer-unit-minutes = minutes
timer-unit-hours = heures
timer-unit-days = jours
timer-save = Appliquer
timer-cancel = Annuler
timer-wrong = Écrivez un nombre entier.
timer-failed = La durée n’a pas pu être changée.
timer-meaning = Les nouveaux messages disparaissent de tous les appareils qui utilisent Pli après cette durée, puis du serveur.
timer-others = Les messages déjà envoyés gardent la leur ; une capture d’écran ou une autre application peut les conserver.
timer-refused = Seules les personnes qui administrent le salon peuvent la changer.
timer-server = Le serveur efface les messages de ce salon après { $time }.
timer-device = Votre organisation efface tout message de cet appareil après { $time }.

lifetime-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
lifetime-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
lifetime-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
lifetime-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
lifetime-menu = Durée du prochain message
lifetime-room = Comme le salon : { $time }
lifetime-room-off = Sans limite, comme le salon
lifetime-label = Durée du prochain message : { $time }
lifetime-label-off = Faire disparaître le prochain message

ends-in-seconds = { $count ->
    [one] Disparaît dans { $count } seconde
   *[other] Disparaît dans { $count } secondes
}
ends-in-minutes = { $count ->
    [one] Disparaît dans { $count } minute
   *[other] Disparaît dans { $count } minutes
}
ends-in-hours = { $count ->
    [one] Disparaît dans { $count } heure
   *[other] Disparaît dans { $count } heures
}
ends-in-days = { $count ->
    [one] Disparaît dans { $count } jour
   *[other] Disparaît dans { $count } jours
}
ends-short-seconds = { $count } s
ends-short-minutes = { $count } min
ends-short-hours = { $count } h
ends-short-days = { $count } j

reply-gone = Le message d’origine a disparu

change-timer-set = { $own ->
    [yes] Vous avez réglé la disparition des nouveaux messages : { $time }
   *[no] { $sender } a réglé la disparition des nouveaux messages : { $time }
}
change-timer-off = { $own ->
    [yes] Vous avez désactivé la disparition des nouveaux messages
   *[no] { $sender } a désactivé la disparition des nouveaux messages
}
