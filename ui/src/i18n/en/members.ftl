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
