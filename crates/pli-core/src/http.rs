//! The one HTTP client: everything that leaves the laptop leaves by it.

use std::time::Duration;

mod resolver;

pub(crate) use resolver::NoSuchHost;

use pli_policy::Policy;
use reqwest::{Certificate, Client, redirect, tls};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a server may stay silent. A sync keeps quiet for 30 s by design.
const SILENCE: Duration = Duration::from_secs(60);

/// How many redirects are followed, all to the same origin.
const REDIRECTS: usize = 5;

/// What the organisation adds to the network rules.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Proxy for every host; the system's settings hold where there is none.
    pub proxy: Option<url::Url>,
    /// Certificate authorities trusted besides the system's, in PEM.
    pub extra_authorities: Vec<Vec<u8>>,
}

/// A key of the policy that names what cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what {0} names cannot be used")]
pub struct Unusable(pub &'static str);

impl Network {
    /// What a policy says of the network.
    ///
    /// # Errors
    ///
    /// The key that names a file that cannot be read or holds no certificate, or a proxy that is
    /// none.
    pub fn of(policy: &Policy) -> Result<Self, Unusable> {
        let mut network = Self::default();
        for path in &policy.extra_authorities {
            let pem = std::fs::read(path).ok().filter(|pem| is_certificates(pem));
            let pem = pem.ok_or(Unusable("ExtraAuthorities"))?;
            network.extra_authorities.push(pem);
        }
        if !network.extra_authorities.is_empty() && client(&network).is_err() {
            return Err(Unusable("ExtraAuthorities"));
        }
        if !policy.proxy_url.is_empty() {
            let proxy = url::Url::parse(&policy.proxy_url);
            network.proxy = Some(proxy.map_err(|_| Unusable("ProxyUrl"))?);
            client(&network).map_err(|_| Unusable("ProxyUrl"))?;
        }
        Ok(network)
    }
}

fn is_certificates(pem: &[u8]) -> bool {
    Certificate::from_pem_bundle(pem).is_ok_and(|certificates| !certificates.is_empty())
}

/// Why the client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the network settings are unusable")]
pub struct NetworkError(#[source] reqwest::Error);

/// Builds the client: TLS 1.2 at least, and no redirect to another origin, since a redirect
/// would carry the access token, or the user's address, to a host that nobody chose.
pub(crate) fn client(network: &Network) -> Result<Client, NetworkError> {
    let mut builder = Client::builder()
        .user_agent(concat!("Pli/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .tls_version_min(tls::Version::TLS_1_2)
        // The SDK reads an answer whole, whatever its size (matrix-sdk 0.18): what a server has to
        // send byte by byte must not swell a thousandfold here.
        .no_gzip()
        .dns_resolver(resolver::SystemResolver)
        .redirect(redirect::Policy::custom(|attempt| {
            let same_origin = attempt
                .previous()
                .last()
                .is_some_and(|previous| previous.origin() == attempt.url().origin());
            if same_origin && attempt.previous().len() <= REDIRECTS {
                attempt.follow()
            } else {
                attempt.stop()
            }
        }));
    if let Some(proxy) = &network.proxy {
        builder = builder.proxy(reqwest::Proxy::all(proxy.clone()).map_err(NetworkError)?);
    }
    let mut authorities = Vec::new();
    for pem in &network.extra_authorities {
        authorities.extend(Certificate::from_pem_bundle(pem).map_err(NetworkError)?);
    }
    builder
        .tls_certs_merge(authorities)
        .build()
        .map_err(NetworkError)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(change: impl FnOnce(&mut Policy)) -> Result<Network, Unusable> {
        let mut policy = Policy::default();
        change(&mut policy);
        Network::of(&policy)
    }

    #[test]
    fn a_policy_gives_a_proxy() {
        let proxy = "http://proxy.example:3128/";
        let network = network(|policy| policy.proxy_url = proxy.to_owned()).unwrap();
        assert_eq!(network.proxy.unwrap().as_str(), proxy);
    }

    #[test]
    fn the_key_that_names_what_cannot_be_used_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("authority.pem");
        std::fs::write(&file, "no certificate").unwrap();
        for path in [file, folder.path().join("none.pem")] {
            let path = path.to_str().unwrap().to_owned();
            let unusable = network(|policy| policy.extra_authorities = vec![path]);
            assert_eq!(unusable.err(), Some(Unusable("ExtraAuthorities")));
        }
        let unusable = network(|policy| policy.proxy_url = "http://[x".to_owned());
        assert_eq!(unusable.err(), Some(Unusable("ProxyUrl")));
    }
}
