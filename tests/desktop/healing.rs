//! A store that was damaged, and what the window says of it.

use anyhow::{Result, ensure};
use pli_testkit::{
    damage::destroy,
    desktop::{Desk, Window},
    synapse::Synapse,
};
use thirtyfour::Key;

use crate::{
    profile::{choose, holds, sign_in_in_english},
    signing_in::{first_sign_in, profile},
};

/// What the page says in one language.
struct Words {
    online: &'static str,
    themes: [(&'static str, &'static str); 2],
    close: &'static str,
    keys: &'static str,
    history: &'static str,
}

const FRENCH: Words = Words {
    online: "En ligne",
    themes: [("light", "Clair"), ("dark", "Sombre")],
    close: "Fermer",
    keys: "Vos clés de chiffrement étaient abîmées sur ce poste",
    history: "La copie de vos messages sur ce poste était abîmée.",
};

const ENGLISH: Words = Words {
    online: "Online",
    themes: [("light", "Light"), ("dark", "Dark")],
    close: "Close",
    keys: "Your encryption keys on this computer were damaged",
    history: "The copy of your messages on this computer was damaged.",
};

const TOAST: &str = "[role=alertdialog]";

/// Pictures of the window in each theme.
async fn pictures(window: &Window, words: &Words, name: &str) -> Result<()> {
    for (theme, choice) in words.themes {
        window.key(&[Key::Control], ',').await?;
        choose(window, choice).await?;
        let chosen = format!("document.documentElement.dataset.theme === '{theme}'");
        holds(window, &chosen).await?;
        window.key(&[], Key::Escape).await?;
        window.gone("[role=dialog]").await?;
        window.screenshot(&format!("{name}-{theme}")).await?;
    }
    Ok(())
}

/// Without a mouse: to the part of the window that toasts are in, and to what closes one.
async fn close_by_keys(window: &Window, words: &Words) -> Result<()> {
    const BESIDE: &str = "const toast = document.querySelector('[role=alertdialog]'); \
                          return toast && document.activeElement !== document.body \
                            && document.activeElement.contains(toast) ? 'beside' : ''";
    const NAME: &str = "return document.activeElement?.getAttribute('aria-label') ?? ''";
    for (key, script, wanted) in [(Key::F6, BESIDE, "beside"), (Key::Tab, NAME, words.close)] {
        let mut presses = 0;
        while window.page().execute(script, vec![]).await?.json() != wanted {
            ensure!(presses < 8, "{wanted} is not reached by {key:?}");
            window.key(&[], key.clone()).await?;
            presses += 1;
        }
    }
    window.key(&[], Key::Enter).await?;
    window.gone(TOAST).await
}

/// Damages each database of a desk where somebody has signed in.
async fn damage_each(desk: &Desk, words: &Words, name: &str) -> Result<()> {
    for (database, sentence) in [("keys", words.keys), ("history", words.history)] {
        destroy(&profile(desk).join("store").join(database))?;
        let window = desk.open().await?;
        window.read(TOAST, sentence).await?;
        ensure!(window.count(TOAST).await? == 1, "of {database} alone");
        pictures(&window, words, &format!("healed-{database}-{name}")).await?;
        window.read(TOAST, sentence).await?;
        close_by_keys(&window, words).await?;
        window.close().await?;

        let window = desk.open().await?;
        window.read("footer", words.online).await?;
        ensure!(window.count(TOAST).await? == 0, "it is said once");
        window.close().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_healed_is_told_in_french_and_closed_by_keys() -> Result<()> {
    let server = Synapse::shared().await?;
    let desk = Desk::new()?;
    let window = desk.open().await?;
    first_sign_in(&window, server, "camille.guerie").await?;
    window.close().await?;
    damage_each(&desk, &FRENCH, "fr").await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_healed_is_told_in_english_and_closed_by_keys() -> Result<()> {
    let server = Synapse::shared().await?;
    let user = server.register("nadia.guerie").await?;
    let desk = Desk::new()?;
    let window = desk.open().await?;
    sign_in_in_english(&window, &user).await?;
    window.read("footer", ENGLISH.online).await?;
    window.close().await?;
    damage_each(&desk, &ENGLISH, "en").await
}
