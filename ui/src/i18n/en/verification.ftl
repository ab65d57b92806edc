## Being asked

verification-asked-own = A new device of your account asks to be verified.
verification-asked-own-named = A new device of your account, { $device }, asks to be verified.
verification-asked-entering = Another of your devices offers to verify this one.
verification-asked-own-detail = If you did not just sign in there, decline and tell the helpdesk.
verification-asked-person = { $name } would like to verify your identities together.
verification-asked-person-detail = Call or meet this person before you begin: you will compare what your two screens show.
verification-accept = Verify
verification-decline = Decline
verification-failed = The verification could not go on.

## Step by step

verification-title-own = Verify a device
verification-title-person = Verify { $name }
verification-give-up = Give up
verification-asking-own = Open Pli, or your other messenger, on a device that is already verified, and accept the request.
verification-asking-person = { $name } has received your request and must accept it. If need be, tell this person by voice.
verification-ready-own = The other device has answered. Choose how to verify.
verification-ready-person = { $name } has answered. Choose how to verify.
verification-way-emojis = Compare emojis
verification-way-emojis-hint = The simplest: seven pictures to compare on both screens.
verification-way-show = Show a QR code
verification-way-show-hint = The other device reads it with its camera, or from a picture.
verification-way-file = Read a QR code from a picture
verification-way-clipboard = Read a QR code from the clipboard
verification-no-way = The other application knows no way of verifying that Pli knows too.
verification-starting = Exchanging keys…
verification-emojis-own = Do both screens show these seven pictures, in the same order?
verification-emojis-person = Ask { $name }, by voice, whether their screen shows these seven pictures, in the same order.
verification-emojis = Pictures to compare
verification-numbers-own = Do both screens show these three numbers?
verification-numbers-person = Ask { $name }, by voice, whether their screen shows these three numbers.
verification-same = Yes, they are the same
verification-different = No, they differ
verification-code-own = Read this code with the other device.
verification-code-person = { $name } must read this code on your screen.
verification-code = QR code for verification
verification-scanned-own = The other device says that it has read the code. Does it show that all went well?
verification-scanned-person = The device of { $name } says that it has read the code. Ask this person whether their screen confirms it.
verification-scanned-yes = Yes, it is confirmed
verification-scanned-no = No
verification-confirmed-own = Waiting for the other device…
verification-confirmed-person = Waiting for { $name }…
verification-done-own = The device is verified. It reads your messages, and your colleagues know that it is you.
verification-done-person = The identity of { $name } is verified. Pli will tell you if it changes.
verification-done-keys = Your keys are coming from the other device; your messages will open by themselves. If nothing comes, type your recovery code.
verification-close = Done
verification-ended-here = You stopped the verification.
verification-ended-there-own = The request was declined on the other device.
verification-ended-there-person = { $name } did not go on.
verification-ended-timedOut = Nobody answered in time.
verification-ended-mismatch = The two screens did not show the same thing. Somebody may stand between you: nothing was verified. Begin again and, if it happens once more, tell the helpdesk.
verification-ended-elsewhere = The verification goes on on another of your devices.
verification-ended-failed = The two applications did not understand each other. Begin again.

## A person’s identity

identity-open = Verify identity
identity-title = Identity of { $name }
identity-verified = Identity verified
identity-verified-lead = You compared your screens with this person. Pli will tell you if their identity changes.
identity-unverified = Identity not verified
identity-unverified-lead = Your messages are encrypted in any case. Verifying an identity makes sure, besides, that nobody passes for your colleague: call or meet them, and compare your screens.
identity-changed = Identity changed
identity-changed-lead = This person is no longer the one you verified: they may have started their account afresh without their code, or somebody passes for them.
identity-noIdentity = Nothing to verify
identity-noIdentity-lead = This person has not set up encryption for their account yet.
identity-verify = Verify
identity-verify-again = Verify again
identity-withdraw = Stop requiring verification
identity-withdrawn = Pli no longer requires this identity to be verified.
identity-withdraw-failed = The choice could not be saved.
identity-verify-failed = The verification could not begin.
identity-banner = The identity of { $name } has changed since you verified it.
identity-banner-detail = Nothing is sent to this room until you have chosen. Call this person first: somebody may be passing for them.

