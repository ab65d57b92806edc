## A disk that takes nothing

sync-diskFull = Disque plein
sync-diskFailing = Erreur du disque
disk-full = Le disque est plein.
disk-full-what-works = Vos messages restent lisibles, mais Pli ne peut plus en enregistrer. Libérez de l’espace.
disk-failing = Le disque de ce poste ne répond pas bien.
disk-failing-what-works = Vos messages restent lisibles si possible, mais Pli ne peut plus en enregistrer. Si cela dure, relancez Pli, puis prévenez l’assistance.
composer-disk-full = Disque plein : ce que vous écrivez reste ici, sans pouvoir partir.
composer-disk-failing = Erreur du disque : ce que vous écrivez reste ici, sans pouvoir partir.
