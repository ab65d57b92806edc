rail = Account and settings
account-menu = Account
account-of = Account of { $name }

## The list

room-list = Rooms
room-list-loading = Loading rooms
room-list-empty = No room yet. The + button above makes one, or writes to somebody.
room-list-empty-guest = No room yet. Invitations that you receive will appear here.
room-list-none-found = No room matches “{ $filter }”.
room-search = Filter rooms
room-search-placeholder = Search
room-search-clear = Clear the search
section-invitations = Invitations
section-favourites = Favourites
section-direct = Direct messages
section-rooms = Rooms
section-low = Low priority
section-unread = { $count } unread

## A row

room-kind-direct = Direct message
room-kind-private = Private room
room-kind-open = Private room open to guests
room-kind-unencrypted = Private room, not encrypted
room-kind-public = Public forum
room-encrypted = encrypted
room-not-encrypted = not encrypted
room-invitation = Invitation
room-invited = You are invited
room-invited-by = Invitation from { $name }
room-accept = Accept the invitation: { $name }
room-draft = Draft
room-no-message = No message
room-send-failed = Not sent:
room-mentions = { $count ->
    [one] 1 mention
   *[other] { $count } mentions
}
room-unread = { $count ->
    [one] 1 unread message
   *[other] { $count } unread messages
}
room-marked-unread = Marked as unread
room-muted = Notifications off
room-menu = Actions for { $name }
room-mark-read = Mark as read
room-mark-unread = Mark as unread
room-favourite-on = Add to favourites
room-favourite-off = Remove from favourites
room-low-on = Make low priority
room-low-off = Remove from low priority
time-yesterday = yesterday

## Previews

preview-you = You
preview-from = { $who }: { $words }
preview-image = Photo
preview-video = Video
preview-audio = Audio message
preview-sticker = Sticker
preview-poll = Poll: { $question }
preview-location = Location
preview-redacted = Message deleted
preview-undecryptable = Message not decrypted yet
preview-call = Call
preview-other = Activity in the room
preview-membership-joined = { $name } joined the room
preview-membership-left = { $name } left the room
preview-membership-invited = { $name } was invited
preview-membership-invitationAccepted = { $name } joined the room
preview-membership-invitationRejected = { $name } declined the invitation
preview-membership-invitationRevoked = The invitation of { $name } was withdrawn
preview-membership-removed = { $name } was removed from the room
preview-membership-banned = { $name } was banned
preview-membership-unbanned = { $name } is no longer banned
preview-membership-knocked = { $name } asks to come in
preview-membership-knockAccepted = { $name } may come in
preview-membership-knockDenied = The request of { $name } was refused
preview-membership-knockRetracted = { $name } no longer asks to come in
preview-membership-other = { $name }: change in the room

## Foot and banner

sync-connecting = Connecting…
sync-online = Online
sync-offline = Offline
sync-failed = Error
history-progress = Old messages
history-progress-value = { $done } / { $total }
offline-since = Offline since { $since }.
offline-what-works = You can read and write: your messages will leave when the network is back.

## Switcher

switcher-open = Go to a room or a person
switcher-placeholder = Room or person
switcher-results = Results
switcher-recent = Recent
switcher-rooms = Rooms
switcher-people = People
switcher-nothing = Nothing matches “{ $typed }”.
switcher-direct-failed = The direct message could not be opened.

## No room open

no-room-title = Choose a room
no-rooms-title = No rooms yet
no-rooms-lead = Make a room or write to somebody with the + button above the list. Invitations appear there too.
no-rooms-lead-guest = You are a guest: rooms to which you are invited will appear in the list.
no-room-lead = Your messages are encrypted end to end: only the people of the room can read them.
