//! An open vault.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use secrecy::{ExposeSecret, SecretString};

use crate::{
    EraseError, OpenError, Profile, SessionError, StoreKey, key,
    keyring::{self, Item},
    passphrase,
    record::{self, Keeper},
    sealed,
};

const SESSION: &str = "pli session";

/// The open vault of a profile; clones are the same vault.
///
/// Every call may wait for the disk, the keyring or the user: keep them off async threads.
#[derive(Clone)]
pub struct Vault(Arc<Open>);

struct Open {
    profile: Profile,
    key: StoreKey,
    sessions: Sessions,
}

/// Where the session is kept.
enum Sessions {
    Keyring,
    File,
    #[cfg_attr(not(debug_assertions), allow(dead_code))]
    Memory(Mutex<Option<SecretString>>),
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// Opens the vault of `profile` by the keyring; in a new profile, makes a key and has the
    /// keyring keep it.
    pub fn open(profile: &Profile) -> Result<Self, OpenError> {
        let key = match record::read_keeper(profile)? {
            Some(Keeper::Passphrase(_)) => return Err(OpenError::PassphraseNeeded),
            Some(Keeper::Keyring) => {
                let key = keyring::read(profile, Item::StoreKey)?.ok_or(OpenError::KeyMissing)?;
                key::from_slice(&key).ok_or(OpenError::Damaged)?
            }
            None => {
                let key = make_key(profile)?;
                record::write_keeper(profile, Keeper::Keyring).map_err(OpenError::Io)?;
                key
            }
        };
        Ok(Self::new(profile, key, Sessions::Keyring))
    }

    /// Opens the vault of `profile` by its passphrase; in a new profile, makes a key and wraps
    /// it by `passphrase`.
    pub fn open_with_passphrase(
        profile: &Profile,
        passphrase: &SecretString,
    ) -> Result<Self, OpenError> {
        let key = match record::read_keeper(profile)? {
            Some(Keeper::Keyring) => return Err(OpenError::NoPassphrase),
            Some(Keeper::Passphrase(wrapped)) => passphrase::unwrap(&wrapped, passphrase)?,
            None => {
                let key = key::generate().map_err(|_| OpenError::NoRandomness)?;
                let wrapped = passphrase::wrap(&key, passphrase)?;
                record::remove_session(profile).map_err(OpenError::Io)?;
                record::write_keeper(profile, Keeper::Passphrase(wrapped))
                    .map_err(OpenError::Io)?;
                key
            }
        };
        Ok(Self::new(profile, key, Sessions::File))
    }

    /// Whether `profile` is opened by a passphrase that was set before.
    #[must_use]
    pub fn has_passphrase(profile: &Profile) -> bool {
        matches!(
            record::read_keeper(profile),
            Ok(Some(Keeper::Passphrase(_)))
        )
    }

    /// A vault that forgets all with its last clone. There is none in a release: there, a
    /// profile without a keyring or a passphrase must not open.
    #[cfg(debug_assertions)]
    pub fn in_memory() -> Result<Self, OpenError> {
        let key = key::generate().map_err(|_| OpenError::NoRandomness)?;
        let profile = Profile::new(None, std::path::PathBuf::new());
        Ok(Self::new(&profile, key, Sessions::Memory(Mutex::default())))
    }

    fn new(profile: &Profile, key: StoreKey, sessions: Sessions) -> Self {
        Self(Arc::new(Open {
            profile: profile.clone(),
            key,
            sessions,
        }))
    }

    /// The key of the profile's stores.
    #[must_use]
    pub fn store_key(&self) -> &StoreKey {
        &self.0.key
    }

    /// A key for another purpose (the pseudonyms of the log, for instance): the same in every
    /// run of this profile, and telling nothing of the store's.
    #[must_use]
    pub fn derived_key(&self, purpose: &str) -> StoreKey {
        key::derive(&self.0.key, purpose)
    }

