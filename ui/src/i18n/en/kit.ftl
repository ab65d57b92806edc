## Words that several screens share

close = Close
cancel = Cancel
copy = Copy
copied = Copied
save = Save
retry = Try again
notifications-region = Messages from Pli
