//! Verifications: two devices make sure, through their users, that nobody stands between them.
//!
//! Between the devices of the user by to-device messages, between two people in their direct
//! room; by seven emojis that both compare, or by a QR code that one shows and the other reads.
//! The SDK keeps the protocol; here each verification is followed and told as one list, which
//! holds no key and no client.

use std::{
    collections::VecDeque,
    sync::{Arc, Weak},
};

use futures_util::Stream;
use matrix_sdk::{
    encryption::{
        identities::RequestVerificationError,
        verification::{QrVerificationData, Verification as Concrete, VerificationRequest},
    },
    ruma::{
        DeviceId, OwnedUserId, UserId,
        events::{
            key::verification::{VerificationMethod, request::ToDeviceKeyVerificationRequestEvent},
            room::message::{MessageType, OriginalSyncRoomMessageEvent},
        },
    },
};
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::WatchStream;

use crate::{account::Account, values::ValueError};

mod code;
mod follow;
mod stage;

pub use self::{
    code::{Code, Picture},
    stage::{Emoji, Ending, Stage, Ways},
};

/// Verifications told at once; the oldest ended ones go, then requests nobody answers.
const MAX: usize = 8;

/// What Pli can do: compare emojis, show a code, read one from a picture.
fn methods() -> Vec<VerificationMethod> {
    vec![
        VerificationMethod::SasV1,
        VerificationMethod::QrCodeShowV1,
        VerificationMethod::QrCodeScanV1,
        VerificationMethod::ReciprocateV1,
    ]
}

/// Why a verification did not begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum VerificationError {
    /// An id is malformed.
    #[error("malformed argument")]
    Malformed,
    /// There is no such verification (any more), or no such device.
    #[error("no such verification")]
    Unknown,
    /// It is not at that point.
    #[error("not at this stage")]
    NotNow,
    /// The person, or the device, has no keys that could be verified.
    #[error("nothing to verify")]
    NoIdentity,
    /// There is no QR code in the picture.
    #[error("no code in the picture")]
    NoCode,
    /// The QR code belongs to another verification.
    #[error("the code of something else")]
    WrongCode,
    /// What the user asked for could not be kept.
    #[error(transparent)]
    Store(ValueError),
    /// The server refuses, or does not answer.
    #[error("the request failed")]
    Request(#[source] Box<matrix_sdk::Error>),
}

impl From<matrix_sdk::Error> for VerificationError {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Request(Box::new(error))
    }
}

impl From<ValueError> for VerificationError {
    fn from(error: ValueError) -> Self {
        Self::Store(error)
    }
}

impl From<RequestVerificationError> for VerificationError {
    fn from(error: RequestVerificationError) -> Self {
        match error {
            RequestVerificationError::Sdk(error) => error.into(),
            RequestVerificationError::RoomCreation(_) => Self::NotNow,
        }
    }
}

/// A verification, as the user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Id of its flow.
    pub id: String,
    /// With whom: another person, or the user.
    pub user_id: OwnedUserId,
    /// Name of the person.
    pub name: String,
    /// With another device of the user's own.
    pub own: bool,
    /// Name of that device, when known.
    pub device: Option<String>,
    /// The other side asked for it.
    pub incoming: bool,
    /// How far it is.
    pub stage: Stage,
}

/// Those going on, and those that ended and were not put away.
#[derive(Default)]
pub(crate) struct Verifications(watch::Sender<VecDeque<Verification>>);

impl Verifications {
    fn add(&self, verification: Verification) {
        self.0.send_modify(|all| {
            all.retain(|one| one.id != verification.id);
            if all.len() >= MAX {
                let ended = all.iter().position(|one| one.stage.is_over());
                let idle = || all.iter().position(|one| one.stage == Stage::Asked);
                all.remove(ended.or_else(idle).unwrap_or(0));
            }
            all.push_back(verification);
        });
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Verification)) {
        self.0.send_if_modified(|all| {
            let Some(one) = all.iter_mut().find(|one| one.id == id) else {
                return false;
            };
            let before = one.clone();
            change(one);
            *one != before
        });
    }

    fn remove(&self, id: &str) {
        self.0.send_if_modified(|all| {
            let before = all.len();
            all.retain(|one| one.id != id);
            all.len() != before
        });
    }

    fn find(&self, matches: impl Fn(&Verification) -> bool) -> Option<Verification> {
        self.0.borrow().iter().find(|one| matches(one)).cloned()
    }
}

impl Account {
    /// The verifications, now and from now on.
    pub fn verifications(&self) -> impl Stream<Item = Vec<Verification>> + Send + use<> {
        use futures_util::StreamExt as _;
        WatchStream::new(self.verifying().0.subscribe()).map(Vec::from)
    }

