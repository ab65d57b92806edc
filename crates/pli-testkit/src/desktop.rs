//! The real window, driven as a person would: by what is named on the screen.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{By, Capabilities, Key, WebDriver, WebElement};

use crate::{
    display,
    keyring_session::KeyringSession,
    place,
    process::{self, Process},
};

mod policy;
mod sign_in;

/// How long the slowest thing a window does may take on a busy two-core machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// One user's machine: a home directory, a session with a keyring, a screen. Windows of it
/// find again what earlier ones left.
#[derive(Debug)]
pub struct Desk {
    home: TempDir,
    session: KeyringSession,
    display: String,
    language: String,
    guarded: bool,
    policies: Option<PathBuf>,
}

impl Desk {
    /// An empty home on the shared screen, in French.
    ///
    /// # Errors
    /// The screen or the keyring does not come up.
    pub fn new() -> Result<Self> {
        Ok(Self {
            home: tempfile::Builder::new().prefix("pli-home-").tempdir()?,
            session: KeyringSession::unlocked()?,
            display: display::shared()?,
            language: "fr_FR.UTF-8".to_owned(),
            guarded: true,
            policies: None,
        })
    }

    /// Opens windows without a content security policy, to prove that its absence is noticed.
    pub fn without_csp(mut self) -> Self {
        self.guarded = false;
        self
    }

    /// The home directory: nothing of Pli is written elsewhere.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The session, to stop its keyring.
    pub fn session(&mut self) -> &mut KeyringSession {
        &mut self.session
    }

    /// Puts a new and empty keyring in the place of the one that was.
    ///
    /// # Errors
    /// The keyring does not come up.
    pub fn replace_keyring(&mut self) -> Result<()> {
        self.session = KeyringSession::unlocked()?;
        Ok(())
    }

    /// What a program at this desk has in its environment.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let home = self.home.path();
        let text = |path: PathBuf| path.display().to_string();
        let mut environment = self.session.environment();
        environment.extend([
            ("DISPLAY", self.display.clone()),
            ("HOME", text(home.to_owned())),
            ("XDG_DATA_HOME", text(home.join(".local/share"))),
            ("XDG_CONFIG_HOME", text(home.join(".config"))),
            ("XDG_CACHE_HOME", text(home.join(".cache"))),
            ("XDG_STATE_HOME", text(home.join(".local/state"))),
            ("LANG", self.language.clone()),
            ("LANGUAGE", self.language.chars().take(2).collect()),
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
        ]);
        if let Some(root) = &self.policies {
            environment.push(("PLI_POLICY_ROOT", text(root.clone())));
        }
        if !self.guarded {
            environment.push(("PLI_WITHOUT_CSP", "1".to_owned()));
        }
        environment
    }

    /// Opens Pli.
    ///
    /// # Errors
    /// The binary is not built, or its page does not come up.
    pub async fn open(&self) -> Result<Window> {
        self.open_profile("default").await
    }

    /// Opens Pli on a profile of that name.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn open_profile(&self, profile: &str) -> Result<Window> {
        self.open_program(&place::binary("pli")?, &["--profile", profile])
            .await
    }

    /// Opens any program that has a web view.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn open_program(&self, program: &Path, arguments: &[&str]) -> Result<Window> {
        let port = place::free_port()?;
        let log = self.home.path().join(format!("driver-{port}.log"));
        let driver = Process::start("WebKitWebDriver", &log, |command| {
            command
                .arg(format!("--port={port}"))
                .arg("--host=127.0.0.1")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .envs(self.environment());
        })?;
        let options = json!({
            "webkitgtk:browserOptions": { "binary": program, "args": arguments },
        });
        let options = options.as_object().cloned().unwrap_or_default();
        let name = program.file_name().unwrap_or_default().to_string_lossy();
        let page = connect(port, options.into())
            .await
            .with_context(|| format!("opening {name}; see {}", log.display()))?;
        Ok(Window { page, driver, log })
    }
}

