//! Rooms: made, joined, sorted, left.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use pli_core::{
    account::Account,
    composer::{Draft, DraftMode, Outgoing},
    room::{Kind, Membership, NewRoom, NotificationMode},
    room_list::RoomRow,
};
use pli_ipc::{timeline::preview, wire::PreviewContent};
use pli_testkit::{
    listing::{Listing, wait_until},
    reading::Reading,
    synapse::Synapse,
};
use serde_json::json;

use crate::scene::Device;

/// The room list of an account.
pub(crate) async fn rooms(account: &Account) -> Result<Listing<RoomRow>> {
    Ok(Listing::new(account.room_list().await?))
}

/// A private room that `host` made and `guest` joined.
pub(crate) async fn shared_room(host: &Device, guest: &Device, name: &str) -> Result<String> {
    let room = NewRoom {
        name: name.to_owned(),
        topic: None,
        invite: vec![guest.id().to_owned()],
        ..NewRoom::default()
    };
    let room_id = host.account.room_create(&room).await?;
    let mut list = rooms(&guest.account).await?;
    list.wait_for("the invitation", |row| row.room_id == room_id)
        .await?;
    guest.account.room_accept_invite(&room_id).await?;
    list.wait_for("the room", |row| {
        row.room_id == room_id && row.membership == Membership::Joined && row.encrypted
    })
    .await?;
    Ok(room_id)
}

/// Two people on their first devices.
pub(crate) async fn two(server: &Synapse, names: [&str; 2]) -> Result<(Device, Device)> {
    let [host, guest] = names;
    tokio::try_join!(Device::first(server, host), Device::first(server, guest))
}

pub(crate) fn message(text: &str) -> Outgoing {
    Outgoing {
        markdown: text.to_owned(),
        mentions: Vec::new(),
        mentions_room: false,
        reply_to: None,
        lifetime: None,
    }
}

