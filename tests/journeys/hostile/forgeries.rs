//! Attacks by what devices say: keys nobody asked for, senders that are not, broken sessions.

use anyhow::{Context as _, Result, ensure};
use matrix_sdk_base::crypto::vodozemac::{Ed25519SecretKey, olm::Session};
use pli_core::session::State;
use pli_testkit::{proxy::Connection, reading::Read};
use serde_json::{Value, json};

use super::{
    calm,
    device::{Hostile, MEGOLM, Victim, deliver, room_key, said},
    forged::{event, id, text},
    keys::joins,
    stage::Stage,
};

/// A device of good standing in the room, and its Olm session with the victim.
struct Scene {
    mallory: Hostile,
    session: Session,
    victim: Victim,
}

impl Scene {
    async fn new(stage: &Stage, name: &str) -> Result<Self> {
        let mallory = Hostile::new(stage.server, name).await?;
        mallory.cross_sign().await?;
        joins(stage, &mallory).await?;
        let victim = Victim::of(stage).await?;
        let session = mallory.session(&victim.user, &victim.device).await?;
        Ok(Self {
            mallory,
            session,
            victim,
        })
    }

    /// Says something to the victim's device, as its true sender.
    async fn says(&mut self, stage: &Stage, kind: &str, content: Value) -> Result<()> {
        let payload = self.mallory.payload(&self.victim, kind, content).await?;
        let sender = self.mallory.user.id.clone();
        self.says_as(stage, &sender, &payload).await
    }

    /// Says whatever is told, and the server says that it is from `sender`.
    async fn says_as(&mut self, stage: &Stage, sender: &str, payload: &Value) -> Result<()> {
        let content = self
            .mallory
            .encrypted(&mut self.session, &self.victim, payload)?;
        let taken = deliver(stage, sender, "m.room.encrypted", content).await?;
        ensure!(taken, "the sync was refused");
        Ok(())
    }
}

/// Puts a message into the room, waits for what comes after it, and gives its row.
async fn in_room(stage: &mut Stage, sender: &str, content: Value) -> Result<Read> {
    let message = event("m.room.encrypted", sender, content);
    let after = text(sender, &format!("après {}", id(&message)));
    let body = after["content"]["body"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let taken = stage
        .inject(&stage.room, vec![message.clone(), after])
        .await?;
    ensure!(taken, "the sync was refused");
    stage.reading.wait_for_text(&body).await?;
    stage.reading.follow().await?;
    let events = stage.reading.events();
    let row = events
        .iter()
        .find(|event| event.id == id(&message))
        .cloned();
    row.context("it has no row")
}

fn unread(row: &Read) -> Result<()> {
    ensure!(
        row.undecryptable && row.body.is_none(),
        "it is read: {row:?}"
    );
    Ok(())
}

#[test]
fn keys_that_nobody_asked_for() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("cles.c").await?;
        stage.scenario("K15", honest_then_stolen).await;
        stage.scenario("K16", forwarded_key).await;
        stage.scenario("K17", forged_sender).await;
        stage.scenario("K18", forged_by_the_server).await;
        stage.scenario("K19", key_in_clear).await;
        stage.scenario("K20", to_device_in_megolm).await;
        stage.scenario("K21", unasked_secret).await;
        stage.scenario("K22", wedged_session).await;
        stage.scenario("K23", changed_ciphertext).await;
        stage.scenario("K24", malformed_messages).await;
        stage.scenario("K26", reused_one_time_key).await;
        stage.end()
    })
}

#[test]
fn words_of_no_type() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("cles.e").await?;
        stage.scenario("K27", message_of_no_type).await;
        stage.end()
    })
}

/// A member's message that is well encrypted, and whose type is a number.
async fn message_of_no_type(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k27").await?;
    let (mut session, key) = room_key(&stage.room);
    scene.says(stage, "m.room_key", key).await?;
    let own = scene.mallory.user.id.clone();
    let content = said(&mut session, &stage.room, "avec un type");
    in_room(stage, &own, content).await?;
    // From here on the sender is known, and what they say is read as it comes.
    stage.reading.wait_for_text("avec un type").await?;
    let payload = json!({ "type": 3, "room_id": stage.room, "content": {} });
    let content = json!({
        "algorithm": MEGOLM, "session_id": session.session_id(),
        "ciphertext": session.encrypt(payload.to_string()).to_base64(),
    });
    // By the server, as any member could: it is there in each answer until one was taken.
    let probe = stage.server.probe();
    let user = &scene.mallory.user;
    probe
        .send(user, &stage.room, "m.room.encrypted", "k27", &content)
        .await?;
    stage.friend.write(&stage.room, "après cela").await?;
    stage.reading.wait_for_text("après cela").await?;
    // The SDK refuses the answer, and asks for the same again.
    let asked = stage.proxy.seen();
    let asked: Vec<_> = asked
        .iter()
        .filter(|request| String::from_utf8_lossy(&request.body).contains("room-list"))
        .map(|request| request.path.as_str())
        .collect();
    let last = asked.last().context("no sync")?;
    let again = asked.iter().filter(|path| *path == last).count();
    ensure!(again > 1, "the attack is none: {again}");
    Ok(())
}

