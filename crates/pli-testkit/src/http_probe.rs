//! The client-server API with none of our code in the way: to prepare scenes, and to measure
//! what the server alone costs.

use anyhow::{Context, Result, bail};
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// An account made for a test.
#[derive(Debug, Clone)]
pub struct User {
    /// Full user id.
    pub id: String,
    /// Its local part.
    pub local_part: String,
    /// Its password.
    pub password: String,
    /// Token of the probe's own device.
    pub access_token: String,
}

/// Speaks to one server.
#[derive(Debug, Clone)]
pub struct HttpProbe {
    base_url: String,
    client: Client,
}

impl HttpProbe {
    /// A probe of the server at `base_url`.
    pub fn new(base_url: String) -> Self {
        Self {
            base_url,
            client: Client::new(),
        }
    }

    /// One request; the answer's JSON.
    ///
    /// # Errors
    /// No answer, or a refusal: its status, code and sentence.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Value> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base_url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let status = response.status();
        let answer: Value = response
            .json()
            .await
            .context("an answer that is not JSON")?;
        if !status.is_success() {
            bail!("{path}: {status} {answer}");
        }
        Ok(answer)
    }

    /// Asks what the server speaks.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn versions(&self) -> Result<Value> {
        self.request(Method::GET, "/_matrix/client/versions", None, None)
            .await
    }

    /// Creates an account.
    ///
    /// # Errors
    /// The name is taken.
    pub async fn register(&self, local_part: &str) -> Result<User> {
        let password = format!("mot de passe de {local_part}");
        self.register_with(local_part, &password).await
    }

    /// Creates an account with that password.
    ///
    /// # Errors
    /// The name is taken.
    pub async fn register_with(&self, local_part: &str, password: &str) -> Result<User> {
        let body = json!({
            "username": local_part,
            "password": password,
            "auth": { "type": "m.login.dummy" },
            "initial_device_display_name": "probe",
        });
        let answer = self
            .request(
                Method::POST,
                "/_matrix/client/v3/register",
                None,
                Some(&body),
            )
            .await?;
        Ok(User {
            id: text(&answer, "user_id")?,
            access_token: text(&answer, "access_token")?,
            local_part: local_part.to_owned(),
            password: password.to_owned(),
        })
    }

    /// Ends the probe's own device: what is left is an account without any.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn forget_device(&self, user: &User) -> Result<()> {
        let token = Some(user.access_token.as_str());
        self.request(
            Method::POST,
            "/_matrix/client/v3/logout",
            token,
            Some(&json!({})),
        )
        .await?;
        Ok(())
    }

    /// Ends every device of an account, by whoever's hand.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn forget_all_devices(&self, user: &User) -> Result<()> {
        let path = "/_matrix/client/v3/logout/all";
        let token = Some(user.access_token.as_str());
        self.request(Method::POST, path, token, Some(&json!({})))
            .await?;
        Ok(())
    }

    /// Creates a room as `user`; `settings` as in the specification's `createRoom`.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn create_room(&self, user: &User, settings: &Value) -> Result<String> {
        let token = Some(user.access_token.as_str());
        let answer = self
            .request(
                Method::POST,
                "/_matrix/client/v3/createRoom",
                token,
                Some(settings),
            )
            .await?;
        text(&answer, "room_id")
    }

    /// Sends an event in clear; its id.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn send(
        &self,
        user: &User,
        room: &str,
        kind: &str,
        transaction: &str,
        content: &Value,
    ) -> Result<String> {
        let token = Some(user.access_token.as_str());
        let path = format!("/_matrix/client/v3/rooms/{room}/send/{kind}/{transaction}");
        let answer = self
            .request(Method::PUT, &path, token, Some(content))
            .await?;
        text(&answer, "event_id")
    }

    /// Does what `action` says in a room: `join`, `leave`, `invite`, `ban`.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn act(&self, user: &User, room: &str, action: &str, body: &Value) -> Result<Value> {
        let token = Some(user.access_token.as_str());
        let path = format!("/_matrix/client/v3/rooms/{room}/{action}");
        self.request(Method::POST, &path, token, Some(body)).await
    }
}

/// A field that the specification requires.
///
/// # Errors
/// It is not there.
pub fn text(answer: &Value, field: &str) -> Result<String> {
    answer
        .get(field)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .with_context(|| format!("an answer without `{field}`"))
}
