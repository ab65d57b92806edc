//! How a value is sealed, and how an identifier is hidden in a key.

use chacha20poly1305::{
    AeadCore, AeadInPlace, KeyInit, XChaCha20Poly1305, XNonce,
    aead::generic_array::typenum::Unsigned,
};
use secrecy::{ExposeSecret, SecretBox};
use zeroize::Zeroizing;

use crate::error::StoreError;

/// The 32 random bytes that open a store. Zeroised when dropped, never printed.
pub type StoreKey = SecretBox<[u8; 32]>;

/// The shape of a sealed value: this byte, the nonce, the ciphertext, the tag.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// How many bytes of its keyed hash stand for an identifier in a key.
pub(crate) const HASH: usize = 16;

/// The two secrets of one database, both derived from the store's key and the database's name, so
/// that a record of one database means nothing in the other.
#[derive(Clone)]
pub(crate) struct Cipher {
    values: XChaCha20Poly1305,
    identifiers: Zeroizing<[u8; 32]>,
}

impl Cipher {
    pub(crate) fn new(key: &StoreKey, database: &str) -> Self {
        let derive = |purpose: &str| {
            let context = format!("Pli 2026 store {database} {purpose}");
            Zeroizing::new(blake3::derive_key(&context, key.expose_secret()))
        };
        Self {
            values: XChaCha20Poly1305::new((&*derive("values")).into()),
            identifiers: derive("identifiers"),
        }
    }

    /// Seals a value to its place: it opens under no other key of the database.
    pub(crate) fn seal(&self, place: &[u8], value: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| StoreError::NoRandomness)?;
        let tag_size = <XChaCha20Poly1305 as AeadCore>::TagSize::USIZE;
        let mut sealed = Vec::with_capacity(1 + NONCE + value.len() + tag_size);
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(value);
        let (_, body) = sealed.split_at_mut(1 + NONCE);
        let tag = self
            .values
            .encrypt_in_place_detached(XNonce::from_slice(&nonce), place, body)
            .map_err(|_| StoreError::Shape)?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens a value sealed to this place with this key.
    pub(crate) fn open(
        &self,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let (version, rest) = sealed.split_first().ok_or(StoreError::Damaged)?;
        if *version != VERSION {
            return Err(StoreError::Damaged);
        }
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(StoreError::Damaged)?;
        let mut value = Zeroizing::new(body.to_vec());
        self.values
            .decrypt_in_place(XNonce::from_slice(nonce), place, &mut *value)
            .map_err(|_| StoreError::Damaged)?;
        Ok(value)
    }

    /// What a value may hold that is sealed at the beginning of these bytes, whatever its place and
    /// however long it is.
    #[cfg(test)]
    pub(crate) fn read_unproven(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_first()?;
        let (nonce, body) = rest.split_at_checked(NONCE)?;
        if *version != VERSION {
            return None;
        }
        // What encrypts zeros decrypts all else.
        let mut stream = vec![0; body.len()];
        self.values
            .encrypt_in_place_detached(XNonce::from_slice(nonce), b"", &mut stream)
            .ok()?;
        Some(
            stream
                .iter()
                .zip(body)
                .map(|(one, other)| one ^ other)
                .collect(),
        )
    }

    /// What stands for an identifier in the keys of a domain. The domain is hashed in, so that
    /// one room has unrelated hashes in two domains.
    pub(crate) fn hide(&self, domain: u8, identifier: &[u8]) -> [u8; HASH] {
        let mut hidden = [0; HASH];
        blake3::Hasher::new_keyed(&self.identifiers)
            .update(&[domain])
            .update(identifier)
            .finalize_xof()
            .fill(&mut hidden);
        hidden
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cipher(byte: u8, database: &str) -> Cipher {
        Cipher::new(&StoreKey::new(Box::new([byte; 32])), database)
    }

    #[test]
    fn a_value_opens_only_in_its_place_with_its_key_in_its_database() {
        let sealed = cipher(1, "keys").seal(b"place", b"value").unwrap();

        assert_eq!(
            cipher(1, "keys")
                .open(b"place", &sealed)
                .unwrap()
                .as_slice(),
            b"value"
        );
        assert!(
            cipher(1, "keys").open(b"elsewhere", &sealed).is_err(),
            "records must not be swapped"
        );
        assert!(
            cipher(2, "keys").open(b"place", &sealed).is_err(),
            "another key must not open it"
        );
        assert!(
            cipher(1, "history").open(b"place", &sealed).is_err(),
            "databases are apart"
        );
        assert_eq!(
            sealed.len(),
            b"value".len() + 41,
            "the cipher costs 41 bytes"
        );
    }

    #[test]
    fn one_changed_bit_anywhere_is_noticed() {
        let sealed = cipher(1, "keys").seal(b"place", b"value").unwrap();
        for byte in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[byte] ^= 0x40;
            assert!(
                cipher(1, "keys").open(b"place", &changed).is_err(),
                "byte {byte}"
            );
        }
    }

    #[test]
    fn hidden_identifiers_depend_on_key_and_domain() {
        let hidden = cipher(1, "keys").hide(7, b"!room:example.org");
        assert_eq!(hidden, cipher(1, "keys").hide(7, b"!room:example.org"));
        assert_ne!(hidden, cipher(1, "keys").hide(8, b"!room:example.org"));
        assert_ne!(hidden, cipher(2, "keys").hide(7, b"!room:example.org"));
    }
}
