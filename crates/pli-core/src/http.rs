//! The one HTTP client: everything that leaves the laptop leaves by it.

use std::time::Duration;

mod resolver;

pub(crate) use resolver::NoSuchHost;

use reqwest::{Certificate, Client, redirect::Policy, tls};

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
        .redirect(Policy::custom(|attempt| {
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
