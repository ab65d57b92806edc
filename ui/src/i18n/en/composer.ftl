## The editor

composer-region = Write
composer-label-room = Message to { $room }
composer-placeholder = Write a message…
composer-placeholder-encrypted = Write an encrypted message…
composer-placeholder-reply = Write a reply…
composer-placeholder-edit = Edit the message…
composer-send = Send
composer-save = Save
composer-forbidden = You can read this room, but not write to it.
composer-offline = Offline: your message will leave when the network is back.
composer-too-long = This text is too long for one message. Shorten it, or attach it as a file.
composer-send-failed = The message could not be sent.
composer-edit-failed = The message could not be edited.
composer-edit-gone = This message cannot be edited.

## Toolbar

composer-toolbar = Formatting
composer-more = More formatting
composer-less = Less formatting
format-bold = Bold
format-italic = Italic
format-strike = Strikethrough
format-code = Code
format-code-block = Code block
format-list = Bulleted list
format-ordered-list = Numbered list
format-quote = Quote
format-link = Link
link-title = Link
link-words = Text
link-address = Address
link-address-hint = For example www.example.gov/note
link-address-error = This address is not valid. Enter a web address or an e-mail address.
link-apply = Apply
link-remove = Remove the link

## Reply and edit

banner-reply = Reply to { $name }
banner-reply-message = Reply to a message
banner-edit = Editing the message
banner-reply-cancel = Stop replying
banner-edit-cancel = Cancel editing

## Completion

mention-list = People to mention
mention-room = The whole room
mention-room-detail = notifies all members
mention-count = { $count ->
    [0] Nobody
    [one] 1 person suggested
   *[other] { $count } people suggested
}

## Emojis

emoji-button = Insert an emoji
emoji-search = Search for an emoji
emoji-search-placeholder = Search: smile, thanks, flag…
emoji-list = Emojis
emoji-none = No emoji for “{ $typed }”.
emoji-count = { $count ->
    [0] No emoji
    [one] 1 emoji found
   *[other] { $count } emojis found
}
emoji-group-recent = Recent
emoji-group-found = Results
emoji-group-0 = Smileys and emotion
emoji-group-1 = People and gestures
emoji-group-3 = Animals and nature
emoji-group-4 = Food and drink
emoji-group-5 = Travel and places
emoji-group-6 = Activities
emoji-group-7 = Objects
emoji-group-8 = Symbols
emoji-group-9 = Flags
emoji-tone = Skin tone
emoji-tone-0 = Default
emoji-tone-1 = Light skin
emoji-tone-2 = Medium-light skin
emoji-tone-3 = Medium skin
emoji-tone-4 = Medium-dark skin
emoji-tone-5 = Dark skin

## Attachments

attach = Attach files
attach-failed = The file could not be attached.
attach-send-failed = “{ $name }” could not be sent.
tray = Files to send
tray-caption = Caption of { $name }
tray-caption-placeholder = Caption
tray-remove = Remove { $name }
tray-too-large = Too large
tray-too-large-limit = Over the limit of { $limit }
tray-blocked = A type of file that your organisation blocks
tray-remove-first = Remove the refused files before sending.
drop-title = Drop to attach
drop-room = Nothing is sent to “{ $room }” until you agree.

## Keys

key-message-send = Send, or break the line, as set
key-message-break = Break the line, or send, as set
key-message-send-always = Send in any case
key-message-edit-last = Edit your last message (nothing written)
key-message-reply-last = Reply to the last message
key-composer-leave = Leave the reply or the edit
key-format-bold = Bold
key-format-italic = Italic
key-format-code = Code
key-attach = Attach files

## Who came in

newcomers = { $count ->
    [one] One new person in this room: { $names }.
   *[other] { $count } new people in this room: { $names }.
}
newcomers-more = { $count ->
    [one] 1 other
   *[other] { $count } others
}
newcomers-read = { $count ->
    [one] This person will read what comes next.
   *[other] They will read what comes next.
}
newcomers-seen = Seen

## Guests

guests-read = { $count ->
    [one] A guest will read this message:
   *[other] { $count } guests will read this message:
}
guests-more = { $count ->
    [one] 1 other
   *[other] { $count } others
}
guest-files-title = { $count ->
    [one] A guest will get these files
   *[other] { $count } guests will get these files
}
guest-files-lead = People from outside the State are in this room: { $names }.
guest-files-once = If you agree, you will not be asked again for this room on this device.
guest-files-confirm = Send
