//! The key of a profile, wrapped by a passphrase.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    OpenError,
    key::{self, KEY_LENGTH, StoreKey},
    sealed::{self, Sealed},
};

/// Fewest characters of a new passphrase: it alone stands before whoever finds the disk.
pub const MIN_PASSPHRASE: usize = 12;

const SALT_LENGTH: usize = 16;
const WHAT: &str = "pli store key";

/// RFC 9106, section 4, second recommended option: 64 MiB, 3 passes, 4 lanes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;

/// A damaged file must not make Pli take all memory or run for ever.
const MAX_MEMORY_KIB: u32 = 1024 * 1024;
const MAX_PASSES: u32 = 16;

/// What is written of a wrapped key.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrappedKey {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: [u8; SALT_LENGTH],
    key: Sealed,
}

/// Wraps `key` by a new passphrase.
pub(crate) fn wrap(key: &StoreKey, passphrase: &SecretString) -> Result<WrappedKey, OpenError> {
    if passphrase.expose_secret().chars().count() < MIN_PASSPHRASE {
        return Err(OpenError::PassphraseTooShort);
    }
    let mut salt = [0; SALT_LENGTH];
    getrandom::fill(&mut salt).map_err(|_| OpenError::NoRandomness)?;
    let stretched = stretch(passphrase, &salt, MEMORY_KIB, PASSES, LANES)?;
    Ok(WrappedKey {
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
        salt,
        key: sealed::seal(&stretched, WHAT, key.expose_secret())
            .map_err(|_| OpenError::NoRandomness)?,
    })
}

/// Unwraps what [`wrap`] wrapped.
pub(crate) fn unwrap(
    wrapped: &WrappedKey,
    passphrase: &SecretString,
) -> Result<StoreKey, OpenError> {
    if wrapped.memory_kib > MAX_MEMORY_KIB || wrapped.passes > MAX_PASSES {
        return Err(OpenError::Damaged);
    }
    let stretched = stretch(
        passphrase,
        &wrapped.salt,
        wrapped.memory_kib,
        wrapped.passes,
        wrapped.lanes,
    )?;
    let key = sealed::open(&stretched, WHAT, &wrapped.key).ok_or(OpenError::WrongPassphrase)?;
    key::from_slice(&key).ok_or(OpenError::Damaged)
}

fn stretch(
    passphrase: &SecretString,
    salt: &[u8; SALT_LENGTH],
    memory_kib: u32,
    passes: u32,
    lanes: u32,
) -> Result<StoreKey, OpenError> {
    let params =
        Params::new(memory_kib, passes, lanes, Some(KEY_LENGTH)).map_err(|_| OpenError::Damaged)?;
    let blocks = params.block_count();
    let mut memory = Vec::new();
    memory
        .try_reserve_exact(blocks)
        .map_err(|_| OpenError::Stretching)?;
    memory.resize(blocks, Block::default());
    let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(
            passphrase.expose_secret().as_bytes(),
            salt,
            bytes.as_mut_slice(),
            &mut memory,
        )
        .map_err(|_| OpenError::Stretching)?;
    Ok(key::from_bytes(&bytes))
}
