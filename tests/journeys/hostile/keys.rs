//! Attacks on who gets the keys: devices, identities and one-time keys that the server invents.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use matrix_sdk::{
    Client,
    config::SyncSettings,
    ruma::{RoomId, events::room::message::RoomMessageEventContent},
};
use matrix_sdk_base::crypto::CollectStrategy;
use pli_testkit::{
    proxy::{Answer, Attack, Connection, Request, Rule},
    reading::Sending,
};
use serde_json::{Value, json};

use super::{
    calm,
    device::{Hostile, Victim},
    forged::state,
    stage::Stage,
};
use crate::{messages::read, rooms::shared_room};

/// Whether a key left for a device.
fn shared_with(stage: &Stage, user: &str, device: &str) -> bool {
    sent_to(stage, "/sendToDevice/m.room.encrypted", user, device)
}

fn sent_to(stage: &Stage, path: &str, user: &str, device: &str) -> bool {
    let seen = stage.proxy.seen();
    seen.iter()
        .any(|request| is_to(request, path, user, device))
}

fn is_to(request: &Request, path: &str, user: &str, device: &str) -> bool {
    let to = request.json().filter(|_| request.path.contains(path));
    to.is_some_and(|body| !body["messages"][user][device].is_null())
}

/// The device was told that it gets no key: it is known, and refused.
async fn refused(stage: &Stage, user: &str, device: &str) -> Result<()> {
    let refused = |request: &Request| is_to(request, "m.room_key.withheld", user, device);
    stage.proxy.wait_for("a refusal", refused).await?;
    Ok(())
}

/// The server says that something about these people changed, and the client asks.
async fn look_again(stage: &Stage, rule: &Rule, users: &[&str]) -> Result<()> {
    let changed = json!({ "e2ee": {
        "device_lists": { "changed": users, "left": [] },
        "device_one_time_keys_count": { "signed_curve25519": 50 },
        "device_unused_fallback_key_types": ["signed_curve25519"],
    } });
    let before = rule.struck();
    stage
        .proxy
        .inject(Connection::Encryption, json!({ "extensions": changed }));
    rule.wait_for_strikes(before + 1).await
}

fn is_query(request: &Request) -> bool {
    request.path.contains("/keys/query")
}

/// The server shows a further device of somebody, and gives a one-time key for it.
fn added(stage: &Stage, user: &str, device: &Hostile) -> [Rule; 2] {
    let (owner, id, keys) = (
        user.to_owned(),
        device.device_id.clone(),
        device.device_keys(),
    );
    let query = Attack::json(move |answer| {
        if let Some(devices) = answer["device_keys"].get_mut(&owner) {
            devices[&id] = keys.clone();
        }
    });
    let (owner, id) = (user.to_owned(), device.device_id.clone());
    let key = device.one_time_key(device.account.curve25519_key().as_bytes());
    let claim = Attack::json(move |answer| {
        answer["one_time_keys"][&owner][&id] = json!({ "signed_curve25519:AAAAAQ": key });
    });
    let of = user.to_owned();
    let is_asked = move |request: &Request| {
        is_query(request) && String::from_utf8_lossy(&request.body).contains(&of)
    };
    [
        stage.proxy.always(is_asked, query),
        stage
            .proxy
            .always(|request| request.path.contains("/keys/claim"), claim),
    ]
}

/// A device of that name which says that it is of that user.
async fn posing(
    stage: &Stage,
    name: &str,
    user: &pli_testkit::http_probe::User,
    id: &str,
) -> Result<Hostile> {
    let mut hostile = Hostile::new(stage.server, name).await?.posing_as(user);
    hostile.device_id = id.to_owned();
    Ok(hostile)
}

/// The victim writes, and the friend reads it.
async fn writes(stage: &Stage, words: &str) -> Result<()> {
    let mut other = read(&stage.friend, &stage.room).await?;
    stage.victim.write(&stage.room, words).await?;
    other.wait_for_text(words).await?;
    Ok(())
}

