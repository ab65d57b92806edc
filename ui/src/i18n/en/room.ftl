## Starting one

new-menu = New
new-direct = New direct message
new-room = New room
new-direct-title = New direct message
new-direct-who = Who do you want to write to?
new-direct-opening = Opening…
new-direct-failed = The direct message could not be opened.
new-room-title = New room
new-room-name = Name of the room
new-room-name-missing = Give the room a name, such as “Seminar preparation”.
new-room-topic = Topic (optional)
new-room-topic-hint = What the room is for, in a sentence. Name and topic are not encrypted.
new-room-people = People to invite (optional)
new-room-kind = Kind of room
new-room-kind-private = By invitation, among agents. Messages are encrypted end to end.
new-room-kind-open = By invitation, and guests from outside can be invited. Messages are encrypted end to end.
new-room-kind-unencrypted = By invitation. The messaging service can read the messages: put nothing confidential in it.
new-room-kind-public = Any agent can find it, come in and read everything. Messages are not encrypted.
new-room-create = Create the room
new-room-failed = The room could not be created.

## Head of a room

kind-private-encrypted = Secure private room
kind-open = Open to guests
kind-direct-encrypted = Encrypted direct message
kind-encrypted = Encrypted
kind-not-encrypted = Not encrypted
room-kind-space = Space
room-back-to-list = Back to the list of rooms
room-topic = Topic
room-topic-is = Topic: { $topic }
room-members-count = { $count ->
    [one] 1 member
   *[other] { $count } members
}
room-more = More actions
room-invite-open = Invite people
room-settings-open = Room settings
room-about-open = About the room
room-leave-open = Leave the room
room-notifications = Notifications
room-notifications-all = All messages
room-notifications-all-hint = You are told of every message.
room-notifications-mentions = Mentions only
room-notifications-mentions-hint = Only when somebody mentions you.
room-notifications-mute = None
room-notifications-mute-hint = The room never disturbs you.
room-notifications-failed = The notifications could not be changed.

## Panel

room-panel = Room panel
room-panel-close = Close the panel
room-members = Members
room-settings = Settings
room-about = About

## Settings of a room

room-identity = Name, topic and picture
room-identity-refused = Only those who administer the room can change all this.
room-name = Name
room-name-failed = The name could not be changed.
room-topic-none = No topic.
room-topic-failed = The topic could not be changed.
room-avatar-pick = Change the picture
room-avatar-failed = The picture could not be changed.
room-for-me = For me only
room-favourite = Favourite
room-favourite-hint = At the top of your list.
room-low = Low priority
room-low-hint = At the very bottom of your list.

## About a room

about-encrypted = Encrypted end to end
about-encrypted-lead = { $count ->
    [one] Only you can read the messages: the messaging service itself cannot.
   *[other] Only the { $count } members can read the messages: the messaging service itself cannot.
}
about-not-encrypted = Not encrypted
about-not-encrypted-lead = The messaging service can read what is written here. Put nothing confidential in it.
about-kind-private = People come in by invitation only.
about-kind-open = People come in by invitation only, and guests from outside can be invited.
about-kind-unencrypted = People come in by invitation only.
about-kind-direct = Between you and one other person.
about-kind-public = Any agent can come in and read.
about-kind-space = Holds several rooms together.
about-devices = Devices
about-devices-count = What you write goes to { $devices ->
    [one] 1 device
   *[other] { $devices } devices
} of { $people ->
    [one] 1 person
   *[other] { $people } people
}.
about-devices-left-out = { $count ->
    [one] 1 device does not receive it, as its owner has not verified it.
   *[other] { $count } devices do not receive it, as their owners have not verified them.
}
about-devices-verified = { $count ->
    [one] You have verified the identity of one person.
   *[other] You have verified the identity of { $count } people.
}
about-history = Past messages
about-history-invited = Each member sees the messages written since they were invited.
about-history-joined = Each member sees the messages written since they came.
about-history-shared = Members see all messages, even those written before they came.
about-history-worldReadable = Everybody can read the messages, even without being a member.
about-server = Created on
about-id = Id of the room
about-id-copy = Copy the id

## Inviting