## A new device, let in by another

recovery-verify = Verify with another device
recovery-verify-hint = Another of your devices is signed in: it can open your messages here, without the code.

## My devices

settings-devices = My devices
devices-lead = Where your account is signed in. A device that you do not recognise? Sign it out and change your password.
devices-loading = Loading devices
devices-failed = The list of your devices could not be loaded.
devices-retry = Try again
devices-current = This device
devices-verified = Verified
devices-unverified = Not verified
devices-noKeys = No encryption
devices-seen = Seen { $when }
devices-never-seen = Never seen
devices-menu = Actions for { $name }
devices-rename = Rename
devices-rename-title = Rename the device
devices-rename-name = Name of the device
devices-rename-hint = Your colleagues may see it: put nothing confidential in it.
devices-rename-save = Save
devices-rename-failed = The name could not be changed.
devices-verify = Verify
devices-verify-failed = The verification could not begin.
devices-sign-out = Sign out
devices-sign-out-others = Sign out all other devices
devices-sign-out-title = Sign { $name } out?
devices-sign-out-others-title = Sign out all other devices?
devices-sign-out-lead = Messages that were open there will no longer be. What had not been sent from there will be lost.
devices-sign-out-portal = Your account goes by your ministry’s portal and has no password. This version of Pli cannot sign out another device then. Sign out on that device itself, or ask the helpdesk.
devices-sign-out-password = Asked to make sure that it is you.
devices-sign-out-done = Done: { $count ->
    [one] one device signed out.
   *[other] { $count } devices signed out.
}
devices-sign-out-failed = The devices could not be signed out.

## The emojis, as the specification names them

sas-emoji-0 = Dog
sas-emoji-1 = Cat
sas-emoji-2 = Lion
sas-emoji-3 = Horse
sas-emoji-4 = Unicorn
sas-emoji-5 = Pig
sas-emoji-6 = Elephant
sas-emoji-7 = Rabbit
sas-emoji-8 = Panda
sas-emoji-9 = Rooster
sas-emoji-10 = Penguin
sas-emoji-11 = Turtle
sas-emoji-12 = Fish
sas-emoji-13 = Octopus
sas-emoji-14 = Butterfly
sas-emoji-15 = Flower
sas-emoji-16 = Tree
sas-emoji-17 = Cactus
sas-emoji-18 = Mushroom
sas-emoji-19 = Globe
sas-emoji-20 = Moon
sas-emoji-21 = Cloud
sas-emoji-22 = Fire
sas-emoji-23 = Banana
sas-emoji-24 = Apple
sas-emoji-25 = Strawberry
sas-emoji-26 = Corn
sas-emoji-27 = Pizza
sas-emoji-28 = Cake
sas-emoji-29 = Heart
sas-emoji-30 = Smiley
sas-emoji-31 = Robot
sas-emoji-32 = Hat
sas-emoji-33 = Glasses
sas-emoji-34 = Spanner
sas-emoji-35 = Santa
sas-emoji-36 = Thumbs Up
sas-emoji-37 = Umbrella
sas-emoji-38 = Hourglass
sas-emoji-39 = Clock
sas-emoji-40 = Gift
sas-emoji-41 = Light Bulb
sas-emoji-42 = Book
sas-emoji-43 = Pencil
sas-emoji-44 = Paperclip
sas-emoji-45 = Scissors
sas-emoji-46 = Lock
sas-emoji-47 = Key
sas-emoji-48 = Hammer
sas-emoji-49 = Telephone
sas-emoji-50 = Flag
sas-emoji-51 = Train
sas-emoji-52 = Bicycle
sas-emoji-53 = Aeroplane
sas-emoji-54 = Rocket
sas-emoji-55 = Trophy
sas-emoji-56 = Ball
sas-emoji-57 = Guitar
sas-emoji-58 = Trumpet
sas-emoji-59 = Bell
sas-emoji-60 = Anchor
sas-emoji-61 = Headphones
sas-emoji-62 = Folder
sas-emoji-63 = Pin
