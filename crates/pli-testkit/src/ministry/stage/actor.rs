//! A person's device, for as long as the ministry is being seeded.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use matrix_sdk::{Client, RoomMemberships, config::SyncSettings, ruma::RoomId};
use reqwest::Method;
use serde_json::json;

use super::super::{
    Account,
    script::{Kind, Person, Scene},
};
use crate::{
    http_probe::{HttpProbe, User},
    synapse::Synapse,
};

/// All accounts of the demo have the same password: it is printed and typed by hand.
const PASSWORD: &str = "demonstration";

/// A signed-in person.
pub(in crate::ministry) struct Actor {
    pub(super) client: Client,
    user: User,
    probe: HttpProbe,
    server: String,
    recovery_code: Option<String>,
}

impl Actor {
    /// Creates the account and its first device; a newcomer's stays as the server made it.
    pub(in crate::ministry) async fn arrive(person: &Person, server: &Synapse) -> Result<Self> {
        let probe = server.probe();
        let user = probe.register_with(&person.local_part, PASSWORD).await?;
        let path = format!("/_matrix/client/v3/profile/{}/displayname", user.id);
        let name = json!({ "displayname": person.name });
        let token = Some(user.access_token.as_str());
        probe
            .request(Method::PUT, &path, token, Some(&name))
            .await?;
        let client = Client::builder()
            .homeserver_url(server.base_url())
            .build()
            .await?;
        client
            .matrix_auth()
            .login_username(&person.local_part, PASSWORD)
            .initial_device_display_name("Poste de bureau")
            .send()
            .await?;
        let mut recovery_code = None;
        if !person.newcomer {
            let encryption = client.encryption();
            encryption.bootstrap_cross_signing(None).await?;
            recovery_code = Some(encryption.recovery().enable().await?);
        }
        probe.forget_device(&user).await?;
        let actor = Self {
            client,
            user,
            probe,
            server: server.base_url(),
            recovery_code,
        };
        actor.sync().await?;
        Ok(actor)
    }

    /// How to sign in as this person.
    pub(in crate::ministry) fn account(&self, person: &Person) -> Account {
        Account {
            address: self.user.id.clone(),
            name: person.name.clone(),
            password: PASSWORD.to_owned(),
            recovery_code: self.recovery_code.clone(),
            server: self.server.clone(),
        }
    }

    /// Creates the room of a scene and invites the guests; its id.
    pub(super) async fn create_room(&self, scene: &Scene, guests: &[&Self]) -> Result<String> {
        let public = scene.kind == Kind::Public;
        let invite: Vec<_> = guests.iter().map(|guest| &guest.user.id).collect();
        let mut settings = json!({
            "preset": if public { "public_chat" } else { "private_chat" },
            "visibility": if public { "public" } else { "private" },
            "is_direct": scene.kind == Kind::Direct,
            "invite": invite,
            "initial_state": [],
        });
        if let Some(settings) = settings.as_object_mut() {
            if !scene.name.is_empty() {
                settings.insert("name".to_owned(), json!(scene.name));
            }
            if !scene.topic.is_empty() {
                settings.insert("topic".to_owned(), json!(scene.topic));
            }
            if !public {
                let encryption = json!([{
                    "type": "m.room.encryption",
                    "content": { "algorithm": "m.megolm.v1.aes-sha2" },
                }]);
                settings.insert("initial_state".to_owned(), encryption);
            }
        }
        self.probe.create_room(&self.as_user()?, &settings).await
    }

    /// Accepts the invitation, once it has arrived.
    pub(super) async fn join(&self, room: &str) -> Result<()> {
        let asked = Instant::now();
        loop {
            match self
                .probe
                .act(&self.as_user()?, room, "join", &json!({}))
                .await
            {
                Ok(_) => return Ok(()),
                Err(error) if asked.elapsed() > Duration::from_secs(30) => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
    }

    /// Waits until this device knows that `members` people are in the room.
    pub(super) async fn sees(&self, room: &str, members: usize) -> Result<()> {
        let id = RoomId::parse(room)?;
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(60) {
            self.sync().await?;
            if let Some(room) = self.client.get_room(&id) {
                room.request_encryption_state().await?;
                if room.members(RoomMemberships::JOIN).await?.len() >= members {
                    return Ok(());
                }
            }
        }
        bail!("{} does not see everybody", self.user.id)
    }

    /// Notes that the room is a direct one with `other`.
    pub(super) async fn mark_direct(&self, room: &str, other: &Self) -> Result<()> {
        let room = self.client.get_room(&RoomId::parse(room)?);
        let room = room.context("not in that room")?;
        if !room.is_direct().await? {
            let other = <&matrix_sdk::ruma::UserId>::try_from(other.user.id.as_str())?.to_owned();
            self.client
                .account()
                .mark_as_dm(room.room_id(), std::slice::from_ref(&other))
                .await?;
            self.sync().await?;
        }
        Ok(())
    }

    /// Receives the last keys and backs them up. A newcomer's device is then forgotten; the
    /// others stay, as the senders that their messages name.
    pub(in crate::ministry) async fn leave(self) -> Result<()> {
        self.sync().await?;
        self.sync().await?;
        if self.recovery_code.is_none() {
            return Ok(self.client.matrix_auth().logout().await.map(|_| ())?);
        }
        let backups = self.client.encryption().backups();
        backups.wait_for_steady_state().await?;
        Ok(())
    }

    async fn sync(&self) -> Result<()> {
        let settings = SyncSettings::new().timeout(Duration::ZERO);
        self.client.sync_once(settings).await?;
        Ok(())
    }

    /// The probe acting with this device's token.
    fn as_user(&self) -> Result<User> {
        let access_token = self.client.access_token().context("not signed in")?;
        Ok(User {
            access_token,
            ..self.user.clone()
        })
    }
}
