//! Whether people are still who they were when the user verified them.
//!
//! Somebody who was verified and whose identity changed may be an impostor: nothing is sent to a
//! room that they are in until the user has verified them again, or no longer asks for it. The
//! SDK refuses to encrypt for them, late and in the queue; here it is refused at once, with a
//! reason, and also while a new verification is under way.

use std::{
    collections::BTreeSet,
    sync::{Arc, Weak},
};

use futures_util::{Stream, StreamExt as _};
use matrix_sdk::{
    Client, Room,
    encryption::identities::UserIdentity,
    ruma::{OwnedUserId, UserId, events::room::member::MembershipState},
};
use tokio::sync::{Mutex, mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

use crate::{
    account::Account, composer::SendError, values::ValueError, verification::VerificationError,
};

/// Where the people are kept whom the user wants to verify again.
const REQUIRED: &str = "verification-required";

type People = BTreeSet<OwnedUserId>;

/// What the user knows of a person's identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// They have none: there is nothing to verify.
    NoIdentity,
    /// Not verified, which is no cause for alarm.
    Unverified,
    /// Verified by the user.
    Verified,
    /// Verified once; then their identity changed.
    Changed,
}

/// Those whose identity changed; `None` until all are looked at.
#[derive(Default)]
pub(crate) struct Changed {
    people: watch::Sender<Option<People>>,
    writing: Mutex<()>,
}

impl Changed {
    pub(crate) fn subscribe(&self) -> watch::Receiver<Option<People>> {
        self.people.subscribe()
    }

    fn put(&self, person: &UserId, changed: bool) {
        self.people.send_if_modified(|people| {
            let people = people.get_or_insert_default();
            if changed {
                people.insert(person.to_owned())
            } else {
                people.remove(person)
            }
        });
    }

    /// Which of them are in an encrypted room, as far as is known.
    pub(crate) async fn within(&self, room: &Room) -> People {
        let changed = self.people.borrow().clone().unwrap_or_default();
        if changed.is_empty() || !room.encryption_state().is_encrypted() {
            return People::new();
        }
        let mut within = People::new();
        for person in changed {
            if is_in(room, &person).await {
                within.insert(person);
            }
        }
        within
    }
}

async fn is_in(room: &Room, person: &UserId) -> bool {
    match room.get_member_no_sync(person).await {
        Ok(Some(member)) => matches!(
            member.membership(),
            MembershipState::Join | MembershipState::Invite
        ),
        // Not known for want of the network: a direct room says whom it is with.
        _ => {
            let targets = room.direct_targets();
            targets.iter().any(|target| target.as_str() == person)
        }
    }
}

impl Account {
    /// What the user knows of a person's identity, now and from now on.
    ///
    /// # Errors
    /// When the id is malformed.
    pub fn person_trust(
        &self,
        user_id: &str,
    ) -> Result<impl Stream<Item = Trust> + Send + use<>, VerificationError> {
        let user_id = UserId::parse(user_id).map_err(|_| VerificationError::Malformed)?;
        let (sender, receiver) = mpsc::channel(8);
        let changed = Arc::clone(self.changed());
        self.spawn_until_over(watch_person(
            self.client().clone(),
            user_id,
            changed,
            sender,
        ));
        Ok(ReceiverStream::new(receiver))
    }

    /// Asks no longer that a person be the one who was verified.
    ///
    /// # Errors
    /// When the id is malformed, the person is unknown, or the store fails.
    pub async fn person_withdraw_verification(
        &self,
        user_id: &str,
    ) -> Result<(), VerificationError> {
        let user_id = UserId::parse(user_id).map_err(|_| VerificationError::Malformed)?;
        let identity = self.known_identity(&user_id).await?;
        let identity = identity.ok_or(VerificationError::NoIdentity)?;
        let _turn = self.changed().writing.lock().await;
        let mut required = self.required()?;
        if required.remove(&user_id) {
            self.set_value(REQUIRED, &required).await?;
        }
        let withdrawn = identity.withdraw_verification().await;
        withdrawn.map_err(matrix_sdk::Error::from)?;
        self.changed().put(&user_id, false);
        Ok(())
    }

    /// Lets a changed person be asked for a verification, which is a message like others to the
    /// SDK, and keeps everything else from being sent until it is done.
    pub(crate) async fn require_verification(
        &self,
        identity: &UserIdentity,
    ) -> Result<(), VerificationError> {
        if !identity.has_verification_violation() || identity.user_id() == self.own_id() {
            return Ok(());
        }
        let _turn = self.changed().writing.lock().await;
        let mut required = self.required()?;
        required.insert(identity.user_id().to_owned());
        self.set_value(REQUIRED, &required).await?;
        let withdrawn = identity.withdraw_verification().await;
        withdrawn.map_err(matrix_sdk::Error::from)?;
        Ok(())
    }

