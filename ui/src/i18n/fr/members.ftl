## Looking for people

people-placeholder = Nom ou adresse complète
people-results = Personnes trouvées
people-hint = Tapez un nom, ou une adresse complète comme @prenom.nom:ministere.example.
people-none = Personne ne correspond à « { $typed } ». Une adresse complète (@prenom.nom:ministere.example) permet d’inviter quelqu’un d’un autre ministère.
people-searching = Recherche en cours
people-failed = L’annuaire n’a pas répondu.
people-self = C’est vous
people-chosen = Déjà choisi
people-chips = Personnes choisies
people-remove = Retirer
people-failed-chip = Échec