invite-title = Invite to “{ $name }”
invite-who = Whom to invite?
invite-send = { $count ->
    [0] Invite
    [one] Invite 1 person
   *[other] Invite { $count } people
}
invite-sent = { $count ->
    [one] Invitation sent.
   *[other] { $count } invitations sent.
}
invite-progress = Sending the invitations
invite-progress-value = { $done } / { $total }
invite-failed = { $count ->
    [one] One person could not be invited.
   *[other] { $count } people could not be invited.
}
invite-unknown = Nobody has this address, or its server does not answer. Check it.
invite-history-invited = The people invited will see the messages written from now on.
invite-history-joined = The people invited will see the messages written after they come.
invite-history-shared = The people invited will also be able to see earlier messages of the room.
invite-history-worldReadable = Everybody can already read this room.

## Inviting many

invite-many-open = Paste a list of addresses…
invite-many-addresses = Addresses to invite
invite-many-hint = Complete addresses (@first.last:ministry.example), one a line or between commas, semicolons or spaces; { $max } at most.
invite-many-malformed = { $count ->
    [one] This word is not a complete address:
   *[other] These { $count } words are not complete addresses:
}
invite-many-stop = Stop
invite-many-invited = { $count ->
    [one] 1 person invited
   *[other] { $count } people invited
}
invite-many-already = { $count } already in the room
invite-many-unknown = { $count } unknown
invite-many-refused = { $count } refused
invite-many-left = { $count } not yet done
invite-many-report = People who were not invited
invite-many-copy = Copy the report
invite-many-line = { $who }: { $why }
invite-many-why-already = already a member, or invited
invite-many-why-banned = banned from the room
invite-many-why-unknown = nobody has this address, or its server does not answer
invite-many-why-malformed = not a complete address
invite-many-why-left = { $count ->
    [one] Stopped: 1 address was left out.
   *[other] Stopped: { $count } addresses were left out.
}

## Opening to guests

open-guests-section = Guests
open-guests-hint = Only agents can be invited to this room.
open-guests-open = Open to guests…
open-guests-title = Open “{ $name }” to guests?
open-guests-lead = People from outside the State can then be invited. They will read what is written here and the list of members.
open-guests-forever = This is for good.
open-guests-forever-lead = A room that is open to guests cannot be closed to them again. If in doubt, create another room instead.
open-guests-understood = I understand that I cannot take this back
open-guests-confirm = Open for good
open-guests-done = Guests can now be invited.
open-guests-failed = The room could not be opened to guests.

## Leaving

leave-title = Leave “{ $name }”?
leave-title-direct = Leave the conversation with { $name }?
leave-lead-private = You will no longer get its messages. To come back, a member will have to invite you.
leave-lead-public = You will no longer get its messages. You can come back whenever you like.
leave-lead-direct = You will no longer get its messages. The other person will see that you left.
leave-last = You are the last person who administers this room.
leave-last-lead = After you leave, nobody will be able to change its settings, invite or remove members. Give somebody this role first.
leave-confirm = Leave
leave-confirm-anyway = Leave anyway
leave-successor = Who will administer this room?
leave-successor-none = Nobody
leave-successor-find = Find a member
leave-confirm-successor = Appoint and leave
leave-failed = You could not leave the room.

## Invitations, and rooms one is not in

invitation-title = You are invited to a room
invitation-title-direct = Somebody wants to write to you
invitation-by-unknown = The person who invites you is not known.
invitation-hint = If you accept, the members will see that you are there. If you do not know this person, decline.
invitation-hint-direct = If you accept, you can write to each other. If you do not know this person, decline.
invitation-accept = Accept
invitation-decline = Decline
invitation-accept-failed = The invitation could not be accepted.
decline-title = Decline the invitation?
decline-lead = The invitation to “{ $name }” will disappear. You would have to be invited again to come in.
decline-ignore = Ignore this person
decline-ignore-hint = Their messages and invitations will no longer be shown, in any room.
decline-failed = The invitation could not be declined.
knocked-title = Your request is waiting
knocked-lead = You asked to come into this room. Somebody who administers it must answer.
knocked-withdraw = Withdraw the request
left-title = You are no longer in this room
left-lead = You left it, or were removed. To come back, ask a member to invite you.
gone-title = This room cannot be opened.
not-joined-close = Close
