## Words that several screens share

close = Fermer
cancel = Annuler
copy = Copier
copied = Copié
save = Enregistrer
retry = Réessayer
notifications-region = Messages de Pli
