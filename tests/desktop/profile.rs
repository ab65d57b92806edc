//! What a profile keeps, and how it is opened.

use anyhow::Result;
use pli_testkit::{
    desktop::{Desk, Window},
    http_probe::User,
    synapse::Synapse,
};
use serde_json::json;
use thirtyfour::By;

use crate::signing_in::{first_sign_in, profile, sign_in};

/// Clicks one of the choices of a settings page.
pub(crate) async fn choose(window: &Window, choice: &str) -> Result<()> {
    let label = By::XPath(format!("//label[normalize-space()='{choice}']"));
    window.page().find(label).await?.click().await?;
    Ok(())
}

/// Waits until a sentence in JavaScript is true of the page.
pub(crate) async fn holds(window: &Window, sentence: &str) -> Result<()> {
    let script = format!("return {sentence} ? 'it holds' : ''");
    let asked = std::time::Instant::now();
    while window.page().execute(&script, vec![]).await?.json() != &json!("it holds") {
        anyhow::ensure!(asked.elapsed().as_secs() < 30, "never so: {sentence}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Ok(())
}

/// From the first screen, which is in French, to the rooms.
pub(crate) async fn sign_in_in_english(window: &Window, user: &User) -> Result<()> {
    window.press("English").await?;
    window.fill("Your address", &user.id).await?;
    window.press("Continue").await?;
    window.fill("Password", &user.password).await?;
    window.press("Sign in").await?;
    let code = window.shown_code().await?;
    let ending = &code[code.len() - 4..];
    window
        .fill("To check, type the last 4 characters", ending)
        .await?;
    window.press("I have kept it").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_kept_with_the_account_and_come_back_with_it() -> Result<()> {
    let server = Synapse::shared().await?;
    let user = server.register("camille.reglages").await?;
    let desk = Desk::new()?;
    let window = desk.open().await?;
    sign_in_in_english(&window, &user).await?;

    window.press("Settings").await?;
    choose(&window, "Dark").await?;
    window.press("Larger").await?;
    holds(&window, "document.documentElement.dataset.theme === 'dark'").await?;
    window.read("output", "110%").await?;
    holds(&window, "innerWidth < 1200").await?;
    window.screenshot("settings-dark-english").await?;
    window.close().await?;

    let window = desk.open().await?;
    window
        .named("button", "Account of camille.reglages")
        .await?;
    holds(&window, "document.documentElement.dataset.theme === 'dark'").await?;
    holds(&window, "innerWidth < 1200").await?;
    window.screenshot("signed-in-dark-english").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_a_passphrase_opens_the_profile() -> Result<()> {
    let server = Synapse::shared().await?;
    let mut desk = Desk::new()?;
    desk.session().stop_keyring();
    let window = desk.open().await?;
    window.read("h1", "Choisissez une phrase secrète").await?;
    window.screenshot("vault-choose-passphrase").await?;
    window.fill("Nouvelle phrase secrète", "court").await?;
    window.fill("La même, une seconde fois", "court").await?;
    window.press("Ouvrir Pli").await?;
    window
        .read("main", "Il faut au moins 12 caractères.")
        .await?;
    let phrase = "quatre mots sans lien";
    window.fill("Nouvelle phrase secrète", phrase).await?;
    window.fill("La même, une seconde fois", phrase).await?;
    window.press("Ouvrir Pli").await?;
    first_sign_in(&window, server, "camille.phrase").await?;
    window.close().await?;

    let window = desk.open().await?;
    window.read("h1", "Tapez votre phrase secrète").await?;
    window
        .fill("Phrase secrète", "quatre mots sans liens")
        .await?;
    window.press("Ouvrir Pli").await?;
    window
        .read("main", "Ce n’est pas la bonne phrase secrète.")
        .await?;
    window.screenshot("vault-wrong-passphrase").await?;
    window.fill("Phrase secrète", phrase).await?;
    window.press("Ouvrir Pli").await?;
    window.named("button", "Compte de camille.phrase").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_has_gone_is_said_and_nothing_is_wiped_unasked() -> Result<()> {
    let server = Synapse::shared().await?;
    let mut desk = Desk::new()?;
    let window = desk.open().await?;
    let (user, _) = first_sign_in(&window, server, "camille.clef").await?;
    window.close().await?;
    let store = profile(&desk).join("store");

    desk.replace_keyring()?;
    let window = desk.open().await?;
    window
        .read("h1", "La clé de vos messages a disparu")
        .await?;
    window.screenshot("vault-key-missing").await?;
    assert!(store.join("keys").try_exists()?, "asked for first");

    window.press("Repartir de zéro sur ce poste").await?;
    window.screenshot("vault-start-afresh").await?;
    window.press("Effacer et repartir de zéro").await?;
    window.named("textbox", "Votre adresse").await?;
    assert!(!store.try_exists()?);
    sign_in(&window, &user).await?;
    window.read("h1", "Retrouvez vos messages").await?;
    window.close().await
}
