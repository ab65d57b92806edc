//! Which server an address lives on, and why it cannot be spoken to.

use anyhow::Result;
use pli_core::{
    discovery::{Discovered, DiscoveryError},
    http::Network,
    session::Session,
};
use pli_policy::Policy;
use pli_testkit::{
    https::{HttpsServer, Validity},
    place,
    synapse::Synapse,
};
use pli_vault::Profile;

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
