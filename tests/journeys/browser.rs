//! Signing in by the portal of a ministry: a real Synapse, a real OpenID Connect provider, and a
//! browser that follows where they lead.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, Result, bail};
use pli_core::{
    http::Network,
    loopback::Pages,
    room::NewRoom,
    session::{Session, SignInError, State, Step},
};
use pli_policy::{LoginMethod, Policy};
use pli_testkit::{
    place,
    portal::{Browser, Portal},
    reading::Reading,
    synapse::{ServerConfig, Synapse},
};
use pli_vault::{Profile, Vault};
use reqwest::Url;
use secrecy::ExposeSecret as _;
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::{
    rooms::{message, rooms},
    scene::{confirm, pass_recovery},
};

/// A ministry with two portals.
struct Ministry {
    server: Synapse,
    _portal: Portal,
    _directory: TempDir,
}

impl Ministry {
    async fn shared() -> Result<&'static Self> {
        static SHARED: OnceCell<Ministry> = OnceCell::const_new();
        SHARED.get_or_try_init(Self::start).await
    }

    async fn start() -> Result<Self> {
        let portal = Portal::start().await?;
        let directory = tempfile::Builder::new().prefix("pli-ministry-").tempdir()?;
        let mut config = ServerConfig::new(directory.path(), place::free_port()?);
        config.extra = json!({
            "oidc_providers": [
                portal.provider("portail", "Portail du ministère"),
                portal.provider("cartes", "Cartes d’agent"),
            ],
            // As ministries set it for their own client: without it a page asks once more.
            "sso": { "client_whitelist": ["http://127.0.0.1:"] },
        });
        let server = Synapse::start_with(config).await?;
        Ok(Self {
            server,
            _portal: portal,
            _directory: directory,
        })
    }
}

/// Somebody before the sign-in screen of a computer, with their browser.
struct Person {
    session: Session,
    browser: Browser,
    url: String,
    _directory: TempDir,
}

impl Person {
    async fn new(name: &str) -> Result<Self> {
        Self::under(name, Policy::default()).await
    }

    async fn under(name: &str, policy: Policy) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("pli-device-").tempdir()?;
        let profile = Profile::new(Some(name), directory.path().to_owned());
        let session = Session::new(profile, &Network::default(), Arc::new(policy))?;
        session.start_with(Vault::in_memory()?).await;
        Ok(Self {
            session,
            browser: Browser::of(name)?,
            url: Ministry::shared().await?.server.base_url(),
            _directory: directory,
        })
    }

    async fn begin(&self, provider: Option<&str>) -> Result<Url, SignInError> {
        let server = Some(self.url.as_str());
        self.session
            .browser_sign_in("", server, provider, pages())
            .await
    }

    /// All the way, in the browser and in Pli.
    async fn sign_in(&self) -> Result<()> {
        let link = self.begin(Some("oidc-portail")).await?;
        let (signed_in, page) =
            tokio::join!(self.session.browser_signed_in(), self.browser.open(&link));
        signed_in?;
        assert_eq!(page?.text, pages().done);
        Ok(())
    }
}