#[test]
fn devices_that_the_server_invents() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("cles.a").await?;
        stage.scenario("K01", unsigned_device).await;
        stage.scenario("K02", device_named_after_a_master_key).await;
        stage.scenario("K03", swapped_keys).await;
        stage.scenario("K04", query_fails).await;
        stage.scenario("K05", too_many_devices).await;
        stage.scenario("K06", counts_that_lie).await;
        stage.end()
    })
}

/// A device that the friend never signed gets nothing; and does, where anybody would.
async fn unsigned_device(stage: &mut Stage) -> Result<()> {
    let friend = stage.friend.user.clone();
    let evil = posing(stage, "mallory.k01", &friend, "EVILK01").await?;
    let [query, _claim] = added(stage, &friend.id, &evil);
    look_again(stage, &query, &[&friend.id]).await?;
    writes(stage, "pas pour cet appareil").await?;
    refused(stage, &friend.id, "EVILK01").await?;
    ensure!(!shared_with(stage, &friend.id, "EVILK01"), "it got the key");
    // Without the guard: the same server, the same room, a client that trusts every device.
    unguarded(stage).await?;
    ensure!(
        shared_with(stage, &friend.id, "EVILK01"),
        "nobody gives it a key: the attack is none"
    );
    Ok(())
}

/// Somebody in the room whose client gives keys to all devices writes there.
async fn unguarded(stage: &Stage) -> Result<()> {
    let user = stage.server.register("imprudente.k01").await?;
    stage
        .friend
        .account
        .room_invite(&stage.room, &user.id, None)
        .await?;
    let client = Client::builder()
        .homeserver_url(stage.proxy.base_url())
        .respect_login_well_known(false)
        .with_room_key_recipient_strategy(CollectStrategy::AllDevices)
        .build()
        .await?;
    let login = client
        .matrix_auth()
        .login_username(&user.id, &user.password);
    login.send().await?;
    let at_once = SyncSettings::default().timeout(Duration::ZERO);
    client.sync_once(at_once.clone()).await?;
    let room_id = RoomId::parse(&stage.room)?;
    client.join_room_by_id(&room_id).await?;
    client.sync_once(at_once).await?;
    let room = client.get_room(&room_id).context("not in the room")?;
    room.send(RoomMessageEventContent::text_plain("pour tout le monde"))
        .await?;
    Ok(())
}

/// A device whose id is the master key: a signature by the one is none by the other.
async fn device_named_after_a_master_key(stage: &mut Stage) -> Result<()> {
    let friend = stage.friend.user.clone();
    let rows = stage.server.query(&format!(
        "select keydata from e2e_cross_signing_keys where user_id = '{}' and keytype = 'master'",
        friend.id
    ))?;
    let master: Value = serde_json::from_str(rows[0][0].as_str().context("no identity")?)?;
    let master = master["keys"]
        .as_object()
        .and_then(|keys| keys.values().next())
        .cloned();
    let master = master
        .and_then(|key| key.as_str().map(str::to_owned))
        .context("no key")?;
    let evil = posing(stage, "mallory.k02", &friend, &master).await?;
    let [query, _claim] = added(stage, &friend.id, &evil);
    look_again(stage, &query, &[&friend.id]).await?;
    writes(stage, "pas pour cette clé").await?;
    ensure!(!shared_with(stage, &friend.id, &master), "it got the key");
    Ok(())
}

/// The friend's own device, with other keys: what is sent goes to the keys that were known.
async fn swapped_keys(stage: &mut Stage) -> Result<()> {
    let friend = stage.friend.user.clone();
    let device = Victim::device(stage.server, &friend, &stage.friend.session).await?;
    let evil = posing(stage, "mallory.k03", &friend, &device.device).await?;
    let [query, _claim] = added(stage, &friend.id, &evil);
    look_again(stage, &query, &[&friend.id]).await?;
    writes(stage, "pas sous ces clés").await?;
    let evil = evil.account.curve25519_key().to_base64();
    ensure!(
        !stage.proxy.has_seen_words(&evil),
        "something is encrypted for it"
    );
    Ok(())
}

