//! `tour DIRECTORY REGISTER`: signs in to the demo's ministry in the real window, and writes a
//! picture of each screen to the directory, light and dark.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use pli_testkit::{
    desktop::{Desk, Window},
    ministry::Account,
};
use serde_json::Value;
use thirtyfour::Key;

/// Whose account the pictures show: somebody with rooms, unread messages and a recovery code.
const WHO: &str = "camille";

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let directory = PathBuf::from(arguments.next().context("no directory")?);
    let register = PathBuf::from(arguments.next().context("no register")?);
    let account = account(&register)?;
    let desk = Desk::new()?;
    let window = desk.open().await?;
    let tour = Tour {
        window: &window,
        directory: &directory,
    };
    tour.enter(&account).await?;
    tour.walk("light").await?;
    tour.dark().await?;
    tour.walk("dark").await?;
    window.close().await
}

fn account(register: &Path) -> Result<Account> {
    let mut register: Value = serde_json::from_slice(&fs::read(register)?)?;
    let accounts = register.get_mut("accounts").map(Value::take);
    let accounts: Vec<Account> = serde_json::from_value(accounts.context("no accounts")?)?;
    let wanted = format!("@{WHO}:");
    let mut found = accounts.into_iter();
    found
        .find(|account| account.address.starts_with(&wanted))
        .context("nobody of that name")
}

struct Tour<'a> {
    window: &'a Window,
    directory: &'a Path,
}

impl Tour<'_> {
    async fn picture(&self, name: &str) -> Result<()> {
        const PAINTED: &str =
            "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))";
        let page = self.window.page();
        page.execute_async(PAINTED, Vec::new()).await?;
        page.screenshot(&self.directory.join(format!("{name}.png")))
            .await?;
        Ok(())
    }

    /// From the first screen to the room list.
    async fn enter(&self, account: &Account) -> Result<()> {
        let window = self.window;
        window.named("textbox", "Votre adresse").await?;
        self.picture("sign-in").await?;
        window
            .sign_in(&account.address, Some(&account.server), &account.password)
            .await?;
        let code = account.recovery_code.as_deref().context("no code")?;
        window.named("textbox", "Code de récupération").await?;
        self.picture("recovery").await?;
        window.enter_code(code).await?;
        window.room_list().await
    }

    /// The screens that are worth a picture in both themes.
    async fn walk(&self, theme: &str) -> Result<()> {
        let window = self.window;
        for (room, name, words) in [
            ("Direction du numérique", "room", "Belle-Île"),
            ("Forum des agents", "forum", "entraide"),
            ("Nadia Benali", "direct", ""),
        ] {
            window.open_room(room).await?;
            window.read("main", words).await?;
            window.settled().await?;
            self.picture(&format!("{name}-{theme}")).await?;
        }
        window.open_room("Direction du numérique").await?;
        window.key(&[], Key::F4).await?;
        window.read("aside", "Nadia Benali").await?;
        window.settled().await?;
        self.picture(&format!("members-{theme}")).await?;
        window.key(&[], Key::F4).await?;
        window.key(&[Key::Control], ',').await?;
        window.find("[role=dialog]").await?;
        window.settled().await?;
        self.picture(&format!("settings-{theme}")).await?;
        window.key(&[], Key::Escape).await?;
        window.gone("[role=dialog]").await
    }

    async fn dark(&self) -> Result<()> {
        let window = self.window;
        window.key(&[Key::Control], ',').await?;
        let dark = window.named("radio", "Sombre").await?;
        window
            .page()
            .execute("arguments[0].click()", vec![dark.to_json()?])
            .await?;
        window.find("html[data-theme=dark]").await?;
        window.key(&[], Key::Escape).await?;
        window.gone("[role=dialog]").await
    }
}