fn says(row: &RoomRow, text: &str) -> bool {
    let text = PreviewContent::Text {
        text: text.to_owned(),
    };
    row.latest
        .as_ref()
        .is_some_and(|latest| preview(&latest.content) == text)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_meet_in_a_private_room() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.rooms", "nadia.rooms"]).await?;
    let mut hers = rooms(&camille.account).await?;
    let mut other = rooms(&nadia.account).await?;

    let room = NewRoom {
        name: "Crue du Loing".to_owned(),
        topic: Some("Point toutes les trois heures".to_owned()),
        invite: vec![nadia.id().to_owned()],
        ..NewRoom::default()
    };
    let room_id = camille.account.room_create(&room).await?;
    let made = hers
        .wait_for("the room she made", |row| {
            row.room_id == room_id && row.encrypted
        })
        .await?;
    assert_eq!((made.kind, &*made.name), (Kind::Private, "Crue du Loing"));

    let invitation = other
        .wait_for("the invitation", |row| row.room_id == room_id)
        .await?;
    assert_eq!(invitation.membership, Membership::Invited);
    assert_eq!(invitation.name, "Crue du Loing");
    let inviter = invitation.inviter.as_ref().context("nobody invited")?;
    assert_eq!(inviter.user_id, camille.id());

    nadia.account.room_accept_invite(&room_id).await?;
    other
        .wait_for("the room joined", |row| {
            row.room_id == room_id && row.membership == Membership::Joined && row.encrypted
        })
        .await?;

    let account = &camille.account;
    for text in ["Bonjour", "La cote est à 3,20 m"] {
        account.timeline_send_text(&room_id, message(text)).await?;
    }
    let row = other
        .wait_for("two unread messages", |row| {
            row.room_id == room_id && row.unread.messages == 2 && says(row, "La cote est à 3,20 m")
        })
        .await?;
    assert_eq!(row.unread.notifications, 2, "each message notifies");
    assert_eq!(row.unread.mentions, 0);
    assert!(row.latest.as_ref().is_some_and(|latest| !latest.own));
    hers.wait_for("her own message, sent", |row| {
        says(row, "La cote est à 3,20 m")
            && row.unread.messages == 0
            && row
                .latest
                .as_ref()
                .is_some_and(|latest| latest.own && !latest.sending && !latest.failed)
    })
    .await?;

    nadia.account.room_mark_read(&room_id, true).await?;
    other
        .wait_for("nothing unread", |row| {
            row.room_id == room_id && row.unread.messages == 0
        })
        .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_room_has_the_settings_of_the_service() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.settings").await?;

    let room = NewRoom {
        name: "Budget".to_owned(),
        ..NewRoom::default()
    };
    let room_id = camille.account.room_create(&room).await?;

    let state = |kind: &'static str| {
        let sql = format!(
            "select json_extract(e.json, '$.content') from current_state_events c \
             join event_json e using (event_id) where c.room_id = '{room_id}' and c.type = '{kind}'"
        );
        let rows = server.query(&sql)?;
        let content = rows.first().and_then(|row| row.first()?.as_str());
        let content = content.with_context(|| format!("no {kind}"))?;
        anyhow::Ok(serde_json::from_str::<serde_json::Value>(content)?)
    };
    let encryption = state("m.room.encryption")?;
    assert_eq!(encryption["algorithm"], json!("m.megolm.v1.aes-sha2"));
    let history = state("m.room.history_visibility")?;
    assert_eq!(history["history_visibility"], json!("invited"));
    assert_eq!(state("m.room.join_rules")?["join_rule"], json!("invite"));
    let levels = state("m.room.power_levels")?;
    assert_eq!(levels["invite"], json!(50));
    assert_eq!(levels["redact"], json!(50));
    assert_eq!(levels["state_default"], json!(100));
    assert_eq!(levels["events"]["m.room.encryption"], json!(100));
    assert_eq!(levels["events"]["m.room.history_visibility"], json!(100));

    let details = camille.account.room_details(&room_id).await?;
    let details = wait_until(details, "the room's settings", |room| room.encrypted).await?;
    assert_eq!(details.raw_name.as_deref(), Some("Budget"));
    assert!(details.can.send && details.can.set_roles && details.can.invite);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_room_is_made_once() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.direct", "nadia.direct"]).await?;
    let mut other = rooms(&nadia.account).await?;

    let room_id = camille.account.room_create_direct(nadia.id()).await?;
    let again = camille.account.room_create_direct(nadia.id()).await?;
    assert_eq!(again, room_id, "there is one already");

    let invitation = other
        .wait_for("the invitation", |row| row.room_id == room_id)
        .await?;
    assert_eq!(invitation.kind, Kind::Direct);
    assert_eq!(invitation.name, "camille.direct");
    let invited = nadia.account.room_create_direct(camille.id()).await?;
    assert_eq!(invited, room_id, "an invitation is answered, not crossed");

    nadia.account.room_accept_invite(&room_id).await?;
    other
        .wait_for("the direct room", |row| {
            row.room_id == room_id
                && row.membership == Membership::Joined
                && row.kind == Kind::Direct
                && row.encrypted
                && row.name == "camille.direct"
        })
        .await?;
    let found = nadia.account.room_create_direct(camille.id()).await?;
    assert_eq!(found, room_id, "known from both sides");
    let details = nadia.account.room_details(&room_id).await?;
    let details = wait_until(details, "the other person", |room| {
        room.direct_user.is_some()
    })
    .await?;
    assert_eq!(details.direct_user.as_deref(), Some(camille.id()));

    nadia.account.room_leave(&room_id).await?;
    let details = camille.account.room_details(&room_id).await?;
    wait_until(details, "her leaving", |room| room.joined_members == 1).await?;
    let new = camille.account.room_create_direct(nadia.id()).await?;
    assert_ne!(new, room_id, "nobody reads in a room they have left");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_is_left_is_gone_from_the_list() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.leave", "nadia.leave"]).await?;
    let room_id = shared_room(&camille, &nadia, "Astreinte").await?;
    let declined = NewRoom {
        name: "Menus".to_owned(),
        topic: None,
        invite: vec![nadia.id().to_owned()],
        ..NewRoom::default()
    };
    let declined = camille.account.room_create(&declined).await?;
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the invitation", |row| row.room_id == declined)
        .await?;

    nadia.account.room_leave(&declined).await?;
    list.wait_for_none("the invitation declined", |row| row.room_id == declined)
        .await?;
    nadia.account.room_leave(&room_id).await?;
    list.wait_for_none("the room left", |row| row.room_id == room_id)
        .await?;
    let forgotten = async {
        for room_id in [&declined, &room_id] {
            while nadia.account.room_details(room_id).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), forgotten)
        .await
        .context("what was kept of a room that was left is forgotten")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_sorted_muted_and_marked() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.tags").await?;
    let account = &camille.account;
    let mut list = rooms(account).await?;
    let room = NewRoom {
        name: "Marchés".to_owned(),
        ..NewRoom::default()
    };
    let room_id = account.room_create(&room).await?;

    account.room_set_favourite(&room_id, true).await?;
    list.wait_for("a favourite", |row| row.favourite).await?;
    account.room_set_low_priority(&room_id, true).await?;
    list.wait_for("low priority alone", |row| {
        row.low_priority && !row.favourite
    })
    .await?;
    account.room_set_low_priority(&room_id, false).await?;
    list.wait_for("no tag", |row| !row.low_priority && !row.favourite)
        .await?;

    account.room_set_marked_unread(&room_id, true).await?;
    list.wait_for("the mark", |row| row.marked_unread).await?;
    account.room_mark_read(&room_id, false).await?;
    list.wait_for("no mark", |row| !row.marked_unread).await?;

    account
        .room_set_notification_mode(&room_id, NotificationMode::Mute)
        .await?;
    list.wait_for("the muted room", |row| row.muted).await?;
    let details = account.room_details(&room_id).await?;
    wait_until(details, "the muted room", |room| {
        room.notification_mode == NotificationMode::Mute
    })
    .await?;
    account
        .room_set_notification_mode(&room_id, NotificationMode::Mentions)
        .await?;
    list.wait_for("the room heard again", |row| !row.muted)
        .await?;

    let draft = Draft {
        markdown: "Pour la **ligne 12**,\nje propose".to_owned(),
        mode: DraftMode::New,
    };
    account.draft_save(&room_id, Some(draft)).await?;
    list.wait_for("the draft", |row| {
        row.draft.as_deref() == Some("Pour la **ligne 12**, je propose")
    })
    .await?;
    account.draft_save(&room_id, None).await?;
    list.wait_for("no draft", |row| row.draft.is_none()).await?;

    account.room_set_name(&room_id, " Marchés publics ").await?;
    account.room_set_topic(&room_id, "Calendrier").await?;
    list.wait_for("the new name", |row| row.name == "Marchés publics")
        .await?;
    let details = account.room_details(&room_id).await?;
    wait_until(details, "the new topic", |room| {
        room.topic.as_deref() == Some("Calendrier")
    })
    .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_avatar_reaches_the_others_without_what_the_camera_wrote() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.avatar").await?;
    let account = &camille.account;
    let room = NewRoom {
        name: "Photos".to_owned(),
        ..NewRoom::default()
    };
    let room_id = account.room_create(&room).await?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("photo.jpg");
    std::fs::write(&path, photograph(3_000, 2_000)?)?;

    account.room_set_avatar(&room_id, &path).await?;

    let mut list = rooms(account).await?;
    let row = list
        .wait_for("the avatar", |row| row.avatar.is_some())
        .await?;
    let avatar = row.avatar.clone().context("no avatar")?;
    let id = account.media().avatar_id(&avatar).context("no media id")?;
    let (mimetype, bytes) = account.media_bytes(&id).await?;
    assert!(mimetype.starts_with("image/"), "{mimetype}");
    assert!(!bytes.is_empty());
    let told = server.files_with("47.0105N 2.3522E")?;
    assert!(told.is_empty(), "the place it was taken at is in {told:?}");
    Ok(())
}

