//! What must be on the disk before a message leaves: the request, and the ratchet it is encrypted
//! with.

use std::iter;

use async_trait::async_trait;
use matrix_sdk_base::{
    ruma::{
        MilliSecondsSinceUnixEpoch, OwnedTransactionId, device_id,
        events::AnyMessageLikeEventContent, serde::Raw, user_id,
    },
    store::{QueuedRequestKind, SerializableEventContent},
};
use matrix_sdk_crypto::{EncryptionSettings, OlmMachine};
use serde_json::json;

use crate::{
    contenders::Opened,
    content::{room, words},
    work::{Work, timed},
};

/// How many are sent in a run, one after another.
const SENDS: usize = 50;

pub(crate) struct Send;

fn content(number: usize) -> Raw<AnyMessageLikeEventContent> {
    let content = json!({ "msgtype": "m.text", "body": words(number, 200), "m.mentions": {} });
    Raw::new(&content).expect("JSON").cast_unchecked()
}

#[async_trait]
impl Work for Send {
    fn name(&self) -> &'static str {
        "send"
    }

    fn title(&self) -> String {
        format!("encrypt and persist before a send, {SENDS} times")
    }

    fn figures(&self) -> &'static [&'static str] {
        &["ms", "queue", "encrypt"]
    }

    async fn prepare(&self, _: &Opened) {}

    async fn run(&self, stores: &Opened, turn: usize) -> Vec<f64> {
        let (user, device) = (user_id!("@moi:interieur.example.fr"), device_id!("MOI"));
        let machine = OlmMachine::with_store(user, device, stores.crypto.clone(), None)
            .await
            .expect("a machine");
        let room = room(turn);
        machine
            .share_room_key(&room, iter::empty(), EncryptionSettings::default())
            .await
            .expect("a room key");
        let now = MilliSecondsSinceUnixEpoch::now();
        let (mut queue, mut encrypt) = (0.0, 0.0);
        for number in 0..SENDS {
            let content = content(number);
            let transaction = OwnedTransactionId::from(format!("send{turn}-{number}"));
            let kind = "m.room.message".to_owned();
            let request = QueuedRequestKind::Event {
                content: SerializableEventContent::from_raw(content.clone(), kind),
            };
            let saving =
                stores
                    .state
                    .save_send_queue_request(&room, transaction.clone(), now, request, 0);
            let (saved, took) = timed(saving).await;
            saved.expect("queued");
            queue += took;
            let encrypting = machine.encrypt_room_event_raw(&room, "m.room.message", &content);
            let (encrypted, took) = timed(encrypting).await;
            encrypted.expect("encrypted");
            encrypt += took;
            // It was sent: the queue stays as short as it is in life.
            let removing = stores.state.remove_send_queue_request(&room, &transaction);
            assert!(removing.await.expect("removed"));
        }
        vec![queue + encrypt, queue, encrypt]
    }
}