/// Waits until the server's backup holds a key of this account, of which the test has no token.
async fn backed_up(user_id: &str) -> Result<()> {
    let server = &Ministry::shared().await?.server;
    let keys = format!("select 1 from e2e_room_keys where user_id = '{user_id}'");
    for _ in 0..300 {
        if !server.query(&keys)?.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    bail!("waited in vain for a backup of the room's key")
}

fn pages() -> Pages {
    Pages {
        done: "C’est fait.".to_owned(),
        refused: "Refusé.".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_signs_in_by_the_portal_and_the_device_is_as_good_as_any() -> Result<()> {
    let camille = Person::new("camille.portail").await?;
    let found = camille.session.discover("", Some(&camille.url)).await?;
    let named: Vec<_> = found.sso.context("no portal")?;
    let named: Vec<_> = named.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(named, ["Portail du ministère", "Cartes d’agent"]);

    camille.sign_in().await?;
    let State::Recovery(identity, Step::ShowCode) = camille.session.state() else {
        bail!("the session is {:?}", camille.session.state());
    };
    assert!(identity.user_id.starts_with("@camille.portail:"));
    assert!(!identity.password, "there is none to ask for");
    let code = pass_recovery(&camille.session, None).await?;
    let account = camille.session.account().context("no account")?;
    let room = NewRoom {
        name: "Portail".to_owned(),
        ..NewRoom::default()
    };
    let room = account.room_create(&room).await?;
    let said = account.timeline_send_text(&room, message("écrit du premier poste"));
    said.await?;
    backed_up(&identity.user_id).await?;

    // Another computer, let in by the code, reads it.
    let other = Person::new("camille.portail").await?;
    other.sign_in().await?;
    pass_recovery(&other.session, Some(code)).await?;
    let other_account = other.session.account().context("no account")?;
    let mut list = rooms(&other_account).await?;
    list.wait_for("the room", |row| row.room_id == room).await?;
    let updates = other_account.timeline_subscribe(&room, None).await?;
    let mut theirs = Reading::new(updates);
    theirs.wait_for_text("écrit du premier poste").await?;
    drop((account, other_account, list, theirs));
    camille.session.close().await;
    other.session.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_the_code_confirms_a_new_one_in_the_browser() -> Result<()> {
    let first = Person::new("nadia.portail").await?;
    first.sign_in().await?;
    let lost = pass_recovery(&first.session, None).await?;
    let other = Person::new("nadia.portail").await?;
    other.sign_in().await?;

    let link = other.session.browser_reset().await?;
    let in_browser = async {
        let asked = other.browser.open(&link).await?;
        let portal = asked.link("/authorize").context("no portal to choose")?;
        let done = other.browser.open(&portal).await?;
        assert!(done.status.is_success(), "{}", done.text);
        anyhow::Ok(())
    };
    let (code, confirmed) = tokio::join!(other.session.browser_was_reset(), in_browser);
    confirmed?;
    let code = code?;

    assert_ne!(code.expose_secret(), lost.expose_secret());
    confirm(&other.session, &code).await?;
    assert!(matches!(other.session.state(), State::SignedIn(_)));
    // The new code is the one that lets in.
    let third = Person::new("nadia.portail").await?;
    third.sign_in().await?;
    let refused = third.session.recovery_enter(lost).await;
    assert!(refused.is_err(), "the old code still opens something");
    third.session.recovery_enter(code).await?;
    assert!(matches!(third.session.state(), State::SignedIn(_)));
    for person in [first, other, third] {
        person.session.close().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_or_answers_another_sign_in_lets_nobody_in() -> Result<()> {
    let ines = Person::new("ines.portail").await?;
    let first = ines.begin(None).await?;
    let (told, ()) = tokio::join!(ines.session.browser_signed_in(), async {
        ines.session.give_up_browser();
    });
    assert!(matches!(told, Err(SignInError::GivenUp)), "{told:?}");
    let again = ines.session.browser_signed_in().await;
    assert!(matches!(again, Err(SignInError::NotNow)), "{again:?}");
    let closed = reqwest::get(back(&first)?).await;
    assert!(closed.is_err(), "what was given up still listens");

    // A page that another sign-in, or an attacker, sends to the right port.
    let link = ines.begin(Some("oidc-cartes")).await?;
    let mut wrong = back(&link)?;
    wrong.set_path("/0000");
    wrong.set_query(Some("loginToken=volé"));
    let (told, seen) = tokio::join!(ines.session.browser_signed_in(), async {
        let refused = reqwest::get(wrong).await?.text().await?;
        // A token that the server never gave, to the right address.
        let mut forged = back(&link)?;
        forged.set_query(Some("loginToken=volé"));
        reqwest::get(forged).await?;
        anyhow::Ok(refused)
    });
    assert_eq!(seen?, pages().refused);
    assert!(matches!(told, Err(SignInError::TokenRefused)), "{told:?}");
    assert_eq!(ines.session.state(), State::SignedOut { ended: None });

    ines.sign_in().await?;
    assert!(matches!(ines.session.state(), State::Recovery(..)));
    ines.session.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_tells_which_ways_there_are() -> Result<()> {
    let by = async |methods: &[LoginMethod]| {
        let policy = Policy {
            login_methods: methods.to_vec(),
            ..Policy::default()
        };
        let person = Person::under("paul.portail", policy).await?;
        let found = person.session.discover("", Some(&person.url)).await?;
        anyhow::Ok((found.password, found.sso.is_some()))
    };
    assert_eq!(by(&[LoginMethod::Password]).await?, (true, false));
    assert_eq!(by(&[LoginMethod::Sso]).await?, (false, true));

    let policy = Policy {
        login_methods: vec![LoginMethod::Password],
        ..Policy::default()
    };
    let person = Person::under("paul.portail", policy).await?;
    let begun = person.begin(None).await;
    assert!(
        matches!(begun, Err(SignInError::LoginNotSupported)),
        "{begun:?}"
    );
    let unknown = Person::new("paul.portail")
        .await?
        .begin(Some("oidc-x"))
        .await;
    assert!(
        matches!(unknown, Err(SignInError::LoginNotSupported)),
        "{unknown:?}"
    );
    Ok(())
}

/// Where a link leads back to.
fn back(link: &Url) -> Result<Url> {
    let mut pairs = link.query_pairs();
    let redirect = pairs.find(|(name, _)| name == "redirectUrl");
    let (_, redirect) = redirect.context("a link that leads nowhere")?;
    Ok(redirect.parse()?)
}
