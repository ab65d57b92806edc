//! Who is a guest.

use std::sync::Arc;

use matrix_sdk::ruma::UserId;
use pli_policy::Policy;

use crate::account::Account;

/// Tells guests: people whose account is on a server that the policy names as one of guests.
#[derive(Debug, Clone, Default)]
pub struct Guests(Arc<Policy>);

impl Guests {
    /// Guests by this policy.
    pub fn of(policy: Arc<Policy>) -> Self {
        Self(policy)
    }

    /// Whether somebody is a guest.
    pub fn has(&self, user_id: &UserId) -> bool {
        self.0.is_guest_server(user_id.server_name().as_str())
    }

    /// Whether nobody can be a guest.
    pub(crate) fn are_unknown(&self) -> bool {
        self.0.guest_servers.is_empty()
    }
}

impl Account {
    /// Whether the user is a guest, who creates no room and sees no directory.
    pub fn is_guest(&self) -> bool {
        self.guests().has(self.own_id())
    }

    /// Who is a guest, by the policy.
    pub fn guests(&self) -> Guests {
        Guests::of(Arc::clone(self.policy()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_are_told_by_their_server_and_nothing_else() {
        let guests = Guests::of(Arc::new(Policy {
            guest_servers: vec!["externe.example".to_owned()],
            ..Policy::default()
        }));
        let has = |guests: &Guests, id: &str| guests.has(&UserId::parse(id).unwrap());
        assert!(has(&guests, "@a:externe.example"));
        assert!(has(&guests, "@a:EXTERNE.example"));
        assert!(!has(&guests, "@externe.example:agent.example"));
        assert!(!has(&guests, "@a:externe.example.evil.test"));
        assert!(!has(&guests, "@a:externe.example:8448"), "another server");
        assert!(
            !has(&Guests::default(), "@a:externe.example"),
            "no policy, no guest"
        );
    }
}
