//! Which server an address lives on.
//!
//! An e-mail address is asked of the servers that the policy lists ([`lookup`]); without an
//! answer, the policy tells the server of its domain, or else the domain itself (spec:
//! Client-Server API, "Server discovery").

use matrix_sdk::ruma::{OwnedServerName, OwnedUserId, UserId};
use pli_policy::{LoginMethod, Policy};
use reqwest::Client;
use serde::Deserialize;
use url::{Host, Url};

mod answer;
mod email;
mod lookup;

pub(crate) use self::answer::reason;
use self::{answer::get, email::Email, lookup::Told};

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
    /// Whether a password is accepted, by it and by the policy.
    pub password: bool,
    /// The portals by which one may sign in in the browser; none of them: the server has one, or
    /// chooses. `None` where it, or the policy, does not allow that.
    pub sso: Option<Vec<IdentityProvider>>,
    /// Whether the policy says that its accounts are those of guests.
    pub guest: bool,
    /// The server of the ministry that the person has come to since, where they are still on
    /// another.
    pub new_server: Option<OwnedServerName>,
}

/// A portal by which one may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct IdentityProvider {
    /// What the server calls it.
    pub id: String,
    /// What to call it.
    pub name: String,
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
    /// The policy allows none of the ways to sign in that Pli knows, or that the server has.
    #[error("the policy does not allow the ways to sign in")]
    LoginNotAllowed,
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
    #[serde(default)]
    identity_providers: Vec<IdentityProvider>,
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
    if user_id
        .as_ref()
        .is_some_and(|id| !policy.allows_server(id.server_name().as_str()))
    {
        return Err(DiscoveryError::NotAllowed);
    }
    if !known_ways().any(|way| policy.allows_login(way)) {
        return Err(DiscoveryError::LoginNotAllowed);
    }
    let (place, new_server) = match (typed, &user_id) {
        (Some(typed), _) => (typed.to_owned(), None),
        (None, Some(user_id)) => (user_id.server_name().to_string(), None),
        (None, None) if address.contains('@') => place_of(http, policy, address).await?,
        (None, None) => (by_domain(policy, &server_name(address)?), None),
    };
    let (server_name, base_url) = base_url(http, policy, &place).await?;
    let server_name = user_id
        .as_ref()
        .map_or(server_name, |id| id.server_name().to_string());
    speaks_matrix(http, &base_url).await?;
    let flows: Flows = get(http, &base_url, "_matrix/client/v3/login").await?;
    let (password, sso) = ways(policy, flows)?;
    Ok(Discovered {
        guest: policy.is_guest_server(&server_name),
        server_name,
        base_url,
        user_id,
        password,
        sso,
        new_server,
    })
}

/// The ways to sign in that this version of Pli knows.
fn known_ways() -> impl Iterator<Item = LoginMethod> {
    [LoginMethod::Password, LoginMethod::Sso].into_iter()
}

