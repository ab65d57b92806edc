## The rules of the organisation: what the page and the terminal tell of them

policies-key = Key
policies-source = Set by
policies-state = State
policies-value = Value

policies-source-default = default
policies-source-recommended = recommended
policies-source-own = your setting
policies-source-user = forced for the user
policies-source-machine = forced for the computer

policies-obeyed = in force
policies-pending = without effect in this version
policies-ignored = ignored ({ $source }): { $problem }

policies-problem-unknownKey = unknown key
policies-problem-wrongType = wrong type
policies-problem-outOfRange = out of range
policies-problem-malformed = malformed
policies-problem-unusable = unusable

policies-unknown = { $name } ({ $source }): unknown key, ignored
policies-refused = { $place } was not read: { $reason }

policies-reason-owner = does not belong to the administrator
policies-reason-writable = others than the administrator may write to it
policies-reason-link = is a symbolic link
policies-reason-shape = is neither the regular file nor the directory it should be
policies-reason-tooLarge = too large
policies-reason-unreadable = cannot be read
policies-reason-malformed = is no JSON object
