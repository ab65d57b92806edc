//! From the first window to the rooms, and out again.

use std::path::PathBuf;

use anyhow::Result;
use pli_testkit::{
    desktop::{Desk, Window},
    http_probe::User,
    synapse::Synapse,
};

/// Where Pli keeps what it has at this desk.
pub(crate) fn profile(desk: &Desk) -> PathBuf {
    desk.home()
        .join(".local/share/fr.pli.desktop.profile-default")
}

/// Types address and password.
pub(crate) async fn sign_in(window: &Window, user: &User) -> Result<()> {
    window.sign_in(&user.id, None, &user.password).await
}

/// A new account of a new server, signed in, and its code.
pub(crate) async fn first_sign_in(
    window: &Window,
    server: &Synapse,
    name: &str,
) -> Result<(User, String)> {
    let user = server.register(name).await?;
    server.probe().forget_device(&user).await?;
    sign_in(window, &user).await?;
    let code = window.note_code().await?;
    window.read("footer", "En ligne").await?;
    Ok((user, code))
}

async fn sign_out(window: &Window, name: &str) -> Result<()> {
    window.press(&format!("Compte de {name}")).await?;
    window
        .named("menuitem", "Se déconnecter")
        .await?
        .click()
        .await?;
    window.press("Effacer et se déconnecter").await?;
    window.named("textbox", "Votre adresse").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sign_in_shows_its_code_and_the_next_one_asks_for_it() -> Result<()> {
    let server = Synapse::shared().await?;
    let desk = Desk::new()?;
    let window = desk.open().await?;
    let user = server.register("camille").await?;
    server.probe().forget_device(&user).await?;
    window.screenshot("sign-in").await?;

    window.fill("Votre adresse", &user.id).await?;
    window.press("Continuer").await?;
    window.read("main", server.server_name()).await?;
    window.fill("Mot de passe", "pas le bon").await?;
    window.press("Se connecter").await?;
    window
        .read("main", "Adresse ou mot de passe incorrect.")
        .await?;
    window.screenshot("sign-in-wrong-password").await?;
    window.fill("Mot de passe", &user.password).await?;
    window.press("Se connecter").await?;

    let code = window.shown_code().await?;
    assert!(code.split(' ').count() >= 12, "groups of four: {code}");
    window.screenshot("recovery-code").await?;
    window.press("Copier").await?;
    window.read("main", "Copié").await?;
    window.confirm_code("zzzz").await?;
    window.read("main", "Ce ne sont pas les derniers").await?;
    window.confirm_code(&code).await?;
    assert!(profile(&desk).join("store").try_exists()?);
    window.read("footer", "En ligne").await?;
    window.read("footer", server.server_name()).await?;
    window.screenshot("signed-in").await?;

    sign_out(&window, "camille").await?;
    assert!(
        !profile(&desk).join("store").try_exists()?,
        "what was on this machine is erased"
    );
    window.screenshot("signed-out").await?;

    sign_in(&window, &user).await?;
    window
        .fill("Code de récupération", "EsTc 7fkQ 9mRd 2xWv")
        .await?;
    window.press("Ouvrir mes messages").await?;
    window.read("main", "Ce n’est pas le bon code.").await?;
    window.screenshot("recovery-wrong-code").await?;
    window.fill("Code de récupération", &code).await?;
    window.press("Ouvrir mes messages").await?;
    window.read("footer", "En ligne").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_signed_in_to_has_a_sentence_of_its_own() -> Result<()> {
    let desk = Desk::new()?;
    let window = desk.open().await?;

    window
        .fill("Votre adresse", "@camille:nulle-part.invalid")
        .await?;
    window.press("Continuer").await?;
    window
        .read("main", "Aucune messagerie n’a été trouvée à cette adresse.")
        .await?;
    window.screenshot("sign-in-unknown-server").await?;

    let silent = pli_testkit::place::free_port()?;
    window
        .fill("Votre adresse", &format!("@camille:localhost:{silent}"))
        .await?;
    window.press("Continuer").await?;
    window
        .read("main", "La messagerie de votre ministère ne répond pas.")
        .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_without_the_server_shows_the_account() -> Result<()> {
    let server = Synapse::start().await?;
    let desk = Desk::new()?;
    let window = desk.open().await?;
    first_sign_in(&window, &server, "nadia").await?;
    window.close().await?;
    server.stop()?;

    let window = desk.open().await?;
    window.named("button", "Compte de nadia").await?;
    window.read("footer", server.server_name()).await?;
    window.read("body", "Hors ligne").await?;
    window.screenshot("restarted-offline").await?;
    window.close().await
}