/// What a member says under their own key is read; said in another's name, or in another room,
/// it is not.
async fn honest_then_stolen(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k15").await?;
    let (mut session, key) = room_key(&stage.room);
    scene.says(stage, "m.room_key", key).await?;
    let (own, friend) = (scene.mallory.user.id.clone(), stage.friend.id().to_owned());
    let content = said(&mut session, &stage.room, "en mon nom");
    in_room(stage, &own, content).await?;
    // Once the sender's identity is known. Were this not read, the scenarios would prove nothing.
    let row = stage.reading.wait_for_text("en mon nom").await?;
    ensure!(row.warning.is_none(), "it warns of {:?}", row.warning);
    let content = said(&mut session, &stage.room, "au nom d’une autre");
    let row = in_room(stage, &friend, content).await?;
    ensure!(
        row.body.is_none() || row.warning.is_some(),
        "trusted: {row:?}"
    );
    let (mut elsewhere, key) = room_key("!ailleurs:example.org");
    scene.says(stage, "m.room_key", key).await?;
    let content = said(&mut elsewhere, &stage.room, "d’une autre salle");
    unread(&in_room(stage, &own, content).await?)
}

/// A one-time key that the server gives out twice opens one session. A second one under it opens
/// nothing, and under another key it would have.
async fn reused_one_time_key(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k26").await?;
    let (user, device) = (scene.victim.user.clone(), scene.victim.device.clone());
    let keys = scene.mallory.claim(&user, &device).await?;
    for (words, again) in [("une première fois", false), ("une seconde fois", true)] {
        scene.session = scene.mallory.session_under(keys)?;
        let row = says_under_a_new_key(stage, &mut scene, words).await?;
        if again {
            unread(&row)?;
        } else {
            stage.reading.wait_for_text(words).await?;
        }
    }
    scene.session = scene.mallory.session(&user, &device).await?;
    says_under_a_new_key(stage, &mut scene, "sous une autre clé").await?;
    stage.reading.wait_for_text("sous une autre clé").await?;
    let row = stage
        .reading
        .events()
        .into_iter()
        .find(|row| row.body.as_deref() == Some("une seconde fois"));
    ensure!(row.is_none(), "it was read later: {row:?}");
    Ok(())
}

/// Shares a new key of the room by the scene's session, and says something under it.
async fn says_under_a_new_key(stage: &mut Stage, scene: &mut Scene, words: &str) -> Result<Read> {
    let (mut session, key) = room_key(&stage.room);
    scene.says(stage, "m.room_key", key).await?;
    let content = said(&mut session, &stage.room, words);
    in_room(stage, &scene.mallory.user.id, content).await
}

/// A key that was forwarded and not asked for.
async fn forwarded_key(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k16").await?;
    let (mut session, mut key) = room_key(&stage.room);
    let friend = Victim::device(stage.server, &stage.friend.user, &stage.friend.session).await?;
    key["sender_key"] = json!(friend.curve25519);
    key["sender_claimed_ed25519_key"] = json!(friend.ed25519);
    key["forwarding_curve25519_key_chain"] = json!([]);
    scene.says(stage, "m.forwarded_room_key", key).await?;
    let content = said(&mut session, &stage.room, "clé transmise");
    unread(&in_room(stage, &friend.user, content).await?)
}

/// A device that says it is of somebody else, in what it encrypts.
async fn forged_sender(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k17").await?;
    let friend = stage.friend.id().to_owned();
    let (mut session, key) = room_key(&stage.room);
    let mut payload = scene
        .mallory
        .payload(&scene.victim, "m.room_key", key)
        .await?;
    payload["sender"] = json!(friend);
    let own = scene.mallory.user.id.clone();
    scene.says_as(stage, &own, &payload).await?;
    let content = said(&mut session, &stage.room, "au nom d’une amie");
    unread(&in_room(stage, &friend, content).await?)
}

/// The same, with the server's help: both say that it is the friend's.
async fn forged_by_the_server(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k18").await?;
    let friend = stage.friend.id().to_owned();
    let (mut session, key) = room_key(&stage.room);
    let mut payload = scene
        .mallory
        .payload(&scene.victim, "m.room_key", key)
        .await?;
    payload["sender"] = json!(friend);
    scene.says_as(stage, &friend, &payload).await?;
    let content = said(&mut session, &stage.room, "avec l’aide du serveur");
    let row = in_room(stage, &friend, content).await?;
    ensure!(
        row.body.is_none() || row.warning.is_some(),
        "trusted: {row:?}"
    );
    Ok(())
}

