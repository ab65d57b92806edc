## An account that has expired

sync-expired = Compte expiré
expired = Votre compte a expiré.
expired-todo = Vos messages restent lisibles, mais rien n’arrive ni ne part. Demandez le message de renouvellement : une fois son lien suivi, Pli reprend de lui-même.
expired-ask = Recevoir le message
expired-asked = Le message de renouvellement est en route vers votre adresse de courriel.
composer-expired = Compte expiré : ce que vous écrivez partira une fois le compte renouvelé.
