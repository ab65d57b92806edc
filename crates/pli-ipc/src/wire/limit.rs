//! How long what the page says may be. What is longer is refused before a command sees it.
//!
//! These are the outer limits: commands refuse earlier, each by what it is about and with a code
//! that the page has a sentence for.

use serde::{Deserialize, Deserializer, de::Error};

/// Bytes of an id: those of Matrix have 255, those of our own fewer.
pub(crate) const ID: usize = 1_024;

/// Bytes of a name, a reason, an address, a secret.
pub(crate) const LINE: usize = 16_384;

/// Bytes of what is written to a room.
pub(crate) const TEXT: usize = 1_048_576;

/// Ids in a list.
pub(crate) const LIST: usize = 1_000;

fn capped<'de, D: Deserializer<'de>>(from: D, most: usize) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    fits(&text, most).map(|()| text)
}

fn capped_option<'de, D>(from: D, most: usize) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    let text = Option::<String>::deserialize(from)?;
    text.as_deref()
        .map_or(Ok(()), |text| fits(text, most))
        .map(|()| text)
}

fn fits<E: Error>(text: &str, most: usize) -> Result<(), E> {
    if text.len() > most {
        return Err(E::custom("too long"));
    }
    Ok(())
}

pub(super) fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    capped(from, ID)
}

pub(super) fn line<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    capped(from, LINE)
}

pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    capped(from, TEXT)
}

pub(super) fn some_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    capped_option(from, ID)
}

pub(super) fn some_line<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    capped_option(from, LINE)
}

pub(super) fn some_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    capped_option(from, TEXT)
}

pub(super) fn ids<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let ids = Vec::<String>::deserialize(from)?;
    if ids.len() > LIST {
        return Err(D::Error::custom("too many"));
    }
    ids.iter().try_for_each(|id| fits(id, ID)).map(|()| ids)
}
