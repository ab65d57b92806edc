//! The keyring of the operating system: Secret Service, Keychain, Credential Manager.

use std::thread;

use keyring::v1::{Entry, Error};
use zeroize::Zeroizing;

use crate::Profile;

/// Names Pli in the keyring.
const SERVICE: &str = "fr.pli.desktop";

/// Why the keyring did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyringError {
    /// There is none.
    Absent,
    /// It is locked, or the user refused.
    Locked,
    /// It answered something that Pli never wrote.
    Damaged,
}

/// One secret of one profile.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Item {
    /// The key of the store.
    StoreKey,
    /// The session of the account.
    Session,
    /// Nothing; written to learn whether the keyring is open.
    Probe,
}

impl Item {
    fn user(self, profile: &Profile) -> String {
        let item = match self {
            Self::StoreKey => "store-key",
            Self::Session => "session",
            Self::Probe => "probe",
        };
        // No profile name holds a slash.
        match profile.name() {
            Some(name) => format!("{name}/{item}"),
            None => item.to_owned(),
        }
    }
}

/// Reads an entry; `None` if there is none, and the keyring is open.
pub(crate) fn read(
    profile: &Profile,
    item: Item,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
    if let Some(secret) = read_once(profile, item)? {
        return Ok(Some(secret));
    }
    // A locked Secret Service may answer as if it were empty: only a write tells them apart
    // (and asks the user to unlock it).
    write(profile, Item::Probe, b"probe")?;
    remove(profile, Item::Probe)?;
    read_once(profile, item)
}

fn read_once(profile: &Profile, item: Item) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
    let user = item.user(profile);
    match apart(move || Entry::new(SERVICE, &user)?.get_secret().map(Zeroizing::new)) {
        Ok(secret) => Ok(Some(secret)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(kind(&error)),
    }
}

/// Writes an entry, over one of the same name.
pub(crate) fn write(profile: &Profile, item: Item, secret: &[u8]) -> Result<(), KeyringError> {
    let user = item.user(profile);
    let secret = Zeroizing::new(secret.to_vec());
    apart(move || Entry::new(SERVICE, &user)?.set_secret(&secret)).map_err(|e| kind(&e))
}

/// Removes an entry, if there is one.
pub(crate) fn remove(profile: &Profile, item: Item) -> Result<(), KeyringError> {
    let user = item.user(profile);
    match apart(move || Entry::new(SERVICE, &user)?.delete_credential()) {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(kind(&error)),
    }
}

fn kind(error: &Error) -> KeyringError {
    match error {
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
            KeyringError::Damaged
        }
        _ => KeyringError::Absent,
    }
}

/// On a thread of its own: the Secret Service client waits on an executor of its own, which
/// must not happen inside another one.
fn apart<T: Send>(call: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        scope
            .spawn(call)
            .join()
            .unwrap_or(Err(Error::NoDefaultStore))
    })
}
