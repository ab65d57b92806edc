//! People of servers that the policy names as those of guests.

use anyhow::Result;
use pli_core::{
    member::{Member, MemberError, MemberState},
    room::{CreateError, Details, Kind, Membership, NewRoom},
    timeline::Person,
};
use pli_policy::Policy;
use pli_testkit::{
    listing::wait_until,
    synapse::{Synapse, federation},
};

use crate::{
    members::members,
    rooms::{rooms, shared_room, two},
    scene::Device,
};

/// All accounts of this server are those of guests.
fn all_guests(server: &Synapse) -> Policy {
    Policy {
        guest_servers: vec![server.server_name().to_uppercase()],
        ..Policy::default()
    }
}

/// The same device, under that policy.
async fn among_guests(device: Device, server: &Synapse) -> Result<Device> {
    device.end().await.start_under(all_guests(server)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_are_marked_and_named_until_they_are_gone() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.guests", "nadia.guests"]).await?;
    let room_id = shared_room(&camille, &nadia, "Avec des externes").await?;
    let mut hers = members(&camille.account, &room_id).await?;
    let row = hers
        .wait_for("her row", |row| row.user_id == nadia.id())
        .await?;
    assert!(!row.guest, "where no policy names a server");
    drop(hers);

    let camille = among_guests(camille, server).await?;
    let mut hers = members(&camille.account, &room_id).await?;
    hers.wait_for("her mark", |row| {
        row.user_id == nadia.id() && row.state == MemberState::Joined && row.guest
    })
    .await?;
    let named = |people: &Vec<Person>| people.iter().any(|person| person.user_id == nadia.id());
    let guests = camille.account.room_guests(&room_id).await?;
    wait_until(guests, "the band", named).await?;

    camille
        .account
        .room_remove(&room_id, nadia.id(), None)
        .await?;
    let guests = camille.account.room_guests(&room_id).await?;
    wait_until(guests, "the band without her", |people| !named(people)).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_creates_no_room_and_sees_no_directory() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.isguest", "nadia.isguest"]).await?;
    let room_id = shared_room(&nadia, &camille, "Accueil").await?;
    let search = async |term: &str, device: &Device| {
        let found = device.account.directory_search_users(term).await?;
        anyhow::Ok(found.into_iter().any(|user| user.user_id == nadia.id()))
    };
    assert!(!camille.account.is_guest());
    assert!(search("nadia.isguest", &camille).await?, "the directory");

    let camille = among_guests(camille, server).await?;
    assert!(camille.account.is_guest());
    assert!(!search("nadia.isguest", &camille).await?, "no directory");
    assert!(
        search(nadia.id(), &camille).await?,
        "an address that is known"
    );
    let room = NewRoom {
        name: "Interdit".to_owned(),
        ..NewRoom::default()
    };
    let made = camille.account.room_create(&room).await;
    assert!(matches!(made, Err(CreateError::Guest)), "{made:?}");
    let made = camille.account.room_create_direct(nadia.id()).await;
    assert!(matches!(made, Err(CreateError::Guest)), "{made:?}");
    let details = camille.account.room_details(&room_id).await?;
    let joined = |room: &Details| room.membership == Membership::Joined;
    let room = wait_until(details, "her room", joined).await?;
    assert!(room.can.send && !room.can.open_to_guests);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn files_for_guests_are_agreed_to_once_in_each_room() -> Result<()> {
    let server = Synapse::shared().await?;
    let (camille, nadia) = two(server, ["camille.files4", "nadia.files4"]).await?;
    let first = shared_room(&camille, &nadia, "Un").await?;
    let second = shared_room(&camille, &nadia, "Deux").await?;
    let agreed =
        async |device: &Device, room: &str| device.account.room_guest_files_agreed(room).await;
    assert!(agreed(&camille, &first).await?, "nobody is a guest");

    let camille = among_guests(camille, server).await?;
    for room in [&first, &second] {
        let mut hers = members(&camille.account, room).await?;
        hers.wait_for("her", |row| row.user_id == nadia.id())
            .await?;
        assert!(!agreed(&camille, room).await?);
    }
    camille.account.room_guest_files_agree(&first).await?;
    assert!(agreed(&camille, &first).await?);
    let camille = among_guests(camille, server).await?;
    assert!(agreed(&camille, &first).await?, "it is remembered");
    assert!(!agreed(&camille, &second).await?, "of that room alone");
    Ok(())
}

/// A room that `agent` made, and opened to guests once one was refused there.
async fn opened_for(agent: &Device, guest: &Device) -> Result<String> {
    let account = &agent.account;
    let closed = NewRoom {
        name: "Avec un prestataire".to_owned(),
        invite: vec![guest.id().to_owned()],
        ..NewRoom::default()
    };
    let refused = account.room_create(&closed).await;
    assert!(
        matches!(refused, Err(CreateError::NotForGuests)),
        "{refused:?}"
    );
    let room = NewRoom {
        invite: Vec::new(),
        ..closed
    };
    let room_id = account.room_create(&room).await?;
    let refused = account.room_invite(&room_id, guest.id(), None).await;
    assert!(
        matches!(refused, Err(MemberError::NotForGuests)),
        "{refused:?}"
    );
    account.room_open_to_guests(&room_id).await?;
    Ok(room_id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_of_the_other_ministry_is_marked_and_named() -> Result<()> {
    let directory = tempfile::tempdir()?;
    let (here, there) = federation::pair(directory.path(), federation::free_ports()?).await?;
    let policy = || Policy {
        guest_servers: vec![there.server_name().to_owned()],
        ..Policy::default()
    };
    let (agent, guest) = tokio::try_join!(
        Device::first(&here, "camille"),
        Device::first(&there, "ana")
    )?;
    let agent = agent.end().await.start_under(policy()).await?;
    let guest = guest.end().await.start_under(policy()).await?;
    assert!(!agent.account.is_guest() && guest.account.is_guest());

    let found = agent.account.directory_search_users(guest.id()).await?;
    assert_eq!(
        found.len(),
        1,
        "an address of the other server is looked up"
    );
    let account = &agent.account;
    let room_id = opened_for(&agent, &guest).await?;
    account.room_invite(&room_id, guest.id(), None).await?;
    let mut theirs = rooms(&guest.account).await?;
    theirs
        .wait_for("the invitation", |row| row.room_id == room_id)
        .await?;
    let names_her = |people: &Vec<Person>| {
        let ids = people.iter().map(|person| person.user_id.as_str());
        ids.collect::<Vec<_>>() == [guest.id()]
    };
    let band = account.room_guests(&room_id).await?;
    wait_until(band, "the band, from the invitation on", names_her).await?;

    guest.account.room_accept_invite(&room_id).await?;
    let mut list = members(account, &room_id).await?;
    let joined = |row: &Member, id: &str| row.user_id == id && row.state == MemberState::Joined;
    let row = list
        .wait_for("her row", |row| joined(row, guest.id()))
        .await?;
    assert!(row.guest);
    let row = list
        .wait_for("the agent's row", |row| joined(row, agent.id()))
        .await?;
    assert!(!row.guest);
    theirs
        .wait_for("the kind of the room, over there", |row| {
            row.room_id == room_id && row.kind == Kind::Open && row.encrypted
        })
        .await?;
    let band = guest.account.room_guests(&room_id).await?;
    wait_until(band, "nobody but herself is one", Vec::is_empty).await?;
    assert!(!account.room_guest_files_agreed(&room_id).await?);

    account.room_remove(&room_id, guest.id(), None).await?;
    let band = account.room_guests(&room_id).await?;
    wait_until(band, "the band is gone", Vec::is_empty).await?;
    Ok(())
}
