//! Asks for the identity of a sender as soon as a message cannot be believed for want of it.
//!
//! The SDK notes that it must ask, and asks when its encryption sync begins anew: with nothing
//! else to say, that is half a minute later. The first message of somebody met in a new room
//! would stay unreadable for as long.
//!
//! Asks also about who accepts an invitation. Servers tell of devices to those who share a room,
//! which the invited do not yet: whoever signed in after being invited would read nothing.

use std::{
    collections::{BTreeSet, HashMap},
    time::{Duration, Instant},
};

use matrix_sdk::{
    Client,
    deserialized_responses::{
        DeviceLinkProblem, TimelineEvent, TimelineEventKind, UnableToDecryptReason,
        VerificationLevel,
    },
    ruma::{
        OwnedUserId,
        events::{AnySyncStateEvent, AnySyncTimelineEvent, room::member::MembershipChange},
    },
    sync::RoomUpdates,
};
use tokio::sync::broadcast::error::RecvError;

/// How long an answer is believed: a device that is not signed does not change by asking.
const BELIEVED: Duration = Duration::from_secs(300);

/// When it is asked again after the server did not answer.
const AGAIN: Duration = Duration::from_secs(5);

/// Asks until the client is gone.
pub(crate) async fn keep_asking(client: Client) {
    let mut updates = client.subscribe_to_all_room_updates();
    let mut asked: HashMap<OwnedUserId, Instant> = HashMap::new();
    let mut unanswered = BTreeSet::new();
    // Not put off by what comes meanwhile.
    let mut again = None;
    loop {
        let people = match until(again, updates.recv()).await {
            None => {
                again = None;
                std::mem::take(&mut unanswered)
            }
            Some(Ok(updates)) => {
                asked.retain(|_, when| when.elapsed() < BELIEVED);
                let joining = joining(&updates);
                asked.retain(|person, _| !joining.contains(person));
                let mut people = joining;
                people.extend(unknown_senders(&updates));
                people
            }
            Some(Err(RecvError::Lagged(_))) => continue,
            Some(Err(RecvError::Closed)) => return,
        };
        for person in people {
            if asked.contains_key(&person) {
                continue;
            }
            let answer = client.encryption().request_user_identity(&person).await;
            if answer.is_ok() {
                unanswered.remove(&person);
                asked.insert(person, Instant::now());
            } else {
                tracing::info!(name: "an identity could not be asked for", "");
                unanswered.insert(person);
                again.get_or_insert_with(|| Instant::now() + AGAIN);
            }
        }
    }
}

/// What comes, or none when it is time to ask again.
async fn until<T>(again: Option<Instant>, next: impl Future<Output = T>) -> Option<T> {
    match again {
        None => Some(next.await),
        Some(again) => tokio::time::timeout_at(again.into(), next).await.ok(),
    }
}

/// People who have just joined. What a sync leaves out, the SDK asks for when it begins anew.
fn joining(updates: &RoomUpdates) -> BTreeSet<OwnedUserId> {
    let whole = updates
        .joined
        .values()
        .filter(|room| !room.timeline.limited);
    whole
        .flat_map(|room| &room.timeline.events)
        .filter_map(joined)
        .collect()
}

/// Who joined by an event, if it is that of a join.
fn joined(event: &TimelineEvent) -> Option<OwnedUserId> {
    let event = event.raw().deserialize().ok()?;
    let AnySyncTimelineEvent::State(AnySyncStateEvent::RoomMember(member)) = event else {
        return None;
    };
    let member = member.as_original()?;
    let change = member.membership_change();
    let joined = matches!(
        change,
        MembershipChange::Joined | MembershipChange::InvitationAccepted
    );
    joined.then(|| member.state_key.clone())
}

fn unknown_senders(updates: &RoomUpdates) -> BTreeSet<OwnedUserId> {
    let joined = updates.joined.values();
    joined
        .flat_map(|room| &room.timeline.events)
        .filter(|event| lacks_identity(event))
        .filter_map(TimelineEvent::sender)
        .collect()
}

/// Whether the key is there, and only its owner is not known well enough.
fn lacks_identity(event: &TimelineEvent) -> bool {
    let TimelineEventKind::UnableToDecrypt { utd_info, .. } = &event.kind else {
        return false;
    };
    matches!(
        utd_info.reason,
        UnableToDecryptReason::SenderIdentityNotTrusted(
            VerificationLevel::UnsignedDevice
                | VerificationLevel::None(DeviceLinkProblem::MissingDevice)
        )
    )
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::{events::AnySyncTimelineEvent, serde::Raw, user_id};
    use serde_json::{Value, json};

    use super::*;

    fn who_joined(kind: &str, membership: &str, before: Option<&str>) -> Option<OwnedUserId> {
        let before = before.map(|before| json!({ "membership": before }));
        let event: Value = json!({
            "type": kind, "sender": "@a:example.org", "state_key": "@b:example.org",
            "event_id": "$e", "origin_server_ts": 1, "content": { "membership": membership },
            "unsigned": { "prev_content": before },
        });
        let event = Raw::<AnySyncTimelineEvent>::from_json_string(event.to_string());
        joined(&TimelineEvent::from_plaintext(event.expect("JSON")))
    }

    #[test]
    fn who_joins_is_asked_about_and_nobody_else() {
        let member = "m.room.member";
        let someone = Some(user_id!("@b:example.org").to_owned());
        assert_eq!(who_joined(member, "join", Some("invite")), someone);
        assert_eq!(who_joined(member, "join", None), someone);
        assert_eq!(who_joined(member, "join", Some("leave")), someone);
        assert_eq!(
            who_joined(member, "join", Some("join")),
            None,
            "a change of name"
        );
        assert_eq!(who_joined(member, "leave", Some("join")), None);
        assert_eq!(who_joined(member, "invite", None), None);
        assert_eq!(who_joined("m.room.name", "join", None), None);
    }
}
