## A disk that takes nothing

sync-diskFull = Disk full
sync-diskFailing = Disk error
disk-full = The disk is full.
disk-full-what-works = You can still read your messages, but Pli cannot save new ones. Free some space.
disk-failing = The disk of this computer does not answer well.
disk-failing-what-works = You may still be able to read your messages, but Pli cannot save new ones. If this lasts, restart Pli, then tell the helpdesk.
composer-disk-full = Disk full: what you write stays here, and cannot leave.
composer-disk-failing = Disk error: what you write stays here, and cannot leave.
