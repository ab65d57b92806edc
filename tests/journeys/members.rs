//! The people in a room: seen, given roles, removed, banned, ignored.

use anyhow::{Context as _, Result};
use pli_core::{
    account::Account,
    member::{Member, MemberError, MemberState, Role, TableWords},
    room::Membership,
};
use pli_testkit::{
    listing::{Listing, wait_until},
    reading::Reading,
    synapse::Synapse,
};

use crate::{
    rooms::{message, rooms, shared_room, two},
    scene::Device,
};

pub(crate) async fn members(account: &Account, room_id: &str) -> Result<Listing<Member>> {
    Ok(Listing::new(account.room_members(room_id).await?))
}

#[tokio::test(flavor = "multi_thread")]
async fn both_see_who_is_in_the_room_and_what_they_may_do() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.members", "nadia.members"]).await?;
    let room_id = shared_room(&camille, &nadia, "Cellule").await?;

    let mut hers = members(&camille.account, &room_id).await?;
    let mut other = members(&nadia.account, &room_id).await?;
    for list in [&mut hers, &mut other] {
        let ids = list
            .wait("both people", |rows| {
                let joined = rows.iter().all(|row| row.state == MemberState::Joined);
                let ids = rows.iter().map(|row| row.user_id.to_string());
                (joined && rows.len() == 2).then(|| ids.collect::<Vec<_>>())
            })
            .await?;
        assert_eq!(ids, [camille.id(), nadia.id()], "who made it comes first");
    }
    let creator = other
        .wait_for("the creator", |row| row.role == Role::Creator)
        .await?;
    assert_eq!(creator.user_id, camille.id());
    assert_eq!(creator.power_level, i32::MAX);
    assert!(!creator.can_change && !creator.own);
    let row = hers
        .wait_for("the guest", |row| row.user_id == nadia.id())
        .await?;
    assert!(row.can_change && row.role == Role::User && row.power_level == 0);

    let account = &camille.account;
    let refused = account.room_set_role(&room_id, camille.id(), Role::User);
    assert!(
        matches!(refused.await, Err(MemberError::Creator)),
        "a creator cannot be demoted"
    );
    account
        .room_set_role(&room_id, nadia.id(), Role::Moderator)
        .await?;
    other
        .wait_for("her role", |row| row.own && row.role == Role::Moderator)
        .await?;
    let details = nadia.account.room_details(&room_id).await?;
    let details = wait_until(details, "her rights", |room| room.can.invite).await?;
    assert!(details.can.remove && !details.can.set_roles);
    account
        .room_set_role(&room_id, nadia.id(), Role::User)
        .await?;
    other
        .wait_for("no role", |row| row.own && row.role == Role::User)
        .await?;
    let refused = nadia.account.room_remove(&room_id, camille.id(), None);
    assert!(refused.await.is_err(), "she may not");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_removed_may_come_back_and_who_is_banned_may_not() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.ban", "nadia.ban"]).await?;
    let room_id = shared_room(&camille, &nadia, "Cellule").await?;
    let account = &camille.account;
    let mut people = members(account, &room_id).await?;
    let mut list = rooms(&nadia.account).await?;
    list.wait_for("the room", |row| row.room_id == room_id)
        .await?;

    account
        .room_remove(&room_id, nadia.id(), Some("Fin de mission"))
        .await?;
    list.wait_for_none("the room she was removed from", |row| {
        row.room_id == room_id
    })
    .await?;
    people
        .wait_for_none("who was removed", |row| row.user_id == nadia.id())
        .await?;

    account.room_invite(&room_id, nadia.id(), None).await?;
    list.wait_for("a new invitation", |row| {
        row.room_id == room_id && row.membership == Membership::Invited
    })
    .await?;
    people
        .wait_for("who is invited", |row| {
            row.user_id == nadia.id() && row.state == MemberState::Invited
        })
        .await?;

    account.room_ban(&room_id, nadia.id(), None).await?;
    people
        .wait_for("who is banned", |row| row.state == MemberState::Banned)
        .await?;
    list.wait_for_none("the invitation taken back", |row| row.room_id == room_id)
        .await?;
    let refused = account.room_invite(&room_id, nadia.id(), None).await;
    assert!(refused.is_err(), "the ban holds");

    account.room_unban(&room_id, nadia.id(), None).await?;
    people
        .wait_for_none("the ban", |row| row.user_id == nadia.id())
        .await?;
    account.room_invite(&room_id, nadia.id(), None).await?;
    list.wait_for("an invitation again", |row| {
        row.room_id == room_id && row.membership == Membership::Invited
    })
    .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ignored_person_is_silent_and_the_rest_stays_readable() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.ignore", "nadia.ignore"]).await?;
    let karim = Device::first(server, "karim.ignore").await?;
    let room_id = shared_room(&camille, &nadia, "Forum").await?;
    camille
        .account
        .room_invite(&room_id, karim.id(), None)
        .await?;
    let mut list = rooms(&karim.account).await?;
    list.wait_for("the invitation", |row| row.room_id == room_id)
        .await?;
    karim.account.room_accept_invite(&room_id).await?;
    list.wait_for("the room", |row| {
        row.membership == Membership::Joined && row.encrypted
    })
    .await?;
    let account = &camille.account;
    let mut read = Reading::new(account.timeline_subscribe(&room_id, None).await?);
    let said = [(&nadia, "de Nadia"), (&karim, "de Karim")];
    for (device, text) in said {
        device
            .account
            .timeline_send_text(&room_id, message(text))
            .await?;
        read.wait_for_text(text).await?;
    }

    account.user_ignore(karim.id(), true).await?;
    read.wait("the others alone", |events| {
        let has = |text: &str| {
            events
                .iter()
                .any(|event| event.body.as_deref() == Some(text))
        };
        (has("de Nadia") && !has("de Karim")).then_some(())
    })
    .await?;
    let mut people = members(account, &room_id).await?;
    people
        .wait_for("the ignored person", |row| {
            row.user_id == karim.id() && row.ignored
        })
        .await?;

    account.user_ignore(karim.id(), false).await?;
    people
        .wait_for_none("an ignored person", |row| row.ignored)
        .await?;
    read.wait_for_text("de Karim").await?;
    read.wait_for_text("de Nadia").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_in_by_no_doing_of_the_user_is_told_before_the_next_message() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.arrivees", "nadia.arrivees"]).await?;
    let (paul, sonia) = two(server, ["paul.arrivees", "sonia.arrivees"]).await?;
    let room = shared_room(&camille, &nadia, "Arrivées").await?;
    let account = &camille.account;
    let told = async |what: &str, expected: Option<&str>| {
        let newcomers = account.room_newcomers(&room).await?;
        wait_until(newcomers, what, |people| {
            let ids: Vec<&str> = people
                .iter()
                .map(|person| person.user_id.as_str())
                .collect();
            ids.as_slice() == expected.as_slice()
        })
        .await
    };
    let mut people = members(account, &room).await?;
    people
        .wait("both", |rows| (rows.len() == 2).then_some(()))
        .await?;
    told("nobody: they were there when she looked first", None).await?;

    account
        .room_set_role(&room, nadia.id(), Role::Administrator)
        .await?;
    account.room_invite(&room, sonia.id(), None).await?;
    people
        .wait_for("whom she invited", |row| row.user_id == sonia.id())
        .await?;
    told("nobody: she let them in", None).await?;

    nadia.account.room_invite(&room, paul.id(), None).await?;
    told("whom the other invited", Some(paul.id())).await?;

    account.room_newcomers_acknowledge(&room).await?;
    told("nobody: they were seen", None).await?;
    let mut list = rooms(&paul.account).await?;
    list.wait_for("the invitation", |row| row.room_id == room)
        .await?;
    paul.account.room_accept_invite(&room).await?;
    people
        .wait_for("their joining", |row| {
            row.user_id == paul.id() && row.state == MemberState::Joined
        })
        .await?;
    told("nobody: they were told of when they were invited", None).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_can_see_how_many_devices_read() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.lecteurs", "nadia.lecteurs"]).await?;
    let room = shared_room(&camille, &nadia, "Appareils").await?;
    let count = async || camille.account.room_recipients(&room).await;
    let counts = count().await?.context("an encrypted room")?;
    assert_eq!((counts.people, counts.devices), (2, 2), "one each");
    assert_eq!((counts.left_out, counts.verified_people), (0, 0));

    let second = nadia.another(server).await?;
    second.write(&room, "du second").await?;
    let mut hers = crate::messages::read(&camille, &room).await?;
    hers.wait_for_text("du second").await?;

    let counts = count().await?.context("an encrypted room")?;
    assert_eq!(counts.devices, 3, "it is signed by its owner");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_written_as_a_table() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.table", "nadia.table"]).await?;
    let room_id = shared_room(&camille, &nadia, "Tableau").await?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("membres.csv");
    let word = str::to_owned;
    let words = TableWords {
        separator: ';',
        heads: [
            "Nom",
            "Adresse",
            "Messagerie",
            "Rôle",
            "Présence",
            "Externe",
        ]
        .map(word),
        roles: ["Création", "Administration", "Modération", "Membre"].map(word),
        states: ["Ici", "Invité", "Banni"].map(word),
        guest: word("oui"),
    };
    let account = &camille.account;
    account.room_members_export(&room_id, &path, &words).await?;
    let table = std::fs::read_to_string(&path)?;
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(
        lines
            .iter()
            .any(|line| line.contains(&format!("\"'{}\";", camille.id()))
                && line.ends_with("\"Création\";\"Ici\";\"\""))
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains(nadia.id()) && line.contains("\"Membre\""))
    );
    Ok(())
}
