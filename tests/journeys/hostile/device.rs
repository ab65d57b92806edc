//! A hostile device, played with vodozemac alone: it says whatever it likes, well encrypted.

use anyhow::{Context as _, Result, ensure};
use matrix_sdk::ruma::CanonicalJsonValue;
use matrix_sdk_base::crypto::vodozemac::{
    Curve25519PublicKey, Ed25519SecretKey, base64_encode,
    megolm::{self, GroupSession},
    olm::{Account, Session, SessionConfig},
};
use pli_testkit::{
    http_probe::{HttpProbe, User, text},
    proxy::Connection,
    synapse::Synapse,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::stage::Stage;

/// Algorithm of to-device messages.
const OLM: &str = "m.olm.v1.curve25519-aes-sha2";

/// Algorithm of messages in rooms.
pub(super) const MEGOLM: &str = "m.megolm.v1.aes-sha2";

/// An account of the server, whose one device is played here.
pub(super) struct Hostile {
    pub(super) user: User,
    pub(super) device_id: String,
    pub(super) account: Account,
    pub(super) master: Ed25519SecretKey,
    pub(super) self_signing: Ed25519SecretKey,
    probe: HttpProbe,
}

impl Hostile {
    /// A new account, whose device has its keys at the server, signed by nobody but itself.
    pub(super) async fn new(server: &Synapse, name: &str) -> Result<Self> {
        let user = server.register(name).await?;
        Self::of(server, user).await
    }

    /// The probe's device of an account that exists.
    pub(super) async fn of(server: &Synapse, user: User) -> Result<Self> {
        let probe = server.probe();
        let path = "/_matrix/client/v3/account/whoami";
        let token = Some(user.access_token.as_str());
        let who = probe.request(Method::GET, path, token, None).await?;
        let hostile = Self {
            device_id: text(&who, "device_id")?,
            account: Account::new(),
            master: Ed25519SecretKey::new(),
            self_signing: Ed25519SecretKey::new(),
            user,
            probe,
        };
        hostile
            .upload(json!({ "device_keys": hostile.device_keys() }))
            .await?;
        Ok(hostile)
    }

    /// Puts something to the server's keys of this device.
    pub(super) async fn upload(&self, keys: Value) -> Result<()> {
        self.post("/_matrix/client/v3/keys/upload", &keys).await?;
        Ok(())
    }

    /// Gives the account an identity, which signs the device: it is as trusted as anybody's.
    pub(super) async fn cross_sign(&self) -> Result<()> {
        let keys = json!({
            "master_key": self.identity_key("master", &self.master),
            "self_signing_key": self.identity_key("self_signing", &self.self_signing),
            "user_signing_key": self.identity_key("user_signing", &Ed25519SecretKey::new()),
            "auth": {
                "type": "m.login.password", "password": self.user.password,
                "identifier": { "type": "m.id.user", "user": self.user.id },
            },
        });
        self.post("/_matrix/client/v3/keys/device_signing/upload", &keys)
            .await?;
        let signed = self.self_signed(self.device_keys())?;
        let signatures = json!({ &self.user.id: { &self.device_id: signed } });
        self.post("/_matrix/client/v3/keys/signatures/upload", &signatures)
            .await?;
        Ok(())
    }

    /// A cross-signing key, signed by the master key.
    fn identity_key(&self, usage: &str, key: &Ed25519SecretKey) -> Value {
        let public = key.public_key().to_base64();
        let keys = json!({
            "user_id": self.user.id, "usage": [usage],
            "keys": { format!("ed25519:{public}"): public },
        });
        let master = self.master.public_key().to_base64();
        signed(keys, &self.user.id, &master, |bytes| {
            self.master.sign(bytes).to_base64()
        })
    }

    /// What `keys/query` says of this account: its identity, and its device, signed by it.
    pub(super) fn queried(&self) -> Result<[Value; 4]> {
        Ok([
            self.identity_key("master", &self.master),
            self.identity_key("self_signing", &self.self_signing),
            self.identity_key("user_signing", &Ed25519SecretKey::new()),
            self.self_signed(self.device_keys())?,
        ])
    }

    /// The same as of somebody else's account: for a server that replaces an identity.
    pub(super) fn posing_as(mut self, user: &User) -> Self {
        self.user.id.clone_from(&user.id);
        self
    }

    /// The device's keys, signed by itself.
    pub(super) fn device_keys(&self) -> Value {
        let id = &self.device_id;
        let keys = self.account.identity_keys();
        let keys = json!({
            "user_id": self.user.id, "device_id": id, "algorithms": [OLM, MEGOLM],
            "keys": {
                format!("curve25519:{id}"): keys.curve25519.to_base64(),
                format!("ed25519:{id}"): keys.ed25519.to_base64(),
            },
        });
        self.signed(keys)
    }

    /// What this device signs.
    pub(super) fn signed(&self, object: Value) -> Value {
        signed(object, &self.user.id, &self.device_id, |bytes| {
            self.account.sign(bytes).to_base64()
        })
    }

    /// What this account's identity signs.
    pub(super) fn self_signed(&self, object: Value) -> Result<Value> {
        let key = self.self_signing.public_key().to_base64();
        Ok(signed(object, &self.user.id, &key, |bytes| {
            self.self_signing.sign(bytes).to_base64()
        }))
    }

    /// A one-time key of these bytes, signed by this device.
    pub(super) fn one_time_key(&self, bytes: &[u8; 32]) -> Value {
        self.signed(json!({ "key": base64_encode(bytes) }))
    }

    /// Begins an Olm session with a device of Pli.
    pub(super) async fn session(&self, user: &str, device: &str) -> Result<Session> {
        self.session_under(self.claim(user, device).await?)
    }

    /// The key of a device of Pli, and a one-time key of it that the server gives.
    pub(super) async fn claim(&self, user: &str, device: &str) -> Result<[Curve25519PublicKey; 2]> {
        let query = json!({ "device_keys": { user: [device] } });
        let keys = self.post("/_matrix/client/v3/keys/query", &query).await?;
        let place = format!("/device_keys/{user}/{device}/keys/curve25519:{device}");
        let identity = keys
            .pointer(&place)
            .and_then(Value::as_str)
            .context("no such device")?;
        let claim = json!({ "one_time_keys": { user: { device: "signed_curve25519" } } });
        let claimed = self.post("/_matrix/client/v3/keys/claim", &claim).await?;
        let claimed = claimed.pointer(&format!("/one_time_keys/{user}/{device}"));
        let key = claimed
            .and_then(Value::as_object)
            .and_then(|keys| keys.values().next());
        let key = key.context("no one-time key")?;
        ensure!(key["fallback"].is_null(), "it serves more than once");
        let key = key["key"].as_str().context("no key in it")?;
        Ok([
            Curve25519PublicKey::from_base64(identity)?,
            Curve25519PublicKey::from_base64(key)?,
        ])
    }

    /// Begins an Olm session under keys that were claimed.
    pub(super) fn session_under(&self, keys: [Curve25519PublicKey; 2]) -> Result<Session> {
        let [identity, one_time] = keys;
        let config = SessionConfig::version_1();
        Ok(self
            .account
            .create_outbound_session(config, identity, one_time)?)
    }

    /// What an honest device would say about itself and the recipient, around a content.
    pub(super) async fn payload(&self, to: &Victim, kind: &str, content: Value) -> Result<Value> {
        let keys = self.account.identity_keys();
        Ok(json!({
            "type": kind, "content": content,
            "sender": self.user.id, "sender_device": self.device_id,
            "keys": { "ed25519": keys.ed25519.to_base64() },
            "recipient": to.user, "recipient_keys": { "ed25519": to.ed25519 },
        }))
    }

    /// The payload, encrypted for the device; the content of an `m.room.encrypted`.
    pub(super) fn encrypted(
        &self,
        session: &mut Session,
        to: &Victim,
        payload: &Value,
    ) -> Result<Value> {
        let (kind, ciphertext) = session.encrypt(payload.to_string())?.to_parts();
        Ok(json!({
            "algorithm": OLM, "sender_key": self.account.curve25519_key().to_base64(),
            "ciphertext": { &to.curve25519: { "type": kind, "body": base64_encode(ciphertext) } },
        }))
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let token = Some(self.user.access_token.as_str());
        self.probe
            .request(Method::POST, path, token, Some(body))
            .await
    }
}

/// The device that is attacked, as its attackers know it.
pub(super) struct Victim {
    pub(super) user: String,
    pub(super) device: String,
    pub(super) ed25519: String,
    pub(super) curve25519: String,
}

impl Victim {
    pub(super) async fn of(stage: &Stage) -> Result<Self> {
        Self::device(stage.server, &stage.victim.user, &stage.victim.session).await
    }

    pub(super) async fn device(
        server: &Synapse,
        user: &User,
        session: &pli_core::session::Session,
    ) -> Result<Self> {
        let pli_core::session::State::SignedIn(identity) = session.state() else {
            anyhow::bail!("not signed in");
        };
        let query = json!({ "device_keys": { &user.id: [] } });
        let path = "/_matrix/client/v3/keys/query";
        let token = Some(user.access_token.as_str());
        let keys = server
            .probe()
            .request(Method::POST, path, token, Some(&query))
            .await?;
        let device = identity.device_id;
        let key = |kind: &str| {
            let place = format!("/device_keys/{}/{device}/keys/{kind}:{device}", user.id);
            let key = keys.pointer(&place).and_then(Value::as_str);
            key.map(str::to_owned).context("no such key")
        };
        Ok(Self {
            user: user.id.clone(),
            ed25519: key("ed25519")?,
            curve25519: key("curve25519")?,
            device,
        })
    }
}

/// Puts a to-device event into the victim's sync, from whomever it says.
pub(super) async fn deliver(
    stage: &Stage,
    sender: &str,
    kind: &str,
    content: Value,
) -> Result<bool> {
    let event = json!({ "type": kind, "sender": sender, "content": content });
    let part = json!({ "extensions": { "to_device": { "events": [event] } } });
    stage
        .proxy
        .inject(Connection::Encryption, part)
        .taken()
        .await
}

/// A session for a room, and the content that shares it.
pub(super) fn room_key(room: &str) -> (GroupSession, Value) {
    let session = GroupSession::new(megolm::SessionConfig::version_1());
    let content = json!({
        "algorithm": MEGOLM, "room_id": room,
        "session_id": session.session_id(), "session_key": session.session_key().to_base64(),
    });
    (session, content)
}

/// A message in a room under such a session; the content of an `m.room.encrypted`.
pub(super) fn said(session: &mut GroupSession, room: &str, words: &str) -> Value {
    let payload = json!({
        "type": "m.room.message", "room_id": room,
        "content": { "msgtype": "m.text", "body": words },
    });
    json!({
        "algorithm": MEGOLM, "session_id": session.session_id(),
        "ciphertext": session.encrypt(payload.to_string()).to_base64(),
    })
}

/// `object`, with a signature over its canonical form.
fn signed(mut object: Value, user: &str, key: &str, sign: impl Fn(&[u8]) -> String) -> Value {
    let mut bare = object.clone();
    if let Some(bare) = bare.as_object_mut() {
        bare.remove("signatures");
        bare.remove("unsigned");
    }
    let canonical = CanonicalJsonValue::try_from(bare).map(|json| json.to_string());
    let signature = sign(canonical.unwrap_or_default().as_bytes());
    object["signatures"][user][format!("ed25519:{key}")] = json!(signature);
    object
}
