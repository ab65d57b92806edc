## Looking for people

people-placeholder = Name or full address
people-results = People found
people-hint = Type a name, or a full address such as @first.last:ministry.example.
people-none = Nobody matches “{ $typed }”. A full address (@first.last:ministry.example) invites somebody from another ministry.
people-searching = Searching
people-failed = The directory did not answer.
people-self = This is you
people-chosen = Already chosen
people-chips = People chosen
people-remove = Remove
people-failed-chip = Failed
people-joined = Already a member
people-invited = Already invited
people-banned = Banned from the room

## The list of a room

members-filter = Filter the members
members-loading = Loading the members
members-failed = The list of members could not be loaded.
members-export = Export the list
members-exported = List saved: { $name }
members-export-failed = The list could not be exported.
members-none = No member matches “{ $filter }”.
members-section-joined = Members · { $count }
members-section-invited = Invited · { $count }
members-section-banned = Banned · { $count }
room-guests = { $count ->
    [one] 1 guest
   *[other] { $count } guests
}
member-guest = Guest
member-own = You
member-ignored = Ignored
member-role-creator = Created the room
member-role-administrator = Administrator
member-role-moderator = Moderator
member-menu = Actions for { $name }
member-write = Write in private
member-copy-id = Copy the address
member-id-copied = Address copied.
member-id-not-copied = The address could not be copied.
member-reason = Reason (optional)
member-reason-hint = The person and the members of the room will see it.

## Roles

member-role = Change the role
member-role-title = Role of { $name }
member-role-title-own = Your role in the room
member-role-choose = Role
member-role-confirm = Change the role
member-role-confirm-anyway = Change anyway
member-role-done = { $name }: role “{ $role }”.
member-role-failed = The role could not be changed.
member-role-warning-equal = { $name } will have as many rights as you: you will not be able to go back.
member-role-warning-self = You will lose rights, and only somebody else who administers the room can give them back to you.
member-role-warning-lastAdministrator = You are the last person who administers this room. After this change nobody will.
role-user = Member
role-user-hint = Reads and writes.
role-moderator = Moderator
role-moderator-hint = Can also delete messages and remove people.
role-administrator = Administrator
role-administrator-hint = Can change everything, roles included.

## Acts

member-remove = Remove from the room
member-remove-title = Remove { $name } from the room?
member-remove-lead = This person will no longer get the messages. They can come back if they are invited.
member-remove-confirm = Remove
member-remove-done = { $name } was removed from the room.
member-remove-failed = This person could not be removed.
member-uninvite = Withdraw the invitation
member-uninvite-title = Withdraw the invitation of { $name }?
member-uninvite-lead = This person will no longer be able to come in, unless they are invited again.
member-uninvite-confirm = Withdraw the invitation
member-uninvite-done = The invitation of { $name } is withdrawn.
member-uninvite-failed = The invitation could not be withdrawn.
member-ban = Ban from the room
member-ban-title = Ban { $name } from the room?
member-ban-lead = This person will be removed and cannot be invited again until the ban is lifted.
member-ban-confirm = Ban
member-ban-done = { $name } is banned from the room.
member-ban-failed = This person could not be banned.
member-unban = Lift the ban
member-unban-title = Lift the ban of { $name }?
member-unban-lead = This person can be invited again. They do not come back by themselves.
member-unban-confirm = Lift the ban
member-unban-done = { $name } is no longer banned.
member-unban-failed = The ban could not be lifted.
member-ignore = Ignore this person
member-ignore-title = Ignore { $name }?
member-ignore-lead = You will no longer see their messages or invitations, in any room. They will not know.
member-ignore-confirm = Ignore
member-ignore-done = { $name } is ignored.
member-ignore-failed = This person could not be ignored.
member-unignore = Stop ignoring
member-unignore-title = Stop ignoring { $name }?
member-unignore-lead = Their messages and invitations will be shown again.
member-unignore-confirm = Stop ignoring
member-unignore-done = { $name } is no longer ignored.
member-unignore-failed = This change could not be saved.
