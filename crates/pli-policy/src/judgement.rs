//! What a policy lets pass.

use crate::{LoginMethod, Policy};

/// Bytes of a megabyte.
const MEGABYTE: u64 = 1_000_000;

impl Policy {
    /// Whether one may sign in to the server of this name.
    pub fn allows_server(&self, name: &str) -> bool {
        let is_it = |named: &String| named.eq_ignore_ascii_case(name);
        self.other_servers_allowed
            || self.servers.keys().any(is_it)
            || self.guest_servers.iter().any(is_it)
            || self.email_domains.values().any(is_it)
    }

    /// Whether the accounts of a server are those of guests.
    pub fn is_guest_server(&self, name: &str) -> bool {
        self.guest_servers
            .iter()
            .any(|named| named.eq_ignore_ascii_case(name))
    }

    /// The server of an e-mail domain, where the policy tells it.
    pub fn server_of(&self, domain: &str) -> Option<&str> {
        let mut domains = self.email_domains.iter();
        let found = domains.find(|(named, _)| named.eq_ignore_ascii_case(domain));
        found.map(|(_, server)| server.as_str())
    }

    /// Whether one may sign in in this way.
    pub fn allows_login(&self, method: LoginMethod) -> bool {
        self.login_methods.contains(&method)
    }

    /// Whether a file of this name may be neither sent nor saved.
    pub fn blocks_file(&self, name: &str) -> bool {
        // Windows drops these ends of a name.
        let name = name.trim_end_matches(['.', ' ']);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        let ending = ending.unwrap_or_default();
        let mut blocked = self.blocked_file_types.iter();
        blocked.any(|blocked| blocked.eq_ignore_ascii_case(ending))
    }

    /// The most bytes of a file that may be sent, but for the server's own limit.
    pub fn upload_limit(&self) -> Option<u64> {
        let megabytes = u64::from(self.upload_limit_megabytes);
        (megabytes > 0).then_some(megabytes * MEGABYTE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_of_a_policy_are_those_of_its_three_lists() {
        let policy = Policy {
            servers: [("agent.example".to_owned(), "Ministère".to_owned())].into(),
            email_domains: [("poste.example".to_owned(), "poste-agent.example".to_owned())].into(),
            guest_servers: vec!["externe.example:8448".to_owned()],
            other_servers_allowed: false,
            ..Policy::default()
        };
        for name in [
            "agent.example",
            "Agent.Example",
            "poste-agent.example",
            "externe.example:8448",
        ] {
            assert!(policy.allows_server(name), "{name}");
        }
        for name in [
            "agent.example.evil.test",
            "evil-agent.example",
            "agent.example:8448",
            "externe.example",
            "poste.example",
            "",
        ] {
            assert!(!policy.allows_server(name), "{name}");
        }
        assert_eq!(
            policy.server_of("Poste.example"),
            Some("poste-agent.example")
        );
        assert_eq!(policy.server_of("x.poste.example"), None);
        let open = Policy {
            other_servers_allowed: true,
            ..policy
        };
        assert!(open.allows_server("evil.test"));
    }

    #[test]
    fn a_policy_that_names_no_server_and_allows_no_other_lets_nobody_in() {
        let policy = Policy {
            other_servers_allowed: false,
            ..Policy::default()
        };
        assert!(!policy.allows_server("agent.example"));
    }

    #[test]
    fn a_file_is_told_by_its_ending_however_it_is_written() {
        let policy = Policy {
            blocked_file_types: vec!["exe".to_owned(), "js".to_owned()],
            ..Policy::default()
        };
        for name in ["a.exe", "a.EXE", "a.pdf.exe", "a.exe.", "a.exe . ", ".js"] {
            assert!(policy.blocks_file(name), "{name}");
        }
        for name in ["a.exe.pdf", "exe", "a.exec", "a", "", "a."] {
            assert!(!policy.blocks_file(name), "{name}");
        }
    }

    #[test]
    fn no_limit_is_the_servers() {
        assert_eq!(Policy::default().upload_limit(), None);
        let policy = Policy {
            upload_limit_megabytes: 10,
            ..Policy::default()
        };
        assert_eq!(policy.upload_limit(), Some(10_000_000));
    }
}
