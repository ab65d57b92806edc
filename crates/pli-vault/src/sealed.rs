//! Small secrets in a file: XChaCha20-Poly1305 under a key, bound to what they are.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key::{NoRandomness, StoreKey};

const NONCE_LENGTH: usize = 24;

/// A secret that only its key opens.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sealed {
    nonce: [u8; NONCE_LENGTH],
    text: Vec<u8>,
}

/// Seals `secret`; `what` must be given again to open it.
pub(crate) fn seal(key: &StoreKey, what: &str, secret: &[u8]) -> Result<Sealed, NoRandomness> {
    let mut nonce = [0; NONCE_LENGTH];
    getrandom::fill(&mut nonce).map_err(|_| NoRandomness)?;
    let payload = Payload {
        msg: secret,
        aad: what.as_bytes(),
    };
    let text = XChaCha20Poly1305::new(key.expose_secret().into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        // Only a text of 256 GiB can fail.
        .map_err(|_| NoRandomness)?;
    Ok(Sealed { nonce, text })
}

/// Opens `sealed`; `None` if the key, `what` or a bit of it is not the one that sealed it.
pub(crate) fn open(key: &StoreKey, what: &str, sealed: &Sealed) -> Option<Zeroizing<Vec<u8>>> {
    let payload = Payload {
        msg: &sealed.text,
        aad: what.as_bytes(),
    };
    XChaCha20Poly1305::new(key.expose_secret().into())
        .decrypt(XNonce::from_slice(&sealed.nonce), payload)
        .ok()
        .map(Zeroizing::new)
}