    /// Whether another device of the user's own, already verified, could let this one in.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn verification_available(&self) -> Result<bool, VerificationError> {
        let encryption = self.client().encryption();
        Ok(encryption.has_devices_to_verify_against().await?)
    }

    /// Asks for a verification: a person, one device of the user's own, or all of them. Answers
    /// its id; one that is under way already is not asked for again.
    ///
    /// # Errors
    /// See [`VerificationError`].
    pub async fn verification_request(
        self: &Arc<Self>,
        user_id: &str,
        device_id: Option<&str>,
    ) -> Result<String, VerificationError> {
        let user_id = UserId::parse(user_id).map_err(|_| VerificationError::Malformed)?;
        let under_way = |one: &Verification| one.user_id == user_id && !one.stage.is_over();
        if let Some(known) = self.verifying().find(under_way) {
            if known.stage == Stage::Asked {
                self.verification_accept(&known.id).await?;
            }
            return Ok(known.id);
        }
        let request = match device_id {
            Some(device_id) => self.ask_device(&user_id, device_id.into()).await?,
            None => self.ask_person(&user_id).await?,
        };
        let id = request.flow_id().to_owned();
        self.follow(request).await;
        Ok(id)
    }

    async fn ask_device(
        &self,
        user_id: &UserId,
        device_id: &DeviceId,
    ) -> Result<VerificationRequest, VerificationError> {
        let encryption = self.client().encryption();
        let device = encryption.get_device(user_id, device_id).await;
        let device = device.map_err(matrix_sdk::Error::from)?;
        let device = device.ok_or(VerificationError::NoIdentity)?;
        if user_id != self.own_id() || device_id == self.own_device_id() {
            return Err(VerificationError::Malformed);
        }
        Ok(device.request_verification_with_methods(methods()).await?)
    }

    async fn ask_person(&self, user_id: &UserId) -> Result<VerificationRequest, VerificationError> {
        let encryption = self.client().encryption();
        let identity = encryption.request_user_identity(user_id).await?;
        let identity = identity.ok_or(VerificationError::NoIdentity)?;
        self.require_verification(&identity).await?;
        Ok(identity
            .request_verification_with_methods(methods())
            .await?)
    }

    /// Takes part in a verification that the other side asked for.
    ///
    /// # Errors
    /// See [`VerificationError`].
    pub async fn verification_accept(&self, id: &str) -> Result<(), VerificationError> {
        let request = self.request(id).await?;
        Ok(request.accept_with_methods(methods()).await?)
    }

    /// Begins to compare emojis.
    ///
    /// # Errors
    /// See [`VerificationError`].
    pub async fn verification_start_emojis(&self, id: &str) -> Result<(), VerificationError> {
        let started = self.request(id).await?.start_sas().await?;
        started.map(drop).ok_or(VerificationError::NotNow)
    }

    /// Shows a QR code.
    ///
    /// # Errors
    /// See [`VerificationError`].
    pub async fn verification_show_code(&self, id: &str) -> Result<(), VerificationError> {
        let shown = self.request(id).await?.generate_qr_code().await?;
        shown.map(drop).ok_or(VerificationError::NotNow)
    }

    /// Reads the other side's QR code from a picture.
    ///
    /// # Errors
    /// See [`VerificationError`].
    pub async fn verification_scan(
        &self,
        id: &str,
        picture: Picture,
    ) -> Result<(), VerificationError> {
        let request = self.request(id).await?;
        // Decoding takes long, and may fail in ways of its own.
        let read = tokio::task::spawn_blocking(move || code::read(picture)).await;
        let read = read.ok().flatten().ok_or(VerificationError::NoCode)?;
        let data =
            QrVerificationData::from_bytes(&read).map_err(|_| VerificationError::WrongCode)?;
        match request.scan_qr_code(data).await {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(VerificationError::NotNow),
            Err(matrix_sdk::Error::QrCodeScanError(_)) => Err(VerificationError::WrongCode),
            Err(error) => Err(error.into()),
        }
    }

    /// The user says that the emojis are the same, or that the other side has read the code.
    ///
    /// # Errors
    /// See [`VerificationError`].
    pub async fn verification_confirm(&self, id: &str) -> Result<(), VerificationError> {
        match self.concrete(id).await? {
            Concrete::SasV1(sas) => Ok(sas.confirm().await?),
            Concrete::QrV1(code) => Ok(code.confirm().await?),
            _ => Err(VerificationError::NotNow),
        }
    }

    /// The user says that the emojis differ: somebody may stand in between.
    ///
    /// # Errors
    /// See [`VerificationError`].
    pub async fn verification_mismatch(&self, id: &str) -> Result<(), VerificationError> {
        match self.concrete(id).await? {
            Concrete::SasV1(sas) => Ok(sas.mismatch().await?),
            _ => Err(VerificationError::NotNow),
        }
    }

    /// Declines or gives up a verification; puts away one that has ended.
    ///
    /// # Errors
    /// See [`VerificationError`]; it is over here all the same.
    pub async fn verification_cancel(&self, id: &str) -> Result<(), VerificationError> {
        let known = self.verifying().find(|one| one.id == id);
        let request = self.request(id).await;
        self.verifying().remove(id);
        match request {
            Ok(request) if known.is_some_and(|one| !one.stage.is_over()) => {
                Ok(request.cancel().await?)
            }
            _ => Ok(()),
        }
    }

    async fn request(&self, id: &str) -> Result<VerificationRequest, VerificationError> {
        let known = self.verifying().find(|one| one.id == id);
        let user_id = known.ok_or(VerificationError::Unknown)?.user_id;
        let encryption = self.client().encryption();
        let request = encryption.get_verification_request(&user_id, id).await;
        request.ok_or(VerificationError::Unknown)
    }

    async fn concrete(&self, id: &str) -> Result<Concrete, VerificationError> {
        let known = self.verifying().find(|one| one.id == id);
        let user_id = known.ok_or(VerificationError::Unknown)?.user_id;
        let encryption = self.client().encryption();
        let concrete = encryption.get_verification(&user_id, id).await;
        concrete.ok_or(VerificationError::NotNow)
    }

    /// Tells a verification from now on, until it is over.
    async fn follow(self: &Arc<Self>, request: VerificationRequest) {
        if let Some(room) = request.room_id().and_then(|id| self.client().get_room(id)) {
            // Of other rooms the sync brings the latest event only, and the steps follow closely.
            self.attend(&room).await;
        }
        let told = Arc::clone(self.verifying());
        told.add(follow::told(self.client(), &request).await);
        self.spawn_until_over(follow::run(self.client().clone(), request, told));
    }

    /// Follows what others ask for.
    pub(crate) fn listen_for_verifications(self: &Arc<Self>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        let to_device = sender.clone();
        self.client()
            .add_event_handler(move |event: ToDeviceKeyVerificationRequestEvent| {
                let _ = to_device.send((event.sender, event.content.transaction_id.to_string()));
                std::future::ready(())
            });
        self.client()
            .add_event_handler(move |event: OriginalSyncRoomMessageEvent| {
                if let MessageType::VerificationRequest(_) = event.content.msgtype {
                    let _ = sender.send((event.sender, event.event_id.to_string()));
                }
                std::future::ready(())
            });
        self.spawn_until_over(keep_listening(Arc::downgrade(self), receiver));
    }
}