async fn connect(port: u16, options: Capabilities) -> Result<WebDriver> {
    let url = format!("http://127.0.0.1:{port}");
    let asked = Instant::now();
    loop {
        match WebDriver::new(&url, options.clone()).await {
            Ok(page) => return Ok(page),
            Err(error) if asked.elapsed() > Duration::from_secs(40) => return Err(error.into()),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// A running Pli. Killed when dropped; [`Window::close`] ends it as a person would.
#[derive(Debug)]
pub struct Window {
    page: WebDriver,
    driver: Process,
    log: PathBuf,
}

impl Window {
    /// The page, for what the methods here do not cover.
    pub fn page(&self) -> &WebDriver {
        &self.page
    }

    /// Ids of the program and of the processes that draw its page.
    pub fn processes(&self) -> Vec<u32> {
        self.driver.descendants()
    }

    /// What the program printed.
    ///
    /// # Errors
    /// The file is gone.
    pub fn printed(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&std::fs::read(&self.log)?).into_owned())
    }

    /// Ends the program, and returns when it has ended: until then it has its
    /// profile, and a second start would only bring the first to the front.
    ///
    /// # Errors
    /// The driver does not answer, or the program stays.
    pub async fn close(self) -> Result<()> {
        let Self { page, driver, log } = self;
        let processes = driver.descendants();
        page.quit().await?;
        let asked = Instant::now();
        while let Some(id) = processes.iter().find(|id| process::is_running(**id)) {
            if asked.elapsed() > PATIENCE {
                bail!("process {id} stays after its window; see {}", log.display());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// Ends it as a power cut would.
    pub fn kill(self) {
        let Self { page, driver, .. } = self;
        drop(driver);
        let _ = page.leak();
    }

    /// The first element that a selector finds, once it is there.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        self.wait(css, || async {
            Ok(self.page.find(By::Css(css)).await.ok())
        })
        .await
    }

    /// The element of that role and accessible name, once it is shown.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn named(&self, role: &str, name: &str) -> Result<WebElement> {
        let what = format!("{role} « {name} »");
        self.wait(&what, || async {
            let arguments = vec![json!(role), json!(name)];
            let found = self.page.execute(BY_NAME, arguments).await?;
            Ok(found.element().ok())
        })
        .await
    }

    /// Clicks the button of that name.
    ///
    /// # Errors
    /// It does not appear, or stays disabled.
    pub async fn press(&self, name: &str) -> Result<()> {
        let button = self.named("button", name).await?;
        let what = format!("button « {name} » enabled");
        self.wait(&what, || async {
            Ok(button.is_enabled().await?.then_some(()))
        })
        .await?;
        button.click().await?;
        Ok(())
    }

    /// Clicks the button of that name in the part of the window that a selector finds.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn press_in(&self, part: &str, name: &str) -> Result<()> {
        let css = format!("{part} button");
        let button = self
            .wait(&format!("button « {name} » in {part}"), || async {
                for button in self.page.find_all(By::Css(&*css)).await? {
                    if button.text().await.is_ok_and(|text| text.trim() == name) {
                        return Ok(Some(button));
                    }
                }
                Ok(None)
            })
            .await?;
        button.click().await?;
        Ok(())
    }

    /// Replaces what a text field holds.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn fill(&self, name: &str, text: &str) -> Result<()> {
        let field = self.named("textbox", name).await?;
        field.click().await?;
        // As a person does: the driver's own clearing goes unnoticed by a page that holds the value.
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Delete + text).await?;
        Ok(())
    }

    /// Waits until `text` is to be read somewhere in what a selector finds.
    ///
    /// # Errors
    /// It does not appear: says what was there instead.
    pub async fn read(&self, css: &str, text: &str) -> Result<()> {
        let read = self
            .wait(&format!("« {text} » in {css}"), || async {
                Ok(self.text(css).await?.contains(text).then_some(()))
            })
            .await;
        match read {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("on screen: {}", self.text(css).await?))),
        }
    }

    /// All text that the elements found by a selector show now.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn text(&self, css: &str) -> Result<String> {
        let text = self
            .page
            .execute(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join('\\n')",
                vec![json!(css)],
            )
            .await?;
        Ok(text.json().as_str().unwrap_or_default().to_owned())
    }

    /// How many elements a selector finds now.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn count(&self, css: &str) -> Result<usize> {
        Ok(self.page.find_all(By::Css(css)).await?.len())
    }

    /// Presses a key, with these held down, wherever the focus is.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn key(&self, held: &[Key], key: impl Into<char>) -> Result<()> {
        let key = key.into();
        let pressed = held
            .iter()
            .fold(self.page.action_chain(), |chain, held| {
                chain.key_down(held.clone())
            })
            .key_down(key)
            .key_up(key);
        held.iter()
            .fold(pressed, |chain, held| chain.key_up(held.clone()))
            .perform()
            .await?;
        Ok(())
    }

    /// Waits until the page loads nothing and its pictures are drawn.
    ///
    /// # Errors
    /// It does not come to rest.
    pub async fn settled(&self) -> Result<()> {
        const AT_REST: &str = "return [...document.images].every(i => i.complete) \
                               && !document.querySelector('[aria-busy=true]')";
        self.wait("a page at rest", || async {
            let rest = self.page.execute(AT_REST, Vec::new()).await?;
            Ok(rest.json().as_bool().unwrap_or(false).then_some(()))
        })
        .await
    }

    /// Waits until a selector finds nothing any more.
    ///
    /// # Errors
    /// Something stays.
    pub async fn gone(&self, css: &str) -> Result<()> {
        self.wait(&format!("nothing at {css}"), || async {
            Ok((self.count(css).await? == 0).then_some(()))
        })
        .await
    }

    /// Writes a picture of the page to `target/screenshots`.
    ///
    /// # Errors
    /// The picture cannot be taken or written.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        let file = place::screenshots()?.join(format!("{name}.png"));
        // A picture is of the last frame: this waits until what is there now has been drawn.
        self.page.execute_async(DRAWN, Vec::new()).await?;
        self.page.screenshot(&file).await?;
        Ok(())
    }

    /// Tries until there is something, with patience.
    async fn wait<T, A, F>(&self, what: &str, attempt: A) -> Result<T>
    where
        A: Fn() -> F,
        F: Future<Output = Result<Option<T>>>,
    {
        let asked = Instant::now();
        loop {
            if let Some(found) = attempt().await? {
                return Ok(found);
            }
            if asked.elapsed() > PATIENCE {
                let _ = self.screenshot("failure").await;
                let shown = self.text("body").await.unwrap_or_default();
                bail!("waited in vain for {what}; the window shows: {shown}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Answers once two frames have begun, the second of which shows what was there before.
const DRAWN: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))";

/// Finds the visible element of a role and name, with the part of the accessible-name
/// computation that our page needs.
const BY_NAME: &str = r#"
const [role, name] = arguments;
const native = {
  button: 'button, summary', link: 'a[href]', textbox: 'input:not([type]), input[type=text],' +
    'input[type=password], input[type=email], input[type=url], textarea, [contenteditable=true]',
  searchbox: 'input[type=search]', heading: 'h1,h2,h3,h4', checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]', dialog: 'dialog', listitem: 'li', navigation: 'nav', main: 'main',
};
const labelled = e => {
  const by = e.getAttribute('aria-labelledby');
  if (by) return by.split(/\s+/).map(id => document.getElementById(id)?.textContent ?? '').join(' ');
  if (e.getAttribute('aria-label')) return e.getAttribute('aria-label');
  if (e.labels?.length) return [...e.labels].map(l => l.textContent).join(' ');
  return e.textContent || e.getAttribute('title') || e.getAttribute('placeholder') || '';
};
const plain = s => s.replace(/[\u2068\u2069]/g, '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const wanted = `[role=${role}]` + (native[role] ? ',' + native[role] : '');
return [...document.querySelectorAll(wanted)].find(e => {
  const own = e.getAttribute('role');
  if (own && own !== role) return false;
  return plain(labelled(e)) === name && e.getClientRects().length > 0;
}) ?? null;
"#;
