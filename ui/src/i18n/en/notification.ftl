## Desktop notifications (worded by the program, outside the page)

notification-new = New message
notification-from = Message from { $sender }
notification-says = { $sender }: { $text }
notification-invitation = { $sender } invites you
notification-image = Image
notification-video = Video
notification-audio = Audio message
notification-file = File: { $name }
notification-sticker = Sticker
notification-poll = Poll: { $question }
notification-location = Place
notification-call = Call
notification-verify = Somebody asks to verify your identities together
notification-verify-person = { $sender } asks to verify your identities together
notification-verify-own = Another of your devices asks for a verification
notification-open = Open