    /// Refuses what would be sent to somebody whose identity changed.
    pub(crate) async fn check_identities(&self, room: &Room) -> Result<(), SendError> {
        if !room.encryption_state().is_encrypted() {
            return Ok(());
        }
        let mut people = self.changed().subscribe();
        let someone = people.wait_for(Option::is_some).await;
        let someone = someone.is_ok_and(|people| people.as_ref().is_some_and(|p| !p.is_empty()));
        let missing = someone && !room.are_members_synced();
        if missing && room.sync_members().await.is_err() {
            tracing::info!(name: "the members of a room could not be fetched", "");
        }
        if self.changed().within(room).await.is_empty() {
            Ok(())
        } else {
            Err(SendError::IdentityChanged)
        }
    }

    async fn known_identity(
        &self,
        user_id: &UserId,
    ) -> Result<Option<UserIdentity>, VerificationError> {
        let encryption = self.client().encryption();
        let identity = encryption.get_user_identity(user_id).await;
        Ok(identity.map_err(matrix_sdk::Error::from)?)
    }

    fn required(&self) -> Result<People, ValueError> {
        Ok(self.value(REQUIRED)?.unwrap_or_default())
    }
}

/// Looks at everybody once, then at those whose identity is told to be new or changed.
pub(crate) async fn keep_watching(account: Weak<Account>) {
    let Some(client) = account.upgrade().map(|account| account.client().clone()) else {
        return;
    };
    let encryption = client.encryption();
    let Ok(updates) = encryption.user_identities_stream().await else {
        // Nothing is sent encrypted without the machine that this lacks.
        tracing::error!(name: "identities cannot be watched", "");
        return;
    };
    let mut updates = std::pin::pin!(updates);
    look_at_all(&account, &client).await;
    while let Some(told) = updates.next().await {
        let Some(account) = account.upgrade() else {
            return;
        };
        for identity in told.new.values().chain(told.changed.values()) {
            look_at(&account, identity).await;
        }
    }
}

async fn look_at_all(account: &Weak<Account>, client: &Client) {
    let encryption = client.encryption();
    let tracked = encryption.tracked_users().await.unwrap_or_default();
    let mut found = People::new();
    for person in tracked {
        let Some(account) = account.upgrade() else {
            return;
        };
        if let Ok(Some(identity)) = encryption.get_user_identity(&person).await
            && is_changed(&account, &identity)
        {
            found.insert(person);
        }
    }
    if let Some(account) = account.upgrade() {
        account.changed().people.send_modify(|people| {
            people.get_or_insert_default().extend(found);
        });
    }
}

async fn look_at(account: &Account, identity: &UserIdentity) {
    let changed = is_changed(account, identity);
    account.changed().put(identity.user_id(), changed);
    if !identity.is_verified() {
        return;
    }
    // What the user asked for is done.
    let _turn = account.changed().writing.lock().await;
    if let Ok(mut required) = account.required()
        && required.remove(identity.user_id())
        && account.set_value(REQUIRED, &required).await.is_err()
    {
        tracing::warn!(name: "a verification could not be noted", "");
    }
}

fn is_changed(account: &Account, identity: &UserIdentity) -> bool {
    if identity.user_id() == account.own_id() || identity.is_verified() {
        return false;
    }
    let required = || {
        let required = account.required();
        required.is_ok_and(|required| required.contains(identity.user_id()))
    };
    identity.has_verification_violation() || required()
}

/// Tells what is known of a person, until the receiver is dropped.
async fn watch_person(
    client: Client,
    person: OwnedUserId,
    changed: Arc<Changed>,
    sender: mpsc::Sender<Trust>,
) {
    let encryption = client.encryption();
    let Ok(updates) = encryption.user_identities_stream().await else {
        return;
    };
    let mut updates = std::pin::pin!(updates);
    let mut others = changed.subscribe();
    let known = encryption.get_user_identity(&person).await;
    if !matches!(known, Ok(Some(_))) {
        // Whoever shares no encrypted room was never asked about.
        let _ = encryption.request_user_identity(&person).await;
    }
    let mut last = None;
    loop {
        let identity = encryption.get_user_identity(&person).await.ok().flatten();
        let is_changed = others
            .borrow_and_update()
            .as_ref()
            .is_some_and(|people| people.contains(&person));
        let trust = match identity {
            None => Trust::NoIdentity,
            Some(identity) if identity.is_verified() => Trust::Verified,
            Some(identity) if is_changed || identity.has_verification_violation() => Trust::Changed,
            Some(_) => Trust::Unverified,
        };
        if last.replace(trust) != Some(trust) && sender.send(trust).await.is_err() {
            return;
        }
        tokio::select! {
            () = sender.closed() => return,
            told = updates.next() => if told.is_none() { return },
            told = others.changed() => if told.is_err() { return },
        }
    }
}
