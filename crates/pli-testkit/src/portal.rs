//! The portal of a ministry: a real OpenID Connect provider (`oidc-provider-mock`), and a browser
//! that signs in there.

use std::{
    collections::BTreeMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use reqwest::{Client, Method, StatusCode, header, redirect};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use crate::{place, process::Process};

/// How many redirects a sign-in takes at the most.
const REDIRECTS: usize = 20;

/// The provider. Ends when dropped.
#[derive(Debug)]
pub struct Portal {
    issuer: String,
    _process: Process,
    _directory: TempDir,
}

impl Portal {
    /// Starts one, on a free port; it knows whoever comes.
    ///
    /// # Errors
    /// It is not installed or does not come up.
    pub async fn start() -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("pli-portal-").tempdir()?;
        let (port, log) = (place::free_port()?, directory.path().join("portal.log"));
        let mut process = Process::start(place::synapse_python()?, &log, |command| {
            command
                .args(["-m", "oidc_provider_mock", "-p", &port.to_string()])
                .current_dir(directory.path());
        })?;
        let issuer = format!("http://127.0.0.1:{port}");
        let page = format!("{issuer}/.well-known/openid-configuration");
        let (asked, client) = (Instant::now(), Client::new());
        while client.get(&page).send().await.is_err() {
            if process.ended()?.is_some() || asked.elapsed() > Duration::from_secs(60) {
                let said = std::fs::read_to_string(&log).unwrap_or_default();
                bail!("the portal did not start: {said}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(Self {
            issuer,
            _process: process,
            _directory: directory,
        })
    }

    /// What a server must be told to accept it, under an id and a name.
    pub fn provider(&self, id: &str, name: &str) -> Value {
        json!({
            "idp_id": id,
            "idp_name": name,
            "issuer": self.issuer,
            "discover": true,
            "client_id": "synapse",
            "client_secret": "only for tests",
            "client_auth_method": "client_secret_post",
            "scopes": ["openid"],
            "user_mapping_provider": { "config": { "localpart_template": "{{ user.sub }}" } },
        })
    }
}

/// A browser in which somebody signs in; it keeps its cookies, and runs no script.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    /// All of it is of this computer, whatever the port.
    cookies: Mutex<BTreeMap<String, String>>,
    person: String,
}

/// What the browser shows in the end.
#[derive(Debug)]
pub struct Page {
    /// Where.
    pub url: Url,
    /// How it was answered.
    pub status: StatusCode,
    /// All of it.
    pub text: String,
}

impl Page {
    /// The first link whose address contains `part`.
    pub fn link(&self, part: &str) -> Option<Url> {
        let links = self.text.split("href=\"").skip(1);
        let mut links = links.filter_map(|rest| rest.split('"').next());
        let found = links.find(|link| link.contains(part))?;
        self.url.join(&found.replace("&amp;", "&")).ok()
    }
}

impl Browser {
    /// The browser of somebody; the portal knows them by this name.
    ///
    /// # Errors
    /// No client can be made.
    pub fn of(person: &str) -> Result<Self> {
        let client = Client::builder().redirect(redirect::Policy::none());
        Ok(Self {
            client: client.build()?,
            cookies: Mutex::default(),
            person: person.to_owned(),
        })
    }

    /// Opens a link, follows where it leads, and gives the name where the portal asks for it.
    ///
    /// # Errors
    /// Somebody does not answer, or leads round in circles.
    pub async fn open(&self, link: &Url) -> Result<Page> {
        let mut page = self.go(Method::GET, link.clone()).await?;
        if page.text.contains("name=\"sub\"") {
            page = self.go(Method::POST, page.url).await?;
        }
        Ok(page)
    }

    async fn go(&self, method: Method, url: Url) -> Result<Page> {
        let (mut method, mut url) = (method, url);
        for _ in 0..REDIRECTS {
            let mut request = self.client.request(method.clone(), url.clone());
            request = request.header(header::COOKIE, self.cookies()?);
            if method == Method::POST {
                let form = url::form_urlencoded::Serializer::new(String::new())
                    .append_pair("sub", &self.person)
                    .finish();
                request = request
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(form);
            }
            let answer = request.send().await?;
            self.keep(answer.headers())?;
            let status = answer.status();
            let Some(next) = answer.headers().get(header::LOCATION) else {
                let text = answer.text().await?;
                return Ok(Page { url, status, text });
            };
            url = url.join(next.to_str()?)?;
            method = Method::GET;
        }
        bail!("a sign-in that leads round in circles")
    }

    fn cookies(&self) -> Result<String> {
        let cookies = self.jar()?;
        let pairs = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        Ok(pairs.collect::<Vec<_>>().join("; "))
    }

    fn keep(&self, headers: &header::HeaderMap) -> Result<()> {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').context("a cookie without a value")?;
            self.jar()?.insert(name.to_owned(), value.to_owned());
        }
        Ok(())
    }

    fn jar(&self) -> Result<std::sync::MutexGuard<'_, BTreeMap<String, String>>> {
        self.cookies
            .lock()
            .map_err(|_| anyhow::anyhow!("a scene died in the browser"))
    }
}