async fn keep_listening(
    account: Weak<Account>,
    mut asked: mpsc::UnboundedReceiver<(OwnedUserId, String)>,
) {
    while let Some((user_id, id)) = asked.recv().await {
        let Some(account) = account.upgrade() else {
            return;
        };
        let encryption = account.client().encryption();
        // What the SDK ignored (too old, from this device, from one without keys) is not there.
        let request = encryption.get_verification_request(&user_id, &id).await;
        if let Some(request) = request.filter(|request| !request.we_started()) {
            account.follow(request).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verification(id: usize, stage: Stage) -> Verification {
        Verification {
            id: id.to_string(),
            user_id: UserId::parse("@nadia:example.org").expect("a user id"),
            name: "Nadia".to_owned(),
            own: false,
            device: None,
            incoming: true,
            stage,
        }
    }

    fn ids(all: &Verifications) -> Vec<String> {
        all.0.borrow().iter().map(|one| one.id.clone()).collect()
    }

    #[test]
    fn a_flood_of_requests_pushes_out_no_verification_under_way() {
        let all = Verifications::default();
        all.add(verification(0, Stage::Starting));
        for id in 1..100 {
            all.add(verification(id, Stage::Asked));
        }
        let ids = ids(&all);
        assert_eq!(ids.len(), MAX);
        assert!(ids.contains(&"0".to_owned()), "it goes on: {ids:?}");
        assert!(ids.contains(&"99".to_owned()), "the latest is told");
    }

    #[test]
    fn what_ended_leaves_first() {
        let all = Verifications::default();
        for id in 0..MAX {
            all.add(verification(id, Stage::Asked));
        }
        all.change("3", |one| one.stage = Stage::Done);
        all.add(verification(100, Stage::Asked));
        assert!(!ids(&all).contains(&"3".to_owned()));
        assert!(ids(&all).contains(&"0".to_owned()));
    }
}
