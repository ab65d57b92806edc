starting = Opening Pli
starting-failed = Pli could not open.

first-run-help = Help · F1

## Sign-in

sign-in-title = Welcome to Pli
sign-in-lead = Encrypted messaging for public servants.
sign-in-address = Your address
sign-in-address-hint = Your work e-mail address, or the identifier given to you with your account.
sign-in-address-example = firstname.lastname@ministry.example
sign-in-address-missing = Type your address to continue.
sign-in-server = Server
sign-in-server-hint = For example matrix.ministry.example
sign-in-server-by-hand = Type the server by hand
sign-in-server-choose = Choose the messaging service from a list
sign-in-server-of = Messaging service
sign-in-server-other = Another server…
sign-in-server-found = Find the server from the address
sign-in-continue = Continue
sign-in-found = Found your ministry’s messaging service: { $server }
sign-in-found-lead = Your messages stay on its servers.
sign-in-guest = You are a guest, as your address tells.
sign-in-guest-lead = The messaging service { $server } is that of guests: you will see only the rooms to which public servants invite you. If you are a public servant, check your address, or ask the helpdesk.
sign-in-new-server = Your ministry has changed.
sign-in-new-server-lead = Your account is still on { $server }; the messaging service of your new ministry is { $new }. You can still sign in here; to change to the new one, ask the helpdesk.
sign-in-password = Password
sign-in-password-show = Show the password
sign-in-submit = Sign in
browser-lead = You sign in in your browser, and then come back to Pli.
browser-sign-in = Sign in by your ministry’s portal
browser-sign-in-with = Sign in with { $provider }
browser-waiting = Finish in your browser.
browser-waiting-lead = Pli waits until you are done on the page that just opened. Nothing opened? Copy the link and paste it into a browser on this computer.
browser-not-opened = The browser could not be opened.
browser-not-opened-lead = Copy the link and paste it into a browser on this computer; Pli waits.
browser-copy-link = Copy the link
browser-give-up = Give up
sign-in-other-address = Change address
sign-in-trouble = Trouble signing in? Your ministry’s helpdesk can help.
sign-in-trouble-contact = Trouble signing in? Your helpdesk: { $contact }
sign-in-ended-tokenRevoked = Your session was closed from elsewhere.
sign-in-ended-tokenRevoked-todo = Sign in again. If it was not you who closed it, tell the helpdesk.
sign-in-ended-accountDeactivated = Your account has been deactivated.
sign-in-ended-accountDeactivated-todo = Ask your ministry’s helpdesk.
sign-in-ended-keysLost = This computer’s keys were damaged.
sign-in-ended-keysLost-todo = Sign in again, then type your recovery code: your messages will come back from your ministry’s servers.

## The keyring did not give the key

vault-title-noKeyring = Choose a passphrase
vault-lead-noKeyring = This computer has no keyring. Your messages will be encrypted on this disk with a phrase that only you know.
vault-title-locked = The keyring of this computer is locked
vault-lead-locked = Pli keeps the key of your messages there. Unlock it, then start Pli again.
vault-title-keyMissing = The key of your messages is gone
vault-lead-keyMissing = The keyring of this computer no longer holds the key that opens your messages. Without it nobody can read them.
vault-title-passphrase = Type your passphrase
vault-lead-passphrase = It opens your messages on this computer.
vault-passphrase = Passphrase
vault-new-passphrase = New passphrase
vault-passphrase-again = The same, once more
vault-passphrase-show = Show the passphrase
vault-passphrase-hint = At least { $shortest } characters; four words or more are better. It is asked each time Pli opens, and nobody can find it for you.
vault-passphrase-short = At least { $shortest } characters are needed.
vault-passphrase-different = The two phrases are not the same.
vault-open = Open Pli

afresh-open = Start afresh on this computer
afresh-title = Start afresh on this computer?
afresh-lead = The copy of your messages on this computer will be erased.
afresh-lost = What has not been sent yet, and your drafts, will be lost.
afresh-kept = Your rooms stay on your ministry’s messaging service: sign in again, then type your recovery code to read your old messages.
afresh-confirm = Erase and start afresh

## The store cannot be used

store-todo = What to do
store-title-inUse = Pli is already open
store-lead-inUse = Another window of Pli is using this account on this computer.
store-todo-inUse = Go to the other window. If you cannot find it, restart the computer.
store-title-tooNew = Your messages were opened by a newer Pli
store-lead-tooNew = This version cannot read them and will not damage them.
store-todo-tooNew = Install the latest version of Pli.
store-title-wrongKey = The key does not open your messages
store-lead-wrongKey = The key found on this computer is not the one that closed your messages.
store-todo-wrongKey = If the keyring was changed or restored, put the old one back. Otherwise start afresh.
store-title-diskFull = The disk is full
store-lead-diskFull = Pli can no longer save anything on this computer.
store-todo-diskFull = Free some space, then start Pli again. Nothing was lost.
store-title-unreadable = Your messages cannot be read from this disk
store-lead-unreadable = The file that holds them is damaged and could not be repaired.
store-todo-unreadable = Start Pli again. If it goes on, tell the helpdesk before starting afresh.

history-lost = The copy of your messages on this computer was damaged.
history-lost-detail = It was set aside; your messages are coming back from your ministry’s servers.
keys-restored = Your encryption keys on this computer were damaged; Pli restored them from their copy, and there is nothing for you to do.

## Recovery

recovery-code = Recovery code
recovery-keep = Keep the code
recovery-saved = Saved
recovery-print = Print
recovery-print-title = Recovery code of { $user }
recovery-show-title = Your recovery code
recovery-show-lead = It opens your messages again if you change computers. Nobody else has it, not even the helpdesk.
recovery-set-up-failed = The code could not be made.
recovery-ending = To check, type the last 4 characters
recovery-ending-hint = First keep the code away from this computer: a password manager, or paper in a safe place.
recovery-ending-wrong = These are not the last characters of the code above.
recovery-confirm = I have kept it
recovery-enter-title = Find your messages again
recovery-enter-lead = Type the recovery code you received at your first sign-in. It also proves to your colleagues that this computer is yours.
recovery-enter-hint = Groups of four characters; spaces do not matter.
recovery-enter-submit = Open my messages
recovery-lost = I no longer have my code
recovery-reset-title = Go on without the old code
recovery-reset-lead = A new code will be made. This is what changes:
recovery-reset-lost = Your old encrypted messages can no longer be read on this computer, unless another of your computers is still signed in.
recovery-reset-seen = Your colleagues will see that your identity has changed and may have to verify it.
recovery-reset-kept = Your rooms and contacts stay the same.
recovery-reset-password = Asked to make sure it is you.
recovery-reset-browser = Your ministry’s portal will ask you, in the browser, to confirm that it is you.
recovery-reset-submit = Make a new code
recovery-reset-back = Go back

## This device has lost the keys of its user

access-lost = This computer can no longer reach your keys.
access-lost-todo = They were replaced from another device. What is here can still be read; to write and to read on, type your new code.
access-noRecovery = Your keys are no longer backed up.
access-noRecovery-todo = Another application has ended the backup. Keep this computer signed in, and tell the helpdesk.
access-title = Recovery code
access-lead = It lets this computer reach your keys again. If you replaced it from another device, type the new one.
access-done = This computer can reach your keys again.