/// A key that nobody encrypted.
async fn key_in_clear(stage: &mut Stage) -> Result<()> {
    let friend = stage.friend.id().to_owned();
    let (mut session, key) = room_key(&stage.room);
    ensure!(deliver(stage, &friend, "m.room_key", key).await?, "refused");
    let content = said(&mut session, &stage.room, "clé en clair");
    unread(&in_room(stage, &friend, content).await?)
}

/// A to-device message under a room's key.
async fn to_device_in_megolm(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k20").await?;
    let (mut known, key) = room_key(&stage.room);
    scene.says(stage, "m.room_key", key).await?;
    let (mut session, key) = room_key(&stage.room);
    let inner = json!({ "type": "m.room_key", "room_id": stage.room, "content": key });
    let content = json!({
        "algorithm": MEGOLM, "session_id": known.session_id(), "room_id": stage.room,
        "ciphertext": known.encrypt(inner.to_string()).to_base64(),
        "sender_key": scene.mallory.account.curve25519_key().to_base64(),
        "device_id": scene.mallory.device_id,
    });
    let own = scene.mallory.user.id.clone();
    ensure!(
        deliver(stage, &own, "m.room.encrypted", content).await?,
        "refused"
    );
    let content = said(&mut session, &stage.room, "clé dans un salon");
    unread(&in_room(stage, &own, content).await?)
}

/// A secret that was not asked for: the identity stays what it was.
async fn unasked_secret(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k21").await?;
    let secret = Ed25519SecretKey::new().to_base64();
    for name in [
        "m.cross_signing.master",
        "m.cross_signing.self_signing",
        "m.megolm_backup.v1",
    ] {
        let content = json!({ "request_id": "x", "secret": secret, "name": name });
        scene.says(stage, "m.secret.send", content).await?;
    }
    let state = stage.victim.session.state();
    ensure!(matches!(state, State::SignedIn(_)), "it is {state:?}");
    Ok(())
}

/// Messages in the friend's name that no session opens: the friend's own go on.
async fn wedged_session(stage: &mut Stage) -> Result<()> {
    let friend = Victim::device(stage.server, &stage.friend.user, &stage.friend.session).await?;
    let victim = Victim::of(stage).await?;
    let scene = Scene::new(stage, "mallory.k22").await?;
    let mut session = scene.session;
    for kind in [0, 1, 7] {
        let (_, ciphertext) = session.encrypt("{}")?.to_parts();
        let body = matrix_sdk_base::crypto::vodozemac::base64_encode(ciphertext);
        let content = json!({
            "algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": friend.curve25519,
            "ciphertext": { &victim.curve25519: { "type": kind, "body": body } },
        });
        deliver(stage, &friend.user, "m.room.encrypted", content).await?;
    }
    Ok(())
}

/// A message of the friend's whose ciphertext the server changed by one bit.
async fn changed_ciphertext(stage: &mut Stage) -> Result<()> {
    let mut scene = Scene::new(stage, "mallory.k23").await?;
    let (mut session, key) = room_key(&stage.room);
    scene.says(stage, "m.room_key", key).await?;
    let own = scene.mallory.user.id.clone();
    let genuine = said(&mut session, &stage.room, "mot pour mot");
    let ciphertext = genuine["ciphertext"].as_str().unwrap_or_default();
    for place in [
        ciphertext.len() / 3,
        ciphertext.len() - 92,
        ciphertext.len() - 10,
    ] {
        let mut changed = genuine.clone();
        let mut bytes = ciphertext.as_bytes().to_vec();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        changed["ciphertext"] = json!(String::from_utf8(bytes)?);
        unread(&in_room(stage, &own, changed).await?)?;
    }
    Ok(())
}

/// To-device messages that are none.
async fn malformed_messages(stage: &mut Stage) -> Result<()> {
    let friend = stage.friend.id().to_owned();
    let of =
        |kind: &str, content: Value| json!({ "type": kind, "sender": friend, "content": content });
    let events = vec![
        of(
            "m.room.encrypted",
            json!({ "algorithm": "m.olm.v1.curve25519-aes-sha2" }),
        ),
        of(
            "m.room.encrypted",
            json!({ "algorithm": 3, "ciphertext": "x" }),
        ),
        of(
            "m.room_key_request",
            json!({ "action": "request", "requesting_device_id": "X", "request_id": "1",
            "body": { "algorithm": MEGOLM, "room_id": stage.room, "session_id": "x",
                "sender_key": "y" } }),
        ),
        of(
            "m.secret.request",
            json!({ "action": "request", "requesting_device_id": "X",
            "request_id": "1", "name": "m.cross_signing.master" }),
        ),
        of(
            "m.key.verification.request",
            json!({ "from_device": "X", "methods": [], "timestamp": 0,
            "transaction_id": "t" }),
        ),
        of("m.dummy", json!([])),
        json!({ "type": 7 }),
    ];
    let part = json!({ "extensions": { "to_device": { "events": events } } });
    stage
        .proxy
        .inject(Connection::Encryption, part)
        .taken()
        .await?;
    Ok(())
}