/// A JPEG with a comment in it, as a camera or a person leaves one.
fn photograph(width: u32, height: u32) -> Result<Vec<u8>> {
    let mut plain = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::new_rgb8(width, height);
    picture.write_to(&mut plain, image::ImageFormat::Jpeg)?;
    let plain = plain.into_inner();
    let (start, rest) = plain.split_at(2);
    let comment = b"47.0105N 2.3522E";
    let length = u16::try_from(comment.len() + 2)?.to_be_bytes();
    Ok([start, &[0xFF, 0xFE], &length, comment, rest].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_name_and_by_their_id() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.search", "nadia.recherche"]).await?;
    let found = |term: &'static str| {
        let account = Arc::clone(&camille.account);
        async move {
            let found = account.directory_search_users(term).await?;
            let ids = found.into_iter().map(|user| user.user_id.to_string());
            anyhow::Ok(ids.collect::<Vec<_>>())
        }
    };
    assert_eq!(found("recherche").await?, [nadia.id()]);
    assert_eq!(found("").await?, [""; 0]);
    let exact = camille.account.directory_search_users(nadia.id()).await?;
    assert_eq!(exact.len(), 1, "typed in full, and listed: once");
    let nobody = format!("@personne:{}", server.server_name());
    let nobody = camille.account.directory_search_users(&nobody).await?;
    assert_eq!(nobody, [], "the server knows that there is nobody");
    let own = camille.account.directory_search_users(camille.id()).await?;
    assert_eq!(own, [], "nobody writes to themselves");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_there_before_the_network_answers() -> Result<()> {
    let server = Synapse::start().await?;
    let camille = Device::first(&server, "camille").await?;
    let room = NewRoom {
        name: "Sans réseau".to_owned(),
        ..NewRoom::default()
    };
    let room_id = camille.account.room_create(&room).await?;
    let text = message("Écrit avant la coupure");
    camille.account.timeline_send_text(&room_id, text).await?;
    let mut list = rooms(&camille.account).await?;
    let sent = |row: &RoomRow| {
        says(row, "Écrit avant la coupure")
            && row.latest.as_ref().is_some_and(|latest| !latest.sending)
    };
    list.wait_for("the message sent", sent).await?;
    drop(list);

    server.stop()?;
    let camille = camille.restart().await?;
    let mut list = rooms(&camille.account).await?;
    let row = list.wait_for("the room, from the store", sent).await?;
    assert_eq!((&*row.name, row.encrypted), ("Sans réseau", true));
    assert_eq!(row.membership, Membership::Joined);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_device_lists_the_same_rooms_until_it_is_signed_out() -> Result<()> {
    let server = Synapse::shared().await?;
    let camille = Device::first(server, "camille.devices").await?;
    let room = NewRoom {
        name: "Deux appareils".to_owned(),
        ..NewRoom::default()
    };
    let room_id = camille.account.room_create(&room).await?;
    let account = &camille.account;
    account.room_set_favourite(&room_id, true).await?;
    let text = message("Écrit sur le premier appareil");
    account.timeline_send_text(&room_id, text).await?;
    let mut read = Reading::new(account.timeline_subscribe(&room_id, None).await?);
    read.wait_for_text("Écrit sur le premier appareil").await?;

    let second = camille.another(server).await?;
    let mut list = rooms(&second.account).await?;
    list.wait_for("the same favourite", |row| {
        row.room_id == room_id && row.name == "Deux appareils" && row.favourite && row.encrypted
    })
    .await?;
    let mut read = Reading::new(second.account.timeline_subscribe(&room_id, None).await?);
    read.wait_for_text("Écrit sur le premier appareil").await?;
    drop(read);
    let Device {
        session, account, ..
    } = second;
    drop(account);
    session.sign_out().await?;
    assert!(session.account().is_none(), "nobody is signed in");
    list.wait_for_end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_away_is_counted() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.away", "nadia.away"]).await?;
    let room_id = shared_room(&camille, &nadia, "Relève").await?;
    let account = &camille.account;
    account
        .timeline_send_text(&room_id, message("Avant"))
        .await?;
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the first message", |row| says(row, "Avant"))
        .await?;
    nadia.account.room_mark_read(&room_id, true).await?;
    list.wait_for("nothing unread", |row| row.unread.messages == 0)
        .await?;
    drop(list);

    nadia.session.close().await;
    let mut read = Reading::new(account.timeline_subscribe(&room_id, None).await?);
    for number in 1..=6 {
        let text = format!("Pendant l’absence {number}");
        account.timeline_send_text(&room_id, message(&text)).await?;
        read.wait_for_text(&text).await?;
    }

    let nadia = nadia.restart().await?;
    let mut list = rooms(&nadia.account).await?;
    let row = list
        .wait_for("all six, and the last of them", |row| {
            row.unread.messages == 6 && says(row, "Pendant l’absence 6")
        })
        .await?;
    assert_eq!(row.unread.notifications, 6);
    Ok(())
}
