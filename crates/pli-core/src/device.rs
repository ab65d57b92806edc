//! The user's devices: wherever they are signed in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use matrix_sdk::{
    HttpError,
    encryption::identities::Device,
    ruma::{DeviceId, OwnedDeviceId, api::client::device::Device as Listed, api::error::ErrorKind},
};
use secrecy::SecretString;

use crate::{account::Account, session::password_auth};

/// Longest name of a device, in characters.
const MAX_NAME: usize = 100;

/// Most devices signed out at once.
const MAX_SIGNED_OUT: usize = 500;

/// Why devices could not be listed or changed.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The name is empty or too long, or this very device was to be signed out.
    #[error("malformed argument")]
    Malformed,
    /// The password was refused.
    #[error("wrong password")]
    WrongPassword,
    /// The server refuses, or does not answer.
    #[error("the request failed")]
    Request(#[source] Box<HttpError>),
}

impl From<HttpError> for DeviceError {
    fn from(error: HttpError) -> Self {
        Self::Request(Box::new(error))
    }
}

/// A device of the user's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDevice {
    /// Matrix device id.
    pub id: String,
    /// As the user, or the program on it, called it.
    pub name: Option<String>,
    /// When the server heard of it last; it tells to the minute or so.
    pub last_seen: Option<SystemTime>,
    /// Whether the user's identity vouches for it.
    pub trust: DeviceTrust,
    /// This one.
    pub current: bool,
}

/// Whether the user's identity vouches for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceTrust {
    /// Signed by it: it receives messages, and others believe it.
    Verified,
    /// Not signed by it.
    Unverified,
    /// It has no encryption keys: there is nothing to vouch for.
    NoKeys,
}

impl DeviceTrust {
    fn of(device: Option<&Device>) -> Self {
        match device {
            Some(device) if device.is_cross_signed_by_owner() => Self::Verified,
            Some(_) => Self::Unverified,
            None => Self::NoKeys,
        }
    }
}

impl Account {
    /// The user's devices: this one first, then those seen last.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn devices(&self) -> Result<Vec<OwnDevice>, DeviceError> {
        let listed = self.client().devices().await?.devices;
        let known = self
            .client()
            .encryption()
            .get_user_devices(self.own_id())
            .await;
        let known = known.ok();
        let mut devices: Vec<_> = listed
            .into_iter()
            .map(|device| {
                let keys = known.as_ref().and_then(|all| all.get(&device.device_id));
                own_device(device, keys.as_ref(), self.own_device_id())
            })
            .collect();
        devices.sort_by_key(|device| (!device.current, std::cmp::Reverse(device.last_seen)));
        Ok(devices)
    }

    /// Gives a device another name.
    ///
    /// # Errors
    /// See [`DeviceError`].
    pub async fn device_rename(&self, id: &str, name: &str) -> Result<(), DeviceError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME {
            return Err(DeviceError::Malformed);
        }
        self.client().rename_device(id.into(), name).await?;
        Ok(())
    }

    /// Signs other devices out; the server asks for the password.
    ///
    /// # Errors
    /// See [`DeviceError`].
    pub async fn devices_sign_out(
        &self,
        ids: &[String],
        password: SecretString,
    ) -> Result<(), DeviceError> {
        let devices: Vec<OwnedDeviceId> = ids.iter().map(|id| id.as_str().into()).collect();
        let malformed = devices.is_empty() || devices.len() > MAX_SIGNED_OUT;
        if malformed || devices.iter().any(|id| id == self.own_device_id()) {
            return Err(DeviceError::Malformed);
        }
        let Err(error) = self.client().delete_devices(&devices, None).await else {
            return Ok(());
        };
        let Some(challenge) = error.as_uiaa_response() else {
            return Err(error.into());
        };
        let auth = password_auth(self.own_id(), &password, challenge.session.clone());
        match self.client().delete_devices(&devices, Some(auth)).await {
            Ok(_) => Ok(()),
            Err(error) if is_refused(&error) => Err(DeviceError::WrongPassword),
            Err(error) => Err(error.into()),
        }
    }
}

/// A password that is not the right one is answered by the same challenge, and an error in it.
fn is_refused(error: &HttpError) -> bool {
    let again = error.as_uiaa_response().is_some();
    again || matches!(error.client_api_error_kind(), Some(ErrorKind::Forbidden))
}

fn own_device(listed: Listed, keys: Option<&Device>, current: &DeviceId) -> OwnDevice {
    let name = listed.display_name.as_deref().map(str::trim);
    let name = name.filter(|name| !name.is_empty());
    OwnDevice {
        name: name.map(|name| name.chars().take(MAX_NAME).collect()),
        last_seen: listed
            .last_seen_ts
            .map(|seen| UNIX_EPOCH + Duration::from_millis(seen.get().into())),
        trust: DeviceTrust::of(keys),
        current: listed.device_id == current,
        id: listed.device_id.into(),
    }
}
