//! Which server an address lives on, and why it cannot be spoken to.

use anyhow::Result;
use pli_core::{
    discovery::{Discovered, DiscoveryError},
    http::Network,
    session::{Session, State},
};
use pli_policy::Policy;
use pli_testkit::{
    https::{HttpsServer, Validity},
    place,
    proxy::{Answer, Attack, Proxy, Rule},
    synapse::Synapse,
};
use pli_vault::{Profile, Vault};
use serde_json::{Value, json};

/// Looks for the server of an address, with one more authority that the policy trusts, or none.
async fn discover(
    address: &str,
    server: Option<&str>,
    authority: Option<&[u8]>,
) -> Result<Result<Discovered, DiscoveryError>> {
    let directory = tempfile::tempdir()?;
    let mut policy = Policy::default();
    if let Some(authority) = authority {
        let file = directory.path().join("authority.pem");
        std::fs::write(&file, authority)?;
        policy.extra_authorities = vec![file.display().to_string()];
    }
    let network = Network::of(&policy)?;
    let profile = Profile::new(Some("discovery"), directory.path().to_owned());
    Ok(Session::new(profile, &network, policy.into())?
        .discover(address, server)
        .await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_found_by_the_address_or_by_hand() -> Result<()> {
    let server = Synapse::shared().await?;
    let address = format!("@camille:{}", server.server_name());

    let found = discover(&address, None, None).await??;
    assert_eq!(found.server_name, server.server_name());
    assert_eq!(
        found.user_id.map(|id| id.to_string()),
        Some(address.clone())
    );
    assert!(found.password);

    let by_hand = discover("camille", Some(&server.base_url()), None).await??;
    assert!(by_hand.password);
    assert_eq!(by_hand.user_id, None, "a local part alone is no user id");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_has_expired_is_told_from_one_that_nobody_trusts() -> Result<()> {
    let (good, old) = (
        HttpsServer::start(Validity::Current)?,
        HttpsServer::start(Validity::Expired)?,
    );
    let at = |server: &HttpsServer| format!("https://localhost:{}", server.port);

    let stranger = discover("camille", Some(&at(&good)), None).await?;
    assert!(
        matches!(stranger, Err(DiscoveryError::CertificateInvalid)),
        "{stranger:?}"
    );
    let expired = discover("camille", Some(&at(&old)), Some(&old.authority)).await?;
    assert!(
        matches!(expired, Err(DiscoveryError::CertificateExpired)),
        "{expired:?}"
    );
    let page = discover("camille", Some(&at(&good)), Some(&good.authority)).await?;
    assert!(
        matches!(page, Err(DiscoveryError::NotMatrix)),
        "an authority that the organisation adds is trusted: {page:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_and_a_name_that_nobody_has_are_two_things() -> Result<()> {
    let silent = format!("@camille:localhost:{}", place::free_port()?);
    let found = discover(&silent, None, None).await?;
    assert!(matches!(found, Err(DiscoveryError::Offline)), "{found:?}");

    // No resolver asks the network for a label this long.
    let nowhere = format!("@camille:{}.example", "a".repeat(64));
    let found = discover(&nowhere, None, None).await?;
    assert!(
        matches!(found, Err(DiscoveryError::UnknownServer)),
        "{found:?}"
    );
    Ok(())
}

const INFO: &str = "/_matrix/identity/api/v1/info";

/// A server of the State: a real Synapse, before which stands the endpoint of their identity API,
/// scripted as the one in production answers. Beside it, the policy lists a plain Synapse.
struct StateServer {
    proxy: Proxy,
    policy: Policy,
    _rules: Vec<Rule>,
}

impl StateServer {
    async fn telling(told: Value) -> Result<Self> {
        let server = Synapse::shared().await?;
        let proxy = Proxy::before(server).await?;
        let answer = Answer::json(200, &told);
        let info = proxy.always(
            |request| request.path.starts_with(INFO),
            Attack::Answer(answer),
        );
        // The plain one tells where it is by itself; this one is met before it, at the proxy.
        let here = json!({ "m.homeserver": { "base_url": proxy.base_url() } });
        let well_known = proxy.always(
            |request| request.path == "/.well-known/matrix/client",
            Attack::Answer(Answer::json(200, &here)),
        );
        let name = proxy.base_url().replace("http://127.0.0.1", "localhost");
        let listed = [name, server.server_name().to_owned()];
        let policy = Policy {
            servers: listed.map(|name| (name, "Ministère".to_owned())).into(),
            other_servers_allowed: false,
            ..Policy::default()
        };
        Ok(Self {
            proxy,
            policy,
            _rules: vec![info, well_known],
        })
    }

    fn session(&self) -> Result<(Session, tempfile::TempDir)> {
        let directory = tempfile::tempdir()?;
        let profile = Profile::new(Some("courriel"), directory.path().to_owned());
        let policy = self.policy.clone().into();
        let session = Session::new(profile, &Network::default(), policy)?;
        Ok((session, directory))
    }

    async fn find(&self, address: &str) -> Result<Result<Discovered, DiscoveryError>> {
        let (session, _directory) = self.session()?;
        Ok(session.discover(address, None).await)
    }

    /// The addresses it was asked for.
    fn asked(&self) -> Vec<String> {
        let seen = self.proxy.seen();
        let asked = seen.iter().filter(|request| request.path.starts_with(INFO));
        asked
            .filter_map(|request| request.query("address"))
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_signs_in_by_an_address_whose_server_the_states_servers_know() -> Result<()> {
    let server = Synapse::shared().await?;
    let user = server.register("camille.courriel").await?;
    let address = "Camille.Courriel+pli@interieur.example";
    server.give_email(&user.id, "camille.courriel+pli@interieur.example")?;
    let state = StateServer::telling(json!({
        "hs": server.server_name(), "invited": false, "shadow_hs": "other.example",
    }))
    .await?;

    let found = state.find(address).await??;

    assert_eq!(found.server_name, server.server_name());
    assert!(found.password && !found.guest);
    assert_eq!((found.user_id, found.new_server), (None, None));
    let asked = state.asked();
    assert_eq!(
        asked,
        ["camille.courriel+pli@interieur.example"],
        "one answer is enough; a plain server that was asked first has none"
    );
    let (session, _directory) = state.session()?;
    session.start_with(Vault::in_memory()?).await;
    session
        .sign_in(address, None, user.password.clone().into())
        .await?;
    let State::Recovery(identity, _) = session.state() else {
        anyhow::bail!("the session is {:?}", session.state());
    };
    assert_eq!(identity.user_id, user.id);
    session.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_and_people_whose_ministry_changed_are_told_before_they_sign_in() -> Result<()> {
    let server = Synapse::shared().await?;
    let mut state = StateServer::telling(json!({
        "hs": server.server_name(), "invited": true, "new_hs": "agent.armees.example",
    }))
    .await?;
    state.policy.guest_servers = vec![server.server_name().to_owned()];

    let found = state.find("camille@entreprise.example").await??;

    assert!(found.guest);
    let new = found.new_server.map(|name| name.to_string());
    assert_eq!(new.as_deref(), Some("agent.armees.example"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_the_policy_does_not_allow_is_refused_whoever_names_it() -> Result<()> {
    for named in ["evil.test", "localhost:1", "agent.example.evil.test"] {
        let state = StateServer::telling(json!({ "hs": named, "invited": false })).await?;
        let found = state.find("camille@interieur.example").await?;
        assert!(
            matches!(found, Err(DiscoveryError::NotAllowed)),
            "{named}: {found:?}"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_reaches_no_server_and_nonsense_is_no_answer() -> Result<()> {
    let state = StateServer::telling(json!({ "hs": "no server/at all" })).await?;
    for address in [
        "camille@interieur",
        "camille@@interieur.example",
        "a b@c.example",
    ] {
        let found = state.find(address).await?;
        assert!(
            matches!(found, Err(DiscoveryError::Malformed)),
            "{address}: {found:?}"
        );
    }
    assert!(state.proxy.seen().is_empty(), "somebody was asked");

    let found = state.find("camille@interieur.example").await?;
    assert!(
        matches!(found, Err(DiscoveryError::NotAllowed)),
        "the domain of the address is no server of the policy: {found:?}"
    );
    assert_eq!(state.asked().len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_that_endpoint_the_policy_tells_the_server_of_a_domain() -> Result<()> {
    let server = Synapse::shared().await?;
    let (name, domain) = (server.server_name().to_owned(), "interieur.example");
    let policy = Policy {
        servers: [(name.clone(), "Ministère".to_owned())].into(),
        email_domains: [(domain.to_owned(), name.clone())].into(),
        other_servers_allowed: false,
        ..Policy::default()
    };
    let directory = tempfile::tempdir()?;
    let profile = Profile::new(Some("courriel"), directory.path().to_owned());
    let session = Session::new(profile, &Network::default(), policy.into())?;

    let found = session.discover(&format!("camille@{domain}"), None).await?;

    assert_eq!(found.server_name, name);
    Ok(())
}
