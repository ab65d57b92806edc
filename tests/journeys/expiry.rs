//! An account that expires, and is renewed. What the State's servers say of it is scripted in
//! front of a real Synapse.

use anyhow::Result;
use pli_core::{
    expiry::RenewalError,
    http::Network,
    session::{Session, SignInError, State},
    sync::SyncStatus,
};
use pli_testkit::{
    listing::wait_until,
    proxy::{Answer, Attack, Proxy, Request, Rule},
    synapse::Synapse,
};
use pli_vault::{Profile, Vault};
use serde_json::json;

use crate::{messages::read, rooms::shared_room, scene::Device};

const SEND_MAIL: &str = "/_matrix/client/unstable/account_validity/send_mail";

fn is_sync(request: &Request) -> bool {
    request.path.contains("simplified_msc3575/sync")
}

/// Every request of the account is refused, but the one for the mail.
fn expire(proxy: &Proxy) -> Rule {
    let expired = json!({
        "errcode": "ORG_MATRIX_EXPIRED_ACCOUNT", "error": "User account has expired",
    });
    proxy.always(
        |request| {
            let mut headers = request.headers.iter();
            headers.any(|(name, _)| name == "authorization") && request.path != SEND_MAIL
        },
        Attack::Answer(Answer::json(403, &expired)),
    )
}

/// That the client asks whether the account was renewed, and for nothing else.
async fn asks_now_and_then(proxy: &Proxy) -> Result<()> {
    let seen = |wanted: fn(&Request) -> bool| {
        let seen = proxy.seen();
        seen.iter().filter(|request| wanted(request)).count()
    };
    let questions = || seen(|request| request.path.ends_with("/whoami"));
    let before = questions();
    proxy
        .wait_for("a question", |_| questions() > before)
        .await?;
    let (first, syncs) = (questions(), seen(is_sync));
    assert!(syncs > 0, "the sync is known by its path");
    proxy.wait_for("the next", |_| questions() > first).await?;
    assert_eq!(seen(is_sync), syncs, "the sync goes on");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_expires_stops_loses_nothing_and_goes_on_once_renewed() -> Result<()> {
    let server = Synapse::shared().await?;
    let proxy = Proxy::before(server).await?;
    let camille = Device::first_through(server, &proxy.base_url(), "camille.expire").await?;
    let nadia = Device::first(server, "nadia.expire").await?;
    let room = shared_room(&camille, &nadia, "Échéance").await?;
    let (mut hers, mut other) = (read(&camille, &room).await?, read(&nadia, &room).await?);
    nadia.write(&room, "avant l’échéance").await?;
    hers.wait_for_text("avant l’échéance").await?;

    let expired = expire(&proxy);
    let told = wait_until(camille.account.sync_status(), "the expiry", |status| {
        *status == SyncStatus::Expired
    });
    told.await?;

    asks_now_and_then(&proxy).await?;
    assert!(matches!(camille.session.state(), State::SignedIn(_)));
    assert!(camille.store().try_exists()?);
    assert!(hers.bodies().contains(&"avant l’échéance".to_owned()));
    camille.write(&room, "écrit pendant ce temps").await?;

    let mail = proxy.once(
        |request| request.path == SEND_MAIL,
        Attack::Answer(Answer::json(200, &json!({}))),
    );
    camille.account.ask_renewal().await?;
    mail.wait_for_strikes(1).await?;
    let asked = proxy
        .wait_for("the mail", |request| request.path == SEND_MAIL)
        .await?;
    assert_eq!(asked.method, "POST");
    assert!(
        asked
            .headers
            .iter()
            .any(|(name, value)| name == "authorization" && value.starts_with("Bearer "))
    );
    // This server sends none.
    let none = camille.account.ask_renewal().await;
    assert!(matches!(none, Err(RenewalError::NotSupported)), "{none:?}");

    drop(expired);
    let told = wait_until(camille.account.sync_status(), "the renewal", |status| {
        *status == SyncStatus::Online
    });
    told.await?;
    other.wait_for_text("écrit pendant ce temps").await?;
    nadia.write(&room, "après le renouvellement").await?;
    hers.wait_for_text("après le renouvellement").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_has_expired_is_told_so_when_it_signs_in() -> Result<()> {
    let server = Synapse::shared().await?;
    let user = server.register("ines.expire").await?;
    let proxy = Proxy::before(server).await?;
    let directory = tempfile::tempdir()?;
    let profile = Profile::new(Some("ines.expire"), directory.path().to_owned());
    let session = Session::new(profile, &Network::default(), Default::default())?;
    session.start_with(Vault::in_memory()?).await;

    let expired = expire(&proxy);
    let password = || user.password.clone().into();
    let url = proxy.base_url();
    let refused = session.sign_in(&user.id, Some(&url), password()).await;

    assert!(matches!(refused, Err(SignInError::Expired)), "{refused:?}");
    assert_eq!(session.state(), State::SignedOut { ended: None });
    drop(expired);
    session.sign_in(&user.id, Some(&url), password()).await?;
    session.close().await;
    Ok(())
}
