//! Decrypts what a device received in some days.

use async_trait::async_trait;
use matrix_sdk_base::ruma::{device_id, user_id};
use matrix_sdk_crypto::{DecryptionSettings, OlmMachine, TrustRequirement, store::types::Changes};

use crate::{
    contenders::Opened,
    megolm::{Encrypted, Session, conversation},
    work::{Work, timed},
};

pub(crate) struct Decrypt {
    pub(crate) sessions: Vec<Session>,
    pub(crate) events: Vec<Encrypted>,
}

impl Decrypt {
    pub(crate) fn new(events: usize) -> Self {
        let (sessions, events) = conversation(events);
        Self { sessions, events }
    }
}

#[async_trait]
impl Work for Decrypt {
    fn name(&self) -> &'static str {
        "decrypt"
    }

    fn title(&self) -> String {
        format!(
            "decrypt {} Megolm events of {} sessions through OlmMachine",
            self.events.len(),
            self.sessions.len()
        )
    }

    fn figures(&self) -> &'static [&'static str] {
        &["ms", "reading the session of each, alone"]
    }

    async fn prepare(&self, stores: &Opened) {
        let sessions = self.sessions.iter().map(|session| session.inbound.clone());
        let changes = Changes {
            inbound_group_sessions: sessions.collect(),
            ..Changes::default()
        };
        stores.crypto.save_changes(changes).await.expect("saved");
    }

    async fn run(&self, stores: &Opened, _: usize) -> Vec<f64> {
        let (user, device) = (user_id!("@moi:interieur.example.fr"), device_id!("MOI"));
        let machine = OlmMachine::with_store(user, device, stores.crypto.clone(), None)
            .await
            .expect("a machine");
        let settings = DecryptionSettings {
            sender_device_trust_requirement: TrustRequirement::CrossSigned,
        };
        let ((), took) = timed(async {
            for event in &self.events {
                machine
                    .decrypt_room_event(&event.event, &event.room, &settings)
                    .await
                    .expect("decrypted");
            }
        })
        .await;
        let ((), read) = timed(async {
            for event in &self.events {
                let session = self.sessions[event.session].inbound.session_id();
                let session = stores
                    .crypto
                    .get_inbound_group_session(&event.room, session);
                assert!(session.await.expect("read").is_some(), "it is there");
            }
        })
        .await;
        vec![took, read]
    }
}