/// The keys of who joins cannot be had, for ever: nothing leaves in clear, nor for them.
async fn query_fails(stage: &mut Stage) -> Result<()> {
    let mallory = Hostile::new(stage.server, "mallory.k04").await?;
    mallory.cross_sign().await?;
    let failure = Answer::json(500, &json!({ "errcode": "M_UNKNOWN", "error": "" }));
    let rule = stage.proxy.always(is_query, Attack::Answer(failure));
    joins(stage, &mallory).await?;
    stage.victim.write(&stage.room, "sans les clés").await?;
    rule.wait_for_strikes(3).await?;
    ensure!(
        !stage.proxy.has_seen_words("sans les clés"),
        "it left in clear"
    );
    ensure!(
        !shared_with(stage, &mallory.user.id, &mallory.device_id),
        "a key"
    );
    drop(rule);
    let mut other = read(&stage.friend, &stage.room).await?;
    other.wait_for_text("sans les clés").await?;
    ensure!(
        !stage.proxy.has_seen_words("sans les clés"),
        "it left in clear"
    );
    Ok(())
}

/// Lets a hostile account into the room.
pub(super) async fn joins(stage: &Stage, mallory: &Hostile) -> Result<()> {
    stage
        .friend
        .account
        .room_invite(&stage.room, &mallory.user.id, None)
        .await?;
    let probe = stage.server.probe();
    probe
        .act(&mallory.user, &stage.room, "join", &json!({}))
        .await?;
    let id = mallory.user.id.clone();
    let people = stage.victim.account.room_members(&stage.room).await?;
    let mut people = pli_testkit::listing::Listing::new(people);
    people
        .wait_for("who joined", |person| person.user_id == id)
        .await?;
    Ok(())
}

/// More people whose devices changed than anybody knows.
async fn too_many_devices(stage: &mut Stage) -> Result<()> {
    let users: Vec<String> = (0..20_000).map(|n| format!("@u{n}:example.org")).collect();
    let part = json!({ "extensions": { "e2ee": {
        "device_lists": { "changed": users, "left": users },
    } } });
    let taken = stage
        .proxy
        .inject(Connection::Encryption, part)
        .taken()
        .await?;
    ensure!(taken, "the sync was refused");
    Ok(())
}

/// A server that says, again and again, that no one-time keys are left: it gets no endless row.
async fn counts_that_lie(stage: &mut Stage) -> Result<()> {
    let uploads = |stage: &Stage| {
        let seen = stage.proxy.seen();
        seen.iter()
            .filter(|request| request.path.contains("/keys/upload"))
            .count()
    };
    let before = uploads(stage);
    for count in [
        json!(0),
        json!(0),
        json!(0),
        json!(9_007_199_254_740_991_u64),
    ] {
        let part = json!({ "extensions": { "e2ee": {
            "device_one_time_keys_count": { "signed_curve25519": count },
        } } });
        stage
            .proxy
            .inject(Connection::Encryption, part)
            .taken()
            .await?;
    }
    let uploaded = uploads(stage) - before;
    ensure!(uploaded <= 8, "{uploaded} uploads for four answers");
    Ok(())
}

#[test]
fn keys_that_are_none() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("cles.b").await?;
        // The all-zero point, one of order four, and one of order eight.
        let eighth = [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f,
            0xc4, 0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16,
            0x5f, 0x49, 0xb8, 0x00,
        ];
        let mut one = [0; 32];
        one[0] = 1;
        for (number, key) in [("K07", [0; 32]), ("K08", one), ("K09", eighth)] {
            stage
                .scenario(number, async |stage| {
                    weak_one_time_key(stage, number, &key).await
                })
                .await;
        }
        stage.scenario("K10", anothers_one_time_key).await;
        stage.scenario("K11", encryption_removed).await;
        stage.scenario("K12", encryption_changed).await;
        stage.scenario("K13", history_visibility).await;
        stage.scenario("K14", backup_replaced).await;
        stage.end()
    })
}

