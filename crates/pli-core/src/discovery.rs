//! Which server an address lives on (spec: Client-Server API, "Server discovery").

use matrix_sdk::ruma::{OwnedUserId, UserId};
use pli_policy::{LoginMethod, Policy};
use reqwest::Client;
use serde::Deserialize;
use url::{Host, Url};

mod answer;

use self::answer::get;
pub(crate) use self::answer::reason;

/// Most bytes of an address or a server: user ids have 255 at most.
const MAX_TYPED: usize = 512;

/// A server found, and what it accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// Server name.
    pub server_name: String,
    /// Base URL of the client-server API.
    pub base_url: Url,
    /// Full user id, when the address tells it.
    pub user_id: Option<OwnedUserId>,
    /// Whether a password is accepted.
    pub password: bool,
}

/// Why no server was found.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// What was typed is neither an address nor a server.
    #[error("malformed address")]
    Malformed,
    /// No host has this name.
    #[error("unknown server")]
    UnknownServer,
    /// The host cannot be reached now.
    #[error("the server cannot be reached")]
    Offline,
    /// Something answers that is not a Matrix server.
    #[error("not a Matrix server")]
    NotMatrix,
    /// The policy of the organisation does not allow this server.
    #[error("a server that the policy does not allow")]
    NotAllowed,
    /// The policy allows no way to sign in that Pli knows.
    #[error("the policy does not allow passwords")]
    PasswordNotAllowed,
    /// Its certificate has expired.
    #[error("the certificate has expired")]
    CertificateExpired,
    /// Its certificate is not trusted.
    #[error("the certificate is not trusted")]
    CertificateInvalid,
}

#[derive(Deserialize)]
struct WellKnown {
    #[serde(rename = "m.homeserver")]
    homeserver: WellKnownServer,
}

#[derive(Deserialize)]
struct WellKnownServer {
    base_url: String,
}

#[derive(Deserialize)]
struct Versions {
    versions: Vec<String>,
}

#[derive(Deserialize)]
struct Flows {
    flows: Vec<Flow>,
}

#[derive(Deserialize)]
struct Flow {
    r#type: String,
}

