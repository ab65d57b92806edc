//! The key from which everything at rest is encrypted.

use hmac::{Hmac, Mac, digest::KeyInit};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a key.
pub(crate) const KEY_LENGTH: usize = 32;
/// Bytes of a block of SHA-256.
const BLOCK_LENGTH: usize = 64;

/// The 32 random bytes of a profile, zeroed when dropped.
pub type StoreKey = SecretBox<[u8; KEY_LENGTH]>;

/// The system gives no random bytes.
pub(crate) struct NoRandomness;

/// A new key.
pub(crate) fn generate() -> Result<StoreKey, NoRandomness> {
    let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| NoRandomness)?;
    Ok(from_bytes(&bytes))
}

/// The key held in a slice, if it has the length of one.
pub(crate) fn from_slice(bytes: &[u8]) -> Option<StoreKey> {
    <&[u8; KEY_LENGTH]>::try_from(bytes).ok().map(from_bytes)
}

/// The key made of these bytes.
pub(crate) fn from_bytes(bytes: &[u8; KEY_LENGTH]) -> StoreKey {
    SecretBox::init_with_mut(|key: &mut [u8; KEY_LENGTH]| key.copy_from_slice(bytes))
}

/// A key for one purpose, from which neither `key` nor another purpose's can be told.
pub(crate) fn derive(key: &StoreKey, purpose: &str) -> StoreKey {
    // HMAC pads a key with zeros to the block of its hash: padding it here keeps this infallible.
    let mut block = Zeroizing::new([0; BLOCK_LENGTH]);
    for (padded, byte) in block.iter_mut().zip(key.expose_secret()) {
        *padded = *byte;
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
    mac.update(purpose.as_bytes());
    from_bytes(&Zeroizing::new(mac.finalize().into_bytes().into()))
}
