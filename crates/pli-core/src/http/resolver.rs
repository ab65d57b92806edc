//! The system's resolver, asked so that a name nobody has is told from a network that is down.
//!
//! The standard library tells them apart by a sentence only, which the C library translates:
//! it would have to be known in every language.

use std::{error::Error, io};

use dns_lookup::{AddrInfoHints, LookupErrorKind, SockType, getaddrinfo};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// No host has this name.
#[derive(Debug, thiserror::Error)]
#[error("no host has this name")]
pub(crate) struct NoSuchHost;

/// Asks the system, on a thread that may wait.
pub(super) struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move { tokio::task::spawn_blocking(move || lookup(name.as_str())).await? })
    }
}

fn lookup(name: &str) -> Result<Addrs, Box<dyn Error + Send + Sync>> {
    let hints = AddrInfoHints {
        socktype: SockType::Stream.into(),
        ..AddrInfoHints::default()
    };
    let found = match getaddrinfo(Some(name), None, Some(hints)) {
        Ok(found) => found,
        Err(error) => {
            return Err(match error.kind() {
                LookupErrorKind::NoName | LookupErrorKind::NoData => NoSuchHost.into(),
                _ => io::Error::from(error).into(),
            });
        }
    };
    let addresses = found.collect::<io::Result<Vec<_>>>()?;
    Ok(Box::new(addresses.into_iter().map(|found| found.sockaddr)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_a_name() {
        let addresses: Vec<_> = lookup("localhost").unwrap().collect();
        assert!(
            addresses.iter().all(|address| address.ip().is_loopback()),
            "{addresses:?}"
        );
        assert!(!addresses.is_empty());
    }

    #[test]
    fn a_name_that_cannot_be_is_unknown_whatever_the_network_does() {
        // The system refuses a label this long by itself, and asks nobody.
        let Err(error) = lookup(&"a".repeat(64)) else {
            unreachable!("no label has 64 letters");
        };
        assert!(error.is::<NoSuchHost>(), "{error:?}");
    }
}