    /// Saves the account's session, in place of the one before.
    pub fn save_session(&self, session: &SecretString) -> Result<(), SessionError> {
        let text = session.expose_secret().as_bytes();
        match &self.0.sessions {
            Sessions::Keyring => Ok(keyring::write(&self.0.profile, Item::Session, text)?),
            Sessions::File => {
                let sealed = sealed::seal(&self.derived_key(SESSION), SESSION, text)
                    .map_err(|_| SessionError::NoRandomness)?;
                record::write_session(&self.0.profile, &sealed).map_err(SessionError::Io)
            }
            Sessions::Memory(kept) => {
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
                Ok(())
            }
        }
    }

    /// The session saved last, if it was not forgotten.
    pub fn load_session(&self) -> Result<Option<SecretString>, SessionError> {
        let text = match &self.0.sessions {
            Sessions::Keyring => keyring::read(&self.0.profile, Item::Session)?,
            Sessions::File => match record::read_session(&self.0.profile) {
                Ok(Some(sealed)) => {
                    let text = sealed::open(&self.derived_key(SESSION), SESSION, &sealed);
                    Some(text.ok_or(SessionError::Damaged)?)
                }
                Ok(None) => None,
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                    return Err(SessionError::Damaged);
                }
                Err(error) => return Err(SessionError::Io(error)),
            },
            Sessions::Memory(kept) => {
                return Ok(kept.lock().unwrap_or_else(PoisonError::into_inner).clone());
            }
        };
        match text {
            None => Ok(None),
            Some(text) => match str::from_utf8(&text) {
                Ok(text) => Ok(Some(text.into())),
                Err(_) => Err(SessionError::Damaged),
            },
        }
    }

    /// Forgets the session; the profile and its key remain.
    pub fn forget_session(&self) -> Result<(), SessionError> {
        match &self.0.sessions {
            Sessions::Keyring => Ok(keyring::remove(&self.0.profile, Item::Session)?),
            Sessions::File => record::remove_session(&self.0.profile).map_err(SessionError::Io),
            Sessions::Memory(kept) => {
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
                Ok(())
            }
        }
    }

    /// Destroys the key and the session: what the profile still holds can never be read again.
    pub fn erase(self) -> Result<(), EraseError> {
        match &self.0.sessions {
            Sessions::Keyring | Sessions::File => Self::erase_profile(&self.0.profile),
            Sessions::Memory(kept) => {
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
                Ok(())
            }
        }
    }

    /// As [`Self::erase`], for a profile that cannot be opened. Without a keyring, the entries
    /// of a keyring that comes back later remain; nothing reads them any more.
    pub fn erase_profile(profile: &Profile) -> Result<(), EraseError> {
        let in_keyring = !Self::has_passphrase(profile);
        let entries = if in_keyring {
            keyring::remove(profile, Item::StoreKey)
                .and_then(|()| keyring::remove(profile, Item::Session))
        } else {
            Ok(())
        };
        record::remove_all(profile).map_err(EraseError::Io)?;
        Ok(entries?)
    }
}

/// The key of a profile that has no `vault.json`. An entry that is there already is kept: it
/// may be the key of a store whose `vault.json` was lost. Its session is not.
fn make_key(profile: &Profile) -> Result<StoreKey, OpenError> {
    let old = keyring::read(profile, Item::StoreKey)?;
    keyring::remove(profile, Item::Session)?;
    if let Some(key) = old.and_then(|old| key::from_slice(&old)) {
        return Ok(key);
    }
    let key = key::generate().map_err(|_| OpenError::NoRandomness)?;
    keyring::write(profile, Item::StoreKey, key.expose_secret())?;
    // Some keyrings accept what they do not keep.
    let kept = keyring::read(profile, Item::StoreKey)?;
    match kept {
        Some(kept) if kept.as_slice() == key.expose_secret() => Ok(key),
        _ => Err(OpenError::Locked),
    }
}
