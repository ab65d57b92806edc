## Said by the shell itself, outside the page

recovery-file-name = pli-recovery-code.txt
room-keys-file-name = pli-message-keys.txt
browser-done = Done. You can close this page and go back to Pli.
browser-refused = This page does not come from a sign-in under way in Pli. Close it.

## The member list as a table

members-file-name = room-members.csv
members-file-separator = ,
members-file-name-head = Name
members-file-address = Address
members-file-server = Server
members-file-role = Role
members-file-role-creator = Creator
members-file-role-administrator = Administrator
members-file-role-moderator = Moderator
members-file-role-user = Member
members-file-state = Presence
members-file-state-joined = In the room
members-file-state-invited = Invited
members-file-state-banned = Banned
members-file-guest = Guest
members-file-guest-yes = yes
