//! The kinds of rooms of the State's service, on a server that knows nothing of them.

use anyhow::Result;
use pli_core::room::{Details, Kind, NewKind, NewRoom, RoomError};
use pli_testkit::{listing::wait_until, synapse::Synapse};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    rooms::{rooms, two},
    scene::Device,
};

/// A room of some kind that `host` made and `other` joined.
async fn made(host: &Device, other: &Device, kind: NewKind, name: &str) -> Result<String> {
    let room = NewRoom {
        kind,
        name: name.to_owned(),
        invite: vec![other.id().to_owned()],
        ..NewRoom::default()
    };
    let room_id = host.account.room_create(&room).await?;
    let mut list = rooms(&other.account).await?;
    list.wait_for("the invitation", |row| row.room_id == room_id)
        .await?;
    other.account.room_accept_invite(&room_id).await?;
    Ok(room_id)
}

/// The content of an event of state, as the server has it; `null` where there is none.
async fn state(server: &Synapse, device: &Device, room: &str, kind: &str) -> Value {
    let path = format!("/_matrix/client/v3/rooms/{room}/state/{kind}/");
    let token = Some(device.user.access_token.as_str());
    let asked = server
        .probe()
        .request(Method::GET, &path, token, None)
        .await;
    asked.unwrap_or_default()
}

async fn details(
    device: &Device,
    room: &str,
    what: &str,
    wanted: impl Fn(&Details) -> bool,
) -> Result<Details> {
    let details = device.account.room_details(room).await?;
    wait_until(details, what, wanted).await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_what_it_says_for_whoever_made_it_and_for_whoever_came() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.kinds", "nadia.kinds"]).await?;
    let private = json!({ "rule": "restricted" });
    let clear = json!({ "rule": "restricted", "force_unencrypted_at_creation": true });
    let open = json!({ "rule": "unrestricted" });
    for (new, kind, rules) in [
        (NewKind::Private, Kind::Private, &private),
        (NewKind::Open, Kind::Open, &open),
        (NewKind::Unencrypted, Kind::Unencrypted, &clear),
        (NewKind::Public, Kind::Public, &private),
    ] {
        let room_id = made(&camille, &nadia, new, "Un salon").await?;
        let encrypted = matches!(new, NewKind::Private | NewKind::Open);
        for device in [&camille, &nadia] {
            let mut list = rooms(&device.account).await?;
            list.wait_for("its kind in the list", |row| {
                row.room_id == room_id && row.kind == kind && row.encrypted == encrypted
            })
            .await?;
            let told = details(device, &room_id, "its kind", |room| room.kind == kind).await?;
            assert_eq!(told.encrypted, encrypted, "{kind:?}");
        }

        let asked = |kind: &'static str| state(server, &camille, &room_id, kind);
        assert_eq!(&asked("im.vector.room.access_rules").await, rules);
        assert_eq!(asked("m.room.encryption").await.is_null(), !encrypted);
        let public = new == NewKind::Public;
        let join = if public { "public" } else { "invite" };
        assert_eq!(asked("m.room.join_rules").await["join_rule"], join);
        let history = asked("m.room.history_visibility").await;
        let seen = if public { "shared" } else { "invited" };
        assert_eq!(history["history_visibility"], seen);
        let levels = asked("m.room.power_levels").await;
        for (what, level) in [("invite", 50), ("redact", 50), ("state_default", 100)] {
            assert_eq!(levels[what], level, "{what} of {kind:?}");
        }
        let of = |event: &str| levels["events"].get(event).cloned();
        for event in ["m.room.encryption", "m.room.history_visibility"] {
            assert!(of(event).is_none_or(|level| level == 100), "{event}");
        }
        assert_eq!(levels["users_default"], 0);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_room_is_opened_to_guests_for_good_by_those_who_may() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.opens", "nadia.opens"]).await?;
    let room_id = made(&camille, &nadia, NewKind::Private, "Entre agents").await?;
    let hers = details(&nadia, &room_id, "the room", |room| room.encrypted).await?;
    assert!(!hers.can.open_to_guests, "a member may not");
    let refused = nadia.account.room_open_to_guests(&room_id).await;
    assert!(matches!(refused, Err(RoomError::NotAllowed)), "{refused:?}");
    details(&camille, &room_id, "that she may", |room| {
        room.can.open_to_guests
    })
    .await?;

    camille.account.room_open_to_guests(&room_id).await?;
    for device in [&camille, &nadia] {
        let open = |room: &Details| room.kind == Kind::Open && room.encrypted;
        let told = details(device, &room_id, "the open room", open).await?;
        assert!(!told.can.open_to_guests, "it is open already");
    }
    let rules = state(server, &nadia, &room_id, "im.vector.room.access_rules").await;
    assert_eq!(rules, json!({ "rule": "unrestricted" }));
    let again = camille.account.room_open_to_guests(&room_id).await;
    assert!(matches!(again, Err(RoomError::NotAllowed)), "{again:?}");

    let nadia = nadia.restart().await?;
    details(&nadia, &room_id, "what the store knows", |room| {
        room.kind == Kind::Open
    })
    .await?;
    let forum = made(&camille, &nadia, NewKind::Public, "Forum").await?;
    let refused = camille.account.room_open_to_guests(&forum).await;
    assert!(matches!(refused, Err(RoomError::NotAllowed)), "{refused:?}");
    Ok(())
}