/// A member of good standing whose one-time key makes the shared secret known to all.
async fn weak_one_time_key(stage: &mut Stage, number: &str, key: &[u8; 32]) -> Result<()> {
    let mallory = Hostile::new(stage.server, &format!("mallory.{number}").to_lowercase()).await?;
    mallory.cross_sign().await?;
    let key = mallory.one_time_key(key);
    mallory
        .upload(json!({ "one_time_keys": { "signed_curve25519:AAAAAQ": key } }))
        .await?;
    joins(stage, &mallory).await?;
    let (user, device) = (mallory.user.id.clone(), mallory.device_id.clone());
    writes(stage, &format!("{number} : sans secret commun")).await?;
    let claimed = |request: &Request| {
        let body = request
            .json()
            .filter(|_| request.path.contains("/keys/claim"));
        body.is_some_and(|body| !body["one_time_keys"][&user][&device].is_null())
    };
    stage.proxy.wait_for("its key claimed", claimed).await?;
    ensure!(!shared_with(stage, &user, &device), "a key left under it");
    Ok(())
}

/// The one-time key of somebody else, for a member's device.
async fn anothers_one_time_key(stage: &mut Stage) -> Result<()> {
    let mallory = Hostile::new(stage.server, "mallory.k10").await?;
    let other = Hostile::new(stage.server, "autre.k10").await?;
    mallory.cross_sign().await?;
    let (user, device) = (mallory.user.id.clone(), mallory.device_id.clone());
    let key = other.one_time_key(other.account.curve25519_key().as_bytes());
    let claim = Attack::json(move |answer| {
        answer["one_time_keys"][&user][&device] = json!({ "signed_curve25519:AAAAAQ": key });
    });
    let rule = stage
        .proxy
        .always(|request| request.path.contains("/keys/claim"), claim);
    joins(stage, &mallory).await?;
    writes(stage, "pas sous la clé d’une autre").await?;
    rule.wait_for_strikes(1).await?;
    ensure!(
        !shared_with(stage, &mallory.user.id, &mallory.device_id),
        "a key"
    );
    Ok(())
}

/// The room is said not to be encrypted any more, by an event, and by a state that is empty.
async fn encryption_removed(stage: &mut Stage) -> Result<()> {
    let friend = stage.friend.id().to_owned();
    let gone = state("m.room.encryption", "", &friend, json!({}));
    claimed_state(stage, &stage.room, gone).await?;
    writes(stage, "toujours chiffré").await?;
    ensure!(
        !stage.proxy.has_seen_words("toujours chiffré"),
        "it left in clear"
    );
    Ok(())
}

/// The room is said to be encrypted otherwise.
async fn encryption_changed(stage: &mut Stage) -> Result<()> {
    let friend = stage.friend.id().to_owned();
    let weak =
        json!({ "algorithm": "m.plain", "rotation_period_msgs": 0, "rotation_period_ms": -1 });
    claimed_state(
        stage,
        &stage.room,
        state("m.room.encryption", "", &friend, weak),
    )
    .await?;
    writes(stage, "encore chiffré").await?;
    ensure!(
        !stage.proxy.has_seen_words("encore chiffré"),
        "it left in clear"
    );
    Ok(())
}

async fn claimed_state(stage: &Stage, room_id: &str, state: Value) -> Result<()> {
    let room = json!({ "required_state": [state.clone()], "timeline": [state] });
    let part = json!({ "rooms": { room_id: room } });
    stage.proxy.inject(Connection::Rooms, part).taken().await?;
    Ok(())
}

