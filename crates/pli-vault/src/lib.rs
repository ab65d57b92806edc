//! The key of a profile's store and the session of its account.
//!
//! Both are held by the keyring of the operating system. Where there is none, the key is
//! wrapped by a passphrase (Argon2id) and the session sealed under the key. There is no
//! third way: nothing of a profile is ever written without its key.

mod error;
mod key;
mod keyring;
mod passphrase;
mod profile;
mod record;
mod sealed;
mod vault;

pub use error::{EraseError, OpenError, SessionError};
pub use key::StoreKey;
pub use passphrase::MIN_PASSPHRASE;
pub use profile::Profile;
pub use vault::Vault;
