//! Signing in as a person does, screen by screen, in French.

use anyhow::{Context, Result};
use serde_json::json;

use super::Window;

/// The words of a room's row.
const ROW: &str = "return [...document.querySelectorAll('[role=treeitem] bdi')]
  .find(name => name.textContent === arguments[0]) ?? null";

/// The lines of the recovery code.
const CODE: &str = "[data-testid=recovery-code] span";

/// How many characters of the code are typed back.
const ENDING: usize = 4;

impl Window {
    /// Types an address, its server too if it is told by hand, and a password; ends on whatever
    /// screen follows.
    ///
    /// # Errors
    /// A field or a button does not appear.
    pub async fn sign_in(&self, address: &str, server: Option<&str>, password: &str) -> Result<()> {
        self.fill("Votre adresse", address).await?;
        if let Some(server) = server {
            self.press("Indiquer le serveur à la main").await?;
            self.fill("Serveur", server).await?;
        }
        self.press("Continuer").await?;
        self.fill("Mot de passe", password).await?;
        self.press("Se connecter").await
    }

    /// The recovery code on the screen, in its groups.
    ///
    /// # Errors
    /// The screen does not appear.
    pub async fn shown_code(&self) -> Result<String> {
        self.read(CODE, " ").await?;
        let lines = self.text(CODE).await?;
        Ok(lines.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Types the end of the code back.
    ///
    /// # Errors
    /// The screen does not appear.
    pub async fn confirm_code(&self, code: &str) -> Result<()> {
        let ending = code.len().checked_sub(ENDING);
        let ending = ending.and_then(|start| code.get(start..));
        self.fill(
            "Pour vérifier, tapez les 4 derniers caractères",
            ending.context("a short code")?,
        )
        .await?;
        self.press("C’est noté").await
    }

    /// Reads the recovery code of a first sign-in, and types its end back; the code.
    ///
    /// # Errors
    /// The screen does not appear.
    pub async fn note_code(&self) -> Result<String> {
        let code = self.shown_code().await?;
        self.confirm_code(&code).await?;
        Ok(code)
    }

    /// Types the recovery code of an account that has one.
    ///
    /// # Errors
    /// The screen does not appear.
    pub async fn enter_code(&self, code: &str) -> Result<()> {
        self.fill("Code de récupération", code).await?;
        self.press("Ouvrir mes messages").await
    }

    /// Waits for the room list.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn room_list(&self) -> Result<()> {
        self.find("section[aria-label='Salons']").await?;
        Ok(())
    }

    /// Opens the room on top of the list.
    ///
    /// # Errors
    /// There is none.
    pub async fn open_first_room(&self) -> Result<()> {
        self.find("[data-testid=room]").await?.click().await?;
        self.find("main [role=log]").await?;
        Ok(())
    }

    /// Opens a room by a click on its row.
    ///
    /// # Errors
    /// It is not in the list.
    pub async fn open_room(&self, name: &str) -> Result<()> {
        self.open_row(name).await?;
        self.find("main [role=log]").await?;
        Ok(())
    }

    /// Clicks a room's row, an invitation's too.
    ///
    /// # Errors
    /// It is not in the list.
    pub async fn open_row(&self, name: &str) -> Result<()> {
        let row = self
            .wait(&format!("the room « {name} »"), || async {
                let found = self.page.execute(ROW, vec![json!(name)]).await?;
                Ok(found.element().ok())
            })
            .await?;
        row.click().await?;
        Ok(())
    }
}
