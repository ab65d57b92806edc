//! E-mail addresses, as far as a ministry gives them out.

/// Longest address that mail servers take (RFC 5321).
const LONGEST: usize = 254;

/// Longest part before the `@`.
const LONGEST_LOCAL: usize = 64;

/// Longest part between two dots of a domain.
const LONGEST_LABEL: usize = 63;

/// An address whose syntax is good. No `Debug`: it names a person.
pub(super) struct Email<'a> {
    address: &'a str,
    domain: &'a str,
}

impl<'a> Email<'a> {
    /// Reads an address: a dot-atom before the `@`, a domain of ASCII labels after it. What was
    /// meant otherwise would be answered by no server, or by the one of guests.
    pub(super) fn parse(address: &'a str) -> Option<Self> {
        let (local, domain) = address.split_once('@')?;
        let good = address.len() <= LONGEST && is_local(local) && is_domain(domain);
        good.then_some(Self { address, domain })
    }

    /// As it is looked up: nobody has two accounts that differ in their case.
    pub(super) fn canonical(&self) -> String {
        self.address.to_ascii_lowercase()
    }

    /// What follows the `@`.
    pub(super) fn domain(&self) -> &'a str {
        self.domain
    }
}

fn is_local(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= LONGEST_LOCAL && local.split('.').all(is_atom)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LONGEST_LABEL
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(is_label)
        // Not an IP address.
        && top.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_that_people_have_are_taken() {
        for address in [
            "camille@interieur.example",
            "Camille.Le-Goff@pref.interieur.example",
            "camille+pli@xn--prfecture-b4a.example",
            "c@a.fr",
        ] {
            assert!(Email::parse(address).is_some(), "{address}");
        }
        let email = Email::parse("Camille@Interieur.example").unwrap();
        assert_eq!(email.canonical(), "camille@interieur.example");
        assert_eq!(email.domain(), "Interieur.example");
    }

    #[test]
    fn what_is_no_address_is_refused_before_anybody_is_asked() {
        let long_local = format!("{}@interieur.example", "a".repeat(65));
        let long_label = format!("a@{}.example", "a".repeat(64));
        let long = format!("a@{}example", "interieur.".repeat(25));
        for address in [
            "",
            "@",
            "camille",
            "interieur.example",
            "@camille:interieur.example",
            "camille@",
            "@interieur.example",
            "camille@interieur",
            "camille@@interieur.example",
            "camille@x@interieur.example",
            "camille le goff@interieur.example",
            "camille..x@interieur.example",
            ".camille@interieur.example",
            "camille@interieur..example",
            "camille@-interieur.example",
            "camille@interieur.example.",
            "camille@interieur.example:8448",
            "camille@interieur.example/_matrix",
            "camille@127.0.0.1",
            "camille@[127.0.0.1]",
            "\"camille\"@interieur.example",
            "camille@intérieur.example",
            "camille\r\n@interieur.example",
            &long_local,
            &long_label,
            &long,
        ] {
            assert!(Email::parse(address).is_none(), "{address:?}");
        }
    }
}
