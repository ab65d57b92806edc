## The list

timeline-loading = Loading messages
timeline-older-loading = Loading older messages…
timeline-older-failed = Older messages could not be loaded.
timeline-open-failed = The messages of this room could not be opened.
timeline-focus-failed = This message could not be found.
timeline-to-latest = Go to the latest messages
timeline-gap = You are reading old messages.
timeline-start-direct = Start of your direct messages with { $name }
timeline-start-room = Start of { $name }
timeline-start-lead = There is nothing older.
timeline-start-encrypted = Messages are end-to-end encrypted: only people in the room can read them.
timeline-empty = No messages yet.
timeline-new = New messages
timeline-today = Today
timeline-yesterday = Yesterday
timeline-to-unread = { $count ->
    [0] Go to the first unread message
    [one] 1 unread message
   *[other] { $count } unread messages
}
timeline-to-unread-label = Go to the first unread message
timeline-mark-read = Mark as read
timeline-mark-read-failed = The room could not be marked as read.
timeline-down-count = { $count ->
    [0] Go to the latest message
    [one] 1 new message
   *[other] { $count } new messages
}
timeline-row-failed = This message cannot be shown.
timeline-typing = { $count ->
    [one] { $first } is typing…
    [2] { $first } and { $second } are typing…
    [3] { $first }, { $second } and { $third } are typing…
   *[other] Several people are typing…
}
timeline-announce = { $name }: { $words }
timeline-announce-many = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
} from { $names }

## A row

message-of = { $name }, { $time }
message-you = You
message-edited = edited
message-edited-label = This message was edited
message-mentions-you = Mentions you
message-in-thread = In a thread
message-sent = Sent
message-sending = Sending…
message-upload = Sending the file
message-upload-value = { $current } of { $total }
message-failed = Not sent
message-retry = Try again
message-delete = Delete
message-cancel = Cancel sending
message-read-by = Read by { $names }
message-read-by-more = Read by { $names } and { $count ->
    [one] 1 other
   *[other] { $count } others
}
message-redacted = Message deleted
message-redacted-by = Message deleted by { $name }
message-emote = * { $name }
message-notice = Automatic message
message-unsupported = This version of Pli cannot show this message.
message-call = Call
message-call-missed = Missed call
message-call-hint = Pli does not make calls yet.

warning-sentInClear = Received unencrypted in an encrypted room
warning-unsignedDevice = Sent from a device its owner has not verified
warning-identityChanged = This person’s identity changed since it was verified
warning-authenticityUnknown = Sender cannot be verified: restored from your backup

undecryptable-waiting = Waiting for the key of this message…
undecryptable-beforeThisDevice = Sent before this device was added.
undecryptable-beforeJoining = Sent before you joined the room.
undecryptable-withheld = The sender did not share the key with this device.
undecryptable-untrusted = Hidden: the sender’s device is not verified.
undecryptable-backupLocked = The message backup is locked on this device.
undecryptable-malformed = This message is damaged and cannot be decrypted.
undecryptable-notShared = Its key was not shared with this device.
undecryptable-withheldUnverified = The sender writes to verified devices only, and this one is not.
undecryptable-backupIncomplete = Sent before this device was added; its key is not in your backup.
undecryptable-ask = Ask for it again
undecryptable-file = Read a file of keys…
undecryptable-code = Type the recovery code…

reply-to = In reply to { $sender }: { $words }
reply-jump = Go to the original message
reply-loading = Original message…
reply-unavailable = Original message not found
reply-retry = Look for the original message again

reaction-label = { $key }, { $count ->
    [one] 1 person
   *[other] { $count } people
}: { $names }
reaction-others = and { $count ->
    [one] 1 other
   *[other] { $count } others
}

link-opens = Opens { $host }
link-failed = The link could not be opened.
spoiler = Hidden text: show
spoiler-of = Hidden text ({ $reason }): show

## Media

media-image = Image { $name }
media-image-open = Enlarge image { $name }
media-image-failed = The image could not be loaded.
media-play = Play { $name }
media-loading = Loading { $name }
media-play-failed = It could not be played. Save the file to open it another way.
media-too-large = Too large to be played here: save the file.
media-voice = Voice message
media-save = Save
media-save-label = Save { $name }
media-saved = “{ $name }” has been saved.
media-save-failed = The file could not be saved.
media-sticker = Sticker: { $name }
viewer-fit = Fit to window
viewer-actual = Actual size
viewer-zoom-in = Zoom in
viewer-zoom-out = Zoom out
viewer-zoom = { $zoom }%
size-bytes = { $value } bytes
size-kilobytes = { $value } kB
size-megabytes = { $value } MB
size-gigabytes = { $value } GB
location-copy = Copy the coordinates
location = Location
poll-open = Open poll
poll-ended = Poll ended
poll-hidden = Results will be shown when the poll ends.
poll-votes = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
poll-own = Your choice

## Actions

action-tools = Actions on the message
action-menu = Actions on the message from { $name }
action-react = React
action-react-with = React with { $key }
action-react-choose = Choose a reaction
action-react-others = More reactions
action-reply = Reply
action-edit = Edit
action-copy = Copy text
action-copied = The text has been copied.
action-copy-failed = The text could not be copied.
action-save = Save file
action-redact = Delete…
action-report = Report…
action-more = More actions
action-react-failed = The reaction could not be sent.
action-retry-failed = The message could not be sent again.
action-cancel-failed = Sending could not be cancelled.
redact-title = Delete this message?
redact-lead = It will disappear for everybody in the room. This cannot be undone.
redact-reason = Reason
redact-reason-hint = Optional, shown in the room.
redact-confirm = Delete
redact-failed = The message could not be deleted.
report-title = Report this message
report-lead = The message and your explanation will be sent to the team that runs the messaging service.
report-reason = What is going on?
report-reason-missing = Explain in a few words what is wrong.
report-confirm = Report
report-done = The message has been reported.
report-failed = The message could not be reported.