/// Finds the server of `address`, or the one typed by hand; speaks to none that `policy` does not
/// allow.
///
/// # Errors
/// Each variant of [`DiscoveryError`] is a different thing to tell the user.
pub async fn discover(
    http: &Client,
    policy: &Policy,
    address: &str,
    server: Option<&str>,
) -> Result<Discovered, DiscoveryError> {
    let address = address.trim();
    let user_id = UserId::parse(address).ok();
    let typed = server.map(str::trim).filter(|server| !server.is_empty());
    if address.len() > MAX_TYPED || typed.is_some_and(|typed| typed.len() > MAX_TYPED) {
        return Err(DiscoveryError::Malformed);
    }
    let place = match (typed, &user_id) {
        (Some(typed), _) => typed.to_owned(),
        (None, Some(user_id)) => user_id.server_name().to_string(),
        (None, None) => {
            let domain = domain(address).ok_or(DiscoveryError::Malformed)?;
            let mapped = policy.server_of(&domain).map(str::to_owned);
            mapped.unwrap_or(domain)
        }
    };
    if user_id
        .as_ref()
        .is_some_and(|id| !policy.allows_server(id.server_name().as_str()))
    {
        return Err(DiscoveryError::NotAllowed);
    }
    if !policy.allows_login(LoginMethod::Password) {
        return Err(DiscoveryError::PasswordNotAllowed);
    }
    let (server_name, base_url) = base_url(http, policy, &place).await?;
    let server_name = user_id
        .as_ref()
        .map_or(server_name, |id| id.server_name().to_string());
    let versions: Versions = get(http, &base_url, "_matrix/client/versions").await?;
    if versions.versions.is_empty() {
        return Err(DiscoveryError::NotMatrix);
    }
    let flows: Flows = get(http, &base_url, "_matrix/client/v3/login").await?;
    Ok(Discovered {
        server_name,
        base_url,
        user_id,
        password: flows.flows.iter().any(|f| f.r#type == "m.login.password"),
    })
}

/// The domain of an e-mail address, or a bare server name.
fn domain(address: &str) -> Option<String> {
    let place = address
        .rsplit_once('@')
        .map_or(address, |(_, domain)| domain);
    let plausible = !place.is_empty()
        && place.contains(['.', ':'])
        && !place.contains(|c: char| c.is_whitespace() || c == '/');
    plausible.then(|| place.to_owned())
}

/// Server name and base URL of what was typed: a URL, or a server name with or without port.
async fn base_url(
    http: &Client,
    policy: &Policy,
    place: &str,
) -> Result<(String, Url), DiscoveryError> {
    if place.starts_with("https://") || place.starts_with("http://") {
        let url = Url::parse(place).map_err(|_| DiscoveryError::Malformed)?;
        return Ok((permitted(policy, authority(&url)?)?, allowed(url)?));
    }
    let secure = Url::parse(&format!("https://{place}")).map_err(|_| DiscoveryError::Malformed)?;
    let name = permitted(policy, authority(&secure)?)?;
    let root = if is_loopback(&secure) {
        Url::parse(&format!("http://{place}")).map_err(|_| DiscoveryError::Malformed)?
    } else {
        secure
    };
    match get::<WellKnown>(http, &root, ".well-known/matrix/client").await {
        Ok(found) => {
            let url = Url::parse(&found.homeserver.base_url);
            Ok((name, allowed(url.map_err(|_| DiscoveryError::NotMatrix)?)?))
        }
        // No such page: the server is where its name says.
        Err(DiscoveryError::NotMatrix) => Ok((name, root)),
        Err(other) => Err(other),
    }
}

fn permitted(policy: &Policy, name: String) -> Result<String, DiscoveryError> {
    if policy.allows_server(&name) {
        Ok(name)
    } else {
        Err(DiscoveryError::NotAllowed)
    }
}

fn authority(url: &Url) -> Result<String, DiscoveryError> {
    let host = url.host_str().ok_or(DiscoveryError::Malformed)?;
    Ok(url
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// Refuses clear HTTP anywhere but on this machine.
fn allowed(url: Url) -> Result<Url, DiscoveryError> {
    if url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)) {
        Ok(url)
    } else {
        Err(DiscoveryError::CertificateInvalid)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_of_an_address_is_where_to_look() {
        assert_eq!(
            domain("camille@interieur.example").as_deref(),
            Some("interieur.example")
        );
        assert_eq!(
            domain("interieur.example").as_deref(),
            Some("interieur.example")
        );
        assert_eq!(domain("localhost:8008").as_deref(), Some("localhost:8008"));
        assert_eq!(
            domain("camille"),
            None,
            "a local part alone names no server"
        );
        assert_eq!(
            domain("a b.example"),
            None,
            "no server has a space in its name"
        );
    }

    #[test]
    fn clear_http_is_for_this_machine_only() {
        let url = |text| Url::parse(text).unwrap();
        assert!(allowed(url("http://localhost:8008")).is_ok());
        assert!(allowed(url("http://[::1]:8008")).is_ok());
        assert!(allowed(url("http://matrix.example")).is_err());
        assert!(allowed(url("http://localhost.example")).is_err());
        assert!(allowed(url("https://matrix.example")).is_ok());
    }

    /// Reads the request to its end before it closes: a socket closed with bytes unread is
    /// reset, and a reset may reach the client before the answer does.
    async fn answer_nope(mut stream: tokio::net::TcpStream) {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut request).await.unwrap() == 0 {
                return;
            }
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nnope";
        stream.write_all(answer).await.unwrap();
    }

    #[tokio::test]
    async fn what_answers_without_speaking_matrix_is_told_from_silence() {
        let http = crate::http::client(&crate::http::Network::default()).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let page = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                answer_nope(stream).await;
            }
        });
        let policy = Policy::default();
        let address = format!("@a:127.0.0.1:{port}");
        let found = discover(&http, &policy, &address, None).await;
        assert!(matches!(found, Err(DiscoveryError::NotMatrix)), "{found:?}");
        page.abort();
        let _ = page.await;
        let found = discover(&http, &policy, &address, None).await;
        assert!(matches!(found, Err(DiscoveryError::Offline)), "{found:?}");
    }

    /// Nothing that is asked for is ever reached.
    async fn refused(policy: &Policy, address: &str, server: Option<&str>) -> DiscoveryError {
        let network = crate::http::Network {
            proxy: Some("http://127.0.0.1:9".parse().unwrap()),
            ..crate::http::Network::default()
        };
        let http = crate::http::client(&network).unwrap();
        discover(&http, policy, address, server).await.unwrap_err()
    }

    #[tokio::test]
    async fn a_server_that_the_policy_does_not_allow_is_refused_however_it_is_named() {
        let policy = Policy {
            servers: [("agent.example".to_owned(), "Ministère".to_owned())].into(),
            email_domains: [("poste.example".to_owned(), "agent.example".to_owned())].into(),
            other_servers_allowed: false,
            ..Policy::default()
        };
        for (address, server) in [
            ("@a:evil.test", None),
            ("a@evil.test", None),
            ("evil.test", None),
            ("a", Some("evil.test")),
            ("a", Some("https://evil.test")),
            ("a", Some("https://agent.example@evil.test/")),
            ("a", Some("https://evil.test/agent.example")),
            ("a", Some("agent.example.evil.test")),
            ("@a:evil.test", Some("agent.example")),
            ("@a:agent.example", Some("evil.test")),
        ] {
            let error = refused(&policy, address, server).await;
            assert!(
                matches!(error, DiscoveryError::NotAllowed),
                "{address} {server:?}: {error:?}"
            );
        }
        for (address, server) in [
            ("@a:agent.example", None),
            ("a@poste.example", None),
            ("a", Some("agent.example")),
            ("a", Some("https://agent.example/")),
        ] {
            let error = refused(&policy, address, server).await;
            assert!(
                matches!(error, DiscoveryError::Offline),
                "it was asked: {address} {server:?}: {error:?}"
            );
        }
    }

    #[tokio::test]
    async fn without_passwords_no_server_is_asked() {
        let policy = Policy {
            login_methods: vec![LoginMethod::Sso],
            ..Policy::default()
        };
        let error = refused(&policy, "@a:agent.example", None).await;
        assert!(
            matches!(error, DiscoveryError::PasswordNotAllowed),
            "{error:?}"
        );
    }
}
