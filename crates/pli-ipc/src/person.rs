//! People to what the page draws of them.

use std::sync::Arc;

use pli_core::{account::Account, guest::Guests, media::Media, timeline::Person};

use crate::wire::Sender;

/// What drawing people takes: their pictures, and who of them is a guest.
#[derive(Clone, Default)]
pub(crate) struct People {
    /// Ids of pictures.
    pub(crate) media: Arc<Media>,
    /// Who is a guest.
    pub(crate) guests: Guests,
}

impl People {
    pub(crate) fn of(account: &Account) -> Self {
        Self {
            media: Arc::clone(account.media()),
            guests: account.guests(),
        }
    }

    /// A person, as the page draws them.
    pub(crate) fn sender(&self, person: &Person) -> Sender {
        let avatar = person.avatar.as_deref();
        Sender {
            user_id: person.user_id.to_string(),
            name: person.name.clone(),
            ambiguous: person.ambiguous,
            avatar: avatar.and_then(|uri| self.media.avatar_id(uri)),
            guest: self.guests.has(&person.user_id),
        }
    }

    pub(crate) fn senders(&self, people: &[Person]) -> Vec<Sender> {
        people.iter().map(|person| self.sender(person)).collect()
    }
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::OwnedUserId;
    use pli_policy::Policy;

    use super::*;

    #[test]
    fn a_guest_crosses_as_one() {
        let policy = Policy {
            guest_servers: vec!["externe.example".to_owned()],
            ..Policy::default()
        };
        let people = People {
            guests: Guests::of(Arc::new(policy)),
            ..People::default()
        };
        let guest = |id: &str| {
            let id: OwnedUserId = id.try_into().unwrap();
            people.sender(&Person::new(&id, None)).guest
        };
        assert!(guest("@ana:externe.example"));
        assert!(!guest("@yann:agent.example"));
    }
}
