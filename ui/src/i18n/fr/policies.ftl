## Les règles de l’organisation : ce que la page et le terminal en disent

policies-key = Clé
policies-source = Origine
policies-state = État
policies-value = Valeur

policies-source-default = par défaut
policies-source-recommended = recommandé
policies-source-own = votre réglage
policies-source-user = imposé à l’utilisateur
policies-source-machine = imposé au poste

policies-obeyed = en vigueur
policies-pending = sans effet dans cette version
policies-ignored = ignoré ({ $source }) : { $problem }

policies-problem-unknownKey = clé inconnue
policies-problem-wrongType = mauvais type
policies-problem-outOfRange = hors des limites
policies-problem-malformed = mal formé
policies-problem-unusable = inutilisable

policies-unknown = { $name } ({ $source }) : clé inconnue, ignorée
policies-refused = { $place } n’a pas été lu : { $reason }

policies-reason-owner = n’appartient pas à l’administrateur
policies-reason-writable = d’autres que l’administrateur peuvent y écrire
policies-reason-link = est un lien symbolique
policies-reason-shape = n’est ni un fichier ordinaire ni un dossier, là où il en faut un
policies-reason-tooLarge = trop grand
policies-reason-unreadable = illisible
policies-reason-malformed = n’est pas un objet JSON