/// The past is said to be for all: who is invited gets no key of it.
async fn history_visibility(stage: &mut Stage) -> Result<()> {
    let room = shared_room(&stage.victim, &stage.friend, "Le passé").await?;
    let mut other = read(&stage.friend, &room).await?;
    stage.victim.write(&room, "du passé").await?;
    other.wait_for_text("du passé").await?;
    let open = json!({ "history_visibility": "world_readable" });
    let open = state("m.room.history_visibility", "", stage.victim.id(), open);
    claimed_state(stage, &room, open).await?;
    let mallory = Hostile::new(stage.server, "mallory.k13").await?;
    mallory.cross_sign().await?;
    let key = mallory.one_time_key(mallory.account.curve25519_key().as_bytes());
    mallory
        .upload(json!({ "one_time_keys": { "signed_curve25519:AAAAAQ": key } }))
        .await?;
    stage
        .victim
        .account
        .room_invite(&room, &mallory.user.id, None)
        .await?;
    let seen = stage.proxy.seen();
    ensure!(
        !shared_with(stage, &mallory.user.id, &mallory.device_id),
        "the past was shared"
    );
    ensure!(
        !seen
            .iter()
            .any(|request| request.path.contains("/media/v3/upload")),
        "a bundle of keys was uploaded"
    );
    Ok(())
}

/// The backup is another's: no key goes there.
async fn backup_replaced(stage: &mut Stage) -> Result<()> {
    let evil = Hostile::new(stage.server, "mallory.k14").await?;
    let public = evil.account.curve25519_key().to_base64();
    let version = json!({
        "algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "version": "666", "count": 0,
        "etag": "0", "auth_data": { "public_key": public, "signatures": {} },
    });
    let _replaced = stage.proxy.always(
        |request| request.method == "GET" && request.path.contains("/room_keys/version"),
        Attack::Answer(Answer::json(200, &version)),
    );
    let wrong =
        json!({ "errcode": "M_WRONG_ROOM_KEYS_VERSION", "error": "", "current_version": "666" });
    let refused = stage.proxy.once(
        |request| request.method == "PUT" && request.path.contains("/room_keys/keys"),
        Attack::Answer(Answer::json(403, &wrong)),
    );
    // What is written in a new room has a new key.
    for name in ["Première clé", "Seconde clé"] {
        let room = shared_room(&stage.victim, &stage.friend, name).await?;
        let mut other = read(&stage.friend, &room).await?;
        stage.victim.write(&room, name).await?;
        other.wait_for_text(name).await?;
        refused.wait_for_strikes(1).await?;
    }
    let seen = stage.proxy.seen();
    let there = seen.iter().any(|request| {
        request.path.contains("/room_keys/keys") && request.path.contains("version=666")
    });
    ensure!(!there, "keys went to the backup of another");
    Ok(())
}

#[test]
fn an_identity_of_the_servers() -> Result<()> {
    calm::run(async {
        let mut stage = Stage::new("cles.d").await?;
        stage.last_scenario("K25", own_identity_replaced).await;
        stage.end()
    })
}

/// The user's own identity is replaced, and a device signed by it: no key leaves, for nobody.
async fn own_identity_replaced(stage: &mut Stage) -> Result<()> {
    let user = stage.victim.user.clone();
    let evil = posing(stage, "mallory.k25", &user, "EVILK25").await?;
    let [master, self_signing, user_signing, device] = evil.queried()?;
    let [_, _claim] = added(stage, &user.id, &evil);
    let id = user.id.clone();
    let replace = Attack::json(move |answer| {
        if answer["device_keys"].get(&id).is_some() {
            answer["device_keys"][&id]["EVILK25"] = device.clone();
            answer["master_keys"][&id] = master.clone();
            answer["self_signing_keys"][&id] = self_signing.clone();
            answer["user_signing_keys"][&id] = user_signing.clone();
        }
    });
    let of = user.id.clone();
    let is_asked = move |request: &Request| {
        is_query(request) && String::from_utf8_lossy(&request.body).contains(&of)
    };
    let rule = stage.proxy.always(is_asked, replace);
    look_again(stage, &rule, &[&user.id]).await?;
    look_again(stage, &rule, &[&user.id]).await?;
    let room = stage.room.clone();
    stage.victim.write(&room, "pas sous cette identité").await?;
    let words = "pas sous cette identité";
    let refused = stage.reading.wait_for("the refusal", |event| {
        event.body.as_deref() == Some(words) && event.sending == Sending::Failed
    });
    refused.await?;
    ensure!(!stage.proxy.has_seen_words(words), "it left in clear");
    ensure!(!shared_with(stage, &user.id, "EVILK25"), "it got the key");
    Ok(())
}
