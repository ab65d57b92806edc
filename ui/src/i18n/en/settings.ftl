settings-open = Settings
settings-title = Settings
settings-not-saved = The setting could not be saved.
settings-managed = Managed by your organisation

settings-appearance = Appearance
settings-theme = Colours
settings-theme-system = Like the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-language = Language
settings-language-system = Like the system
settings-language-fr = Français
settings-language-en = English
settings-density = Density
settings-density-normal = Normal
settings-density-compact = Compact
settings-zoom = Display size
settings-zoom-value = { $zoom }%

settings-writing = Writing and reading
settings-enter = Enter key
settings-enter-sends = Sends the message
settings-enter-sends-hint = Shift + Enter starts a new line.
settings-enter-breaks = Starts a new line
settings-enter-breaks-hint = Shift + Enter sends the message.
settings-receipts = Read receipts
settings-receipts-hint = Others see how far you have read.
settings-typing = Typing notice
settings-typing-hint = Others see that you are writing.

settings-notifications = Notifications
settings-notification-content = What a notification shows
settings-notification-full = The sender and the message
settings-notification-full-hint = The text may appear on a shared screen.
settings-notification-sender = The sender only
settings-notification-sender-hint = The name of the person and of the room, without the text.
settings-notification-nothing = Nothing but “New message”
settings-notification-nothing-hint = No name, no text.
settings-notification-rooms = Each room can be silenced or limited to mentions in its own settings.

settings-encryption = Encryption
key-file-export = Copy the keys of your messages to a file
key-file-export-hint = To keep in a safe place, or to read them in another application. Your recovery code is enough to move to another computer.
key-file-new-passphrase = Passphrase of the file
key-file-passphrase-hint = At least { $shortest } characters. Whoever has the file and the passphrase can read your messages.
key-file-export-submit = Save the file…
key-file-exporting = Writing the keys
key-file-exported = { $count ->
    [0] There were no keys to write: the file is empty.
    [one] 1 key written.
   *[other] { NUMBER($count) } keys written.
}
key-file-exported-hint = Keep this file and its passphrase in two different places.
key-file-export-failed = The keys could not be written.
key-file-import = Read the keys of a file
key-file-import-hint = Messages that these keys open become readable on this computer.
key-file-choose = Choose a file…
key-file-passphrase = Passphrase of this file
key-file-passphrase-wrong = Or the file is damaged.
key-file-import-submit = Read the keys
key-file-importing = Reading the keys
key-file-imported = { $count ->
    [0] The file holds no keys.
    [one] 1 key read.
   *[other] { NUMBER($count) } keys read.
}
key-file-imported-new = { $count ->
    [0] This computer had them already.
    [one] 1 was new to this computer.
   *[other] { NUMBER($count) } were new to this computer.
}
key-file-import-failed = The keys could not be read.
key-file-progress = { NUMBER($done) } / { NUMBER($total) }
key-file-preparing = Preparing…

settings-account = Account
settings-server = Messaging service
settings-device = Device

settings-rules = Rules in force
rules-lead = What your organisation decides for Pli on this computer, read when it started.
rules-refused = Some rules were not read
rules-unknown = Some keys are unknown
rules-yes = yes
rules-no = no
rules-none = no value

settings-about = About
about-lead = Pli, encrypted messaging for public servants.
about-version = Version
about-support = Helpdesk
about-system = System
about-os-linux = Linux
about-os-windows = Windows
about-os-macos = macOS
about-profile = Profile
about-licence = Free software, under the European Union Public Licence (EUPL-1.2).

## Sign-out

sign-out-open = Sign out
sign-out-title = Sign out of this computer?
sign-out-lead = The account of { $name } will be removed from this computer.
sign-out-erased = Your messages, files and drafts will be erased from this computer.
sign-out-code = To read them again you will need your recovery code. Check that you have it.
sign-out-unsent = A message that has not been sent yet will be lost.
sign-out-confirm = Erase and sign out
sign-out-failed = Signing out did not work.
