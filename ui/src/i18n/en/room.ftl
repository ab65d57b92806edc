## Starting one

new-menu = New
new-direct = New direct message
new-room = New room
new-direct-title = New direct message
new-direct-who = Who do you want to write to?
new-direct-opening = Opening…
new-direct-failed = The direct message could not be opened.
new-room-title = New private room
new-room-name = Name of the room
new-room-name-missing = Give the room a name, such as “Seminar preparation”.
new-room-topic = Topic (optional)
new-room-topic-hint = What the room is for, in a sentence. Name and topic are not encrypted.
new-room-people = People to invite (optional)
new-room-encrypted = This room is encrypted end to end.
new-room-encrypted-lead = Only the people invited can come in and read its messages. You can invite others later.
new-room-create = Create the room
new-room-failed = The room could not be created.