/// Of the ways that a server offers, those that the policy allows: by a password, by a portal.
fn ways(
    policy: &Policy,
    offered: Flows,
) -> Result<(bool, Option<Vec<IdentityProvider>>), DiscoveryError> {
    let mut flows = offered.flows;
    flows.retain(|flow| matches!(flow.r#type.as_str(), "m.login.password" | "m.login.sso"));
    let offers_some = !flows.is_empty();
    let password = policy.allows_login(LoginMethod::Password)
        && flows.iter().any(|flow| flow.r#type == "m.login.password");
    let sso = flows.into_iter().find(|flow| flow.r#type == "m.login.sso");
    let sso = sso.filter(|_| policy.allows_login(LoginMethod::Sso));
    let sso = sso.map(|flow| flow.identity_providers);
    if offers_some && !password && sso.is_none() {
        return Err(DiscoveryError::LoginNotAllowed);
    }
    Ok((password, sso))
}

/// The server of an e-mail address, and the one that its owner has come to since.
async fn place_of(
    http: &Client,
    policy: &Policy,
    address: &str,
) -> Result<(String, Option<OwnedServerName>), DiscoveryError> {
    let email = Email::parse(address).ok_or(DiscoveryError::Malformed)?;
    match lookup::ask(http, policy, &email).await {
        Told::At(place) if !policy.allows_server(place.hs.as_str()) => {
            Err(DiscoveryError::NotAllowed)
        }
        Told::At(place) => {
            let new = place.new_hs.filter(|new| !lookup::is_same(new, &place.hs));
            Ok((place.hs.to_string(), new))
        }
        told => {
            let place = by_domain(policy, email.domain());
            match told {
                // Were its domain asked, an answer of that kind would hide this one.
                Told::Silence(error) if !policy.allows_server(&place) => Err(error),
                _ => Ok((place, None)),
            }
        }
    }
}

/// The server of a domain: the one that the policy tells, or else of that name.
fn by_domain(policy: &Policy, domain: &str) -> String {
    policy.server_of(domain).unwrap_or(domain).to_owned()
}

/// A bare server name.
fn server_name(place: &str) -> Result<String, DiscoveryError> {
    let plausible =
        place.contains(['.', ':']) && !place.contains(|c: char| c.is_whitespace() || c == '/');
    plausible
        .then(|| place.to_owned())
        .ok_or(DiscoveryError::Malformed)
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
        Err(error) => Ok((name, without_well_known(http, root, error).await?)),
    }
}

/// Where a server is that has no such page: where the State's servers are, or where its name says.
async fn without_well_known(
    http: &Client,
    root: Url,
    error: DiscoveryError,
) -> Result<Url, DiscoveryError> {
    use DiscoveryError::{NotMatrix, Offline, UnknownServer};
    if let (Some(beside), NotMatrix | Offline | UnknownServer) = (beside(&root), &error)
        && speaks_matrix(http, &beside).await.is_ok()
    {
        return Ok(beside);
    }
    match error {
        NotMatrix => Ok(root),
        other => Err(other),
    }
}

/// The State's servers speak to clients at their name after `matrix.`.
fn beside(root: &Url) -> Option<Url> {
    let Some(Host::Domain(name)) = root.host() else {
        return None;
    };
    if root.scheme() != "https" || root.port().is_some() || name.starts_with("matrix.") {
        return None;
    }
    Url::parse(&format!("https://matrix.{name}")).ok()
}

async fn speaks_matrix(http: &Client, base_url: &Url) -> Result<(), DiscoveryError> {
    let versions: Versions = get(http, base_url, "_matrix/client/versions").await?;
    if versions.versions.is_empty() {
        return Err(DiscoveryError::NotMatrix);
    }
    Ok(())
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
    fn the_ways_to_sign_in_are_those_of_the_server_that_the_policy_allows() {
        let offered = |flows: &str| serde_json::from_str::<Flows>(flows).unwrap();
        let both = r#"{"flows":[{"type":"m.login.password"},{"type":"m.login.sso",
            "identity_providers":[{"id":"oidc-a","name":"Portail","brand":"x"}]}]}"#;
        let old = r#"{"flows":[{"type":"m.login.sso"}]}"#;
        let by = |methods: &[LoginMethod], flows: &str| {
            let policy = Policy {
                login_methods: methods.to_vec(),
                ..Policy::default()
            };
            let ways = ways(&policy, offered(flows)).ok()?;
            Some((ways.0, ways.1.map(|portals| portals.len())))
        };
        use LoginMethod::{Password, Sso};
        assert_eq!(by(&[Password, Sso], both), Some((true, Some(1))));
        assert_eq!(by(&[Password], both), Some((true, None)));
        assert_eq!(by(&[Sso], both), Some((false, Some(1))));
        assert_eq!(by(&[Sso], old), Some((false, Some(0))), "it chooses");
        assert_eq!(by(&[Password], old), None, "none that is allowed");
        assert_eq!(
            by(&[Password], r#"{"flows":[{"type":"m.login.token"}]}"#),
            Some((false, None)),
            "none that is known"
        );
    }

    #[test]
    fn a_server_may_be_typed_in_place_of_an_address() {
        for name in ["interieur.example", "localhost:8008"] {
            assert_eq!(server_name(name).unwrap(), name);
        }
        assert!(server_name("camille").is_err(), "no server is named so");
        assert!(server_name("a b.example").is_err(), "no server has a space");
        assert!(server_name("").is_err());
    }

    #[test]
    fn the_states_servers_speak_beside_their_name() {
        let beside = |url| beside(&Url::parse(url).unwrap()).map(String::from);
        assert_eq!(
            beside("https://agent.example").as_deref(),
            Some("https://matrix.agent.example/")
        );
        for url in [
            "https://matrix.agent.example",
            "https://agent.example:8448",
            "https://192.0.2.1",
            "http://localhost:8008",
        ] {
            assert_eq!(beside(url), None, "{url}");
        }
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
            ("a@evil.test", None),
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
    async fn the_domain_of_an_address_is_asked_only_where_the_policy_allows_it() {
        let policy = Policy {
            email_domains: [("poste.example".to_owned(), "agent.example".to_owned())].into(),
            other_servers_allowed: false,
            ..Policy::default()
        };
        let error = refused(&policy, "a@poste.example", None).await;
        assert!(matches!(error, DiscoveryError::Offline), "{error:?}");
        let error = refused(&policy, "a@evil.test", None).await;
        assert!(matches!(error, DiscoveryError::NotAllowed), "{error:?}");
        for address in ["a@poste.example:8448", "a@@poste.example", "a@poste"] {
            let error = refused(&policy, address, None).await;
            assert!(matches!(error, DiscoveryError::Malformed), "{error:?}");
        }
    }

    #[tokio::test]
    async fn without_a_way_to_sign_in_no_server_is_asked() {
        let policy = Policy {
            login_methods: vec![LoginMethod::OAuth],
            ..Policy::default()
        };
        let error = refused(&policy, "@a:agent.example", None).await;
        assert!(
            matches!(error, DiscoveryError::LoginNotAllowed),
            "{error:?}"
        );
    }
}