## Changes of the room

changes-joined = { $count ->
    [one] 1 arrival
   *[other] { $count } arrivals
}
changes-left = { $count ->
    [one] 1 departure
   *[other] { $count } departures
}
changes-invited = { $count ->
    [one] 1 invitation
   *[other] { $count } invitations
}
changes-profile = { $count ->
    [one] 1 profile change
   *[other] { $count } profile changes
}
changes-other = { $count ->
    [one] 1 room change
   *[other] { $count } room changes
}
change-reason = { $words } (reason: { $reason })
change-membership-joined = { $own ->
    [yes] You joined the room
   *[no] { $target } joined the room
}
change-membership-left = { $own ->
    [yes] You left the room
   *[no] { $target } left the room
}
change-membership-invited = { $own ->
    [yes] You invited { $target }
   *[no] { $sender } invited { $target }
}
change-membership-invitationAccepted = { $own ->
    [yes] You accepted the invitation
   *[no] { $target } accepted the invitation
}
change-membership-invitationRejected = { $own ->
    [yes] You declined the invitation
   *[no] { $target } declined the invitation
}
change-membership-invitationRevoked = { $own ->
    [yes] You withdrew the invitation of { $target }
   *[no] { $sender } withdrew the invitation of { $target }
}
change-membership-removed = { $own ->
    [yes] You removed { $target } from the room
   *[no] { $sender } removed { $target } from the room
}
change-membership-banned = { $own ->
    [yes] You banned { $target }
   *[no] { $sender } banned { $target }
}
change-membership-unbanned = { $own ->
    [yes] You lifted the ban of { $target }
   *[no] { $sender } lifted the ban of { $target }
}
change-membership-knocked = { $own ->
    [yes] You asked to join
   *[no] { $target } asked to join
}
change-membership-knockAccepted = { $own ->
    [yes] You accepted the request of { $target }
   *[no] { $sender } accepted the request of { $target }
}
change-membership-knockDenied = { $own ->
    [yes] You denied the request of { $target }
   *[no] { $sender } denied the request of { $target }
}
change-membership-knockRetracted = { $own ->
    [yes] You no longer ask to join
   *[no] { $target } no longer asks to join
}
change-profile-avatar = { $own ->
    [yes] You changed picture
   *[no] { $target } changed picture
}
change-roomCreated = { $own ->
    [yes] You created the room
   *[no] { $sender } created the room
}
change-room-name = { $own ->
    [yes] You renamed the room to “{ $name }”
   *[no] { $sender } renamed the room to “{ $name }”
}
change-room-name-removed = { $own ->
    [yes] You removed the name of the room
   *[no] { $sender } removed the name of the room
}
change-room-topic = { $own ->
    [yes] You changed the topic: { $topic }
   *[no] { $sender } changed the topic: { $topic }
}
change-room-topic-removed = { $own ->
    [yes] You removed the topic of the room
   *[no] { $sender } removed the topic of the room
}
change-roomAvatar = { $own ->
    [yes] You changed the picture of the room
   *[no] { $sender } changed the picture of the room
}
change-roomEncryption = { $own ->
    [yes] You turned on end-to-end encryption
   *[no] { $sender } turned on end-to-end encryption
}
change-join-public = { $own ->
    [yes] You opened the room to everybody
   *[no] { $sender } opened the room to everybody
}
change-join-invite = { $own ->
    [yes] You kept the room to people who are invited
   *[no] { $sender } kept the room to people who are invited
}
change-history-invited = { $own ->
    [yes] You made the history visible from the invitation on
   *[no] { $sender } made the history visible from the invitation on
}
change-history-joined = { $own ->
    [yes] You made the history visible from joining on
   *[no] { $sender } made the history visible from joining on
}
change-history-shared = { $own ->
    [yes] You made the whole history visible to members
   *[no] { $sender } made the whole history visible to members
}
change-history-worldReadable = { $own ->
    [yes] You made the history visible to everybody
   *[no] { $sender } made the history visible to everybody
}
change-powerLevels = { $own ->
    [yes] You changed the rights in the room
   *[no] { $sender } changed the rights in the room
}
change-pinnedEvents = { $own ->
    [yes] You changed the pinned messages
   *[no] { $sender } changed the pinned messages
}
change-upgraded = { $own ->
    [yes] You replaced this room with a new one
   *[no] { $sender } replaced this room with a new one
}
change-other = { $own ->
    [yes] You changed a setting of the room
   *[no] { $sender } changed a setting of the room
}
change-membership-other = { $target }: membership changed
change-profile-name = { $own ->
    [yes] You are now called { $name }
   *[no] { $target } is now called { $name }
}
change-profile-name-avatar = { $own ->
    [yes] You are now called { $name }, with a new picture
   *[no] { $target } is now called { $name }, with a new picture
}
change-profile-name-removed = { $own ->
    [yes] You removed your name
   *[no] { $target } removed their name
}
change-profile = { $own ->
    [yes] You changed your profile
   *[no] { $target } changed their profile
}
