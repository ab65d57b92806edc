## Messages that disappear

timer-title = Disappearing messages
timer-off = Never
timer-own = Another time…
timer-number = Time
timer-unit = Unit
timer-unit-minutes = minutes
timer-unit-hours = hours
timer-unit-days = days
timer-save = Apply
timer-cancel = Cancel
timer-wrong = Write a whole number.
timer-failed = The time could not be changed.
timer-meaning = New messages disappear from every device that uses Pli after this time, then from the server.
timer-others = Messages already sent keep their own; a screenshot or another application may keep them.
timer-refused = Only those who run the room can change it.
timer-server = The server erases messages of this room after { $time }.
timer-device = Your organisation erases every message from this device after { $time }.

lifetime-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
lifetime-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
lifetime-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
lifetime-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
lifetime-menu = Life of the next message
lifetime-room = As the room has it: { $time }
lifetime-room-off = Without a limit, as the room
lifetime-label = Life of the next message: { $time }
lifetime-label-off = Make the next message disappear

ends-in-seconds = { $count ->
    [one] Disappears in { $count } second
   *[other] Disappears in { $count } seconds
}
ends-in-minutes = { $count ->
    [one] Disappears in { $count } minute
   *[other] Disappears in { $count } minutes
}
ends-in-hours = { $count ->
    [one] Disappears in { $count } hour
   *[other] Disappears in { $count } hours
}
ends-in-days = { $count ->
    [one] Disappears in { $count } day
   *[other] Disappears in { $count } days
}
ends-short-seconds = { $count } s
ends-short-minutes = { $count } min
ends-short-hours = { $count } h
ends-short-days = { $count } d

reply-gone = The original message has disappeared

change-timer-set = { $own ->
    [yes] You made new messages disappear after { $time }
   *[no] { $sender } made new messages disappear after { $time }
}
change-timer-off = { $own ->
    [yes] You turned off disappearing messages
   *[no] { $sender } turned off disappearing messages
}
