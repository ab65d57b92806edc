//! What is done with bytes of strangers, and what must hold then.
//!
//! Each function takes its bytes through the code that would meet them, and asserts. The fuzz
//! targets (`fuzz/`) call them without end; the suite (`tests/fuzz`) calls them with a corpus and
//! mutations of it. None asserts trust: vodozemac checks nothing when it is built for fuzzing.

mod html;
mod scene;
mod server;

use std::{
    collections::BTreeMap,
    path::{Component, Path},
};

use matrix_sdk::ruma::{MxcUri, events::room::MediaSource};
use unicode_normalization::is_nfc;

pub use self::{html::html, scene::Scene};
use crate::{
    file_name,
    link::{LinkTarget, Links},
    media::Media,
    mxc,
};

/// What changes the order of the characters around it.
const BIDI: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// A name of a file: what is written is what is shown, and stays in its directory.
pub fn file_name(bytes: &[u8]) {
    let name = file_name::sanitise(&String::from_utf8_lossy(bytes));
    assert!(!name.is_empty() && name.len() <= 255, "{name:?}");
    assert!(
        !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']),
        "{name:?} has a separator"
    );
    assert!(
        !name.contains(|c: char| c.is_control() || BIDI.contains(&c)),
        "{name:?} has what is not seen"
    );
    assert!(!name.starts_with(['.', ' ']), "{name:?} begins hidden");
    assert!(!name.ends_with(['.', ' ']), "{name:?} ends in nothing");
    assert!(is_nfc(&name), "{name:?} has another spelling");
    let mut parts = Path::new(&name).components();
    let is_one = matches!(parts.next(), Some(Component::Normal(part)) if part == name.as_str());
    assert!(is_one && parts.next().is_none(), "{name:?} is no name");
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_ascii_lowercase();
    assert!(
        !["con", "prn", "aux", "nul", "com1", "lpt9"].contains(&stem.as_str()),
        "{name:?} is a device"
    );
    assert_eq!(file_name::sanitise(&name), name, "it is safe already");
}

/// A link: only what may be opened, and its host is told.
pub fn link(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(target) = LinkTarget::parse(&text) else {
        return;
    };
    let host = target.host();
    assert!(
        host.chars().all(|c| c.is_ascii_graphic()),
        "{host:?} is not what it looks like"
    );
    let again = match &target {
        LinkTarget::Web(url) => {
            assert!(
                ["https", "http", "mailto"].contains(&url.scheme()),
                "{url} must not be opened"
            );
            assert!(!host.is_empty(), "{url} leads nobody knows where");
            url.to_string()
        }
        LinkTarget::User(user) => user.matrix_to_uri().to_string(),
        LinkTarget::Room(..) => String::new(),
    };
    if !again.is_empty() && again.len() <= text.len() {
        assert_eq!(
            LinkTarget::parse(&again).as_ref(),
            Some(&target),
            "{text:?} leads elsewhere when it is read again"
        );
    }
    let links = Links::default();
    let id = links.id(&target);
    assert!(id.bytes().all(|b| b.is_ascii_hexdigit()), "{id} tells");
    assert_eq!(links.get(&id), Some(target), "the id leads elsewhere");
}

/// An address of a medium: what passes is never one on which the library panics.
pub fn mxc(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let uri: &MxcUri = (&*text).into();
    let (media, source) = (Media::default(), MediaSource::Plain(uri.to_owned()));
    let ids = [
        media.id(&source, "x.png"),
        media.thumbnail_id(&source, None),
        media.avatar_id(uri),
    ];
    if !mxc::is_safe(uri) {
        assert!(ids.iter().all(Option::is_none), "{text:?} has an id");
        return;
    }
    assert!(ids.iter().all(Option::is_some), "{text:?} has no id");
    let parts = uri.parts();
    assert!(parts.is_ok(), "{text:?} has no parts");
    if let Ok((server, id)) = parts {
        assert!(server.as_str().len() < 250, "{text:?}");
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(!id.is_empty() && id.chars().all(plain), "{text:?}");
        assert_eq!(format!("mxc://{server}/{id}"), text, "it is another's");
    }
}

/// The answer to a sync: whatever it is, the next one is taken, and the interface answers.
pub fn sync(bytes: &[u8]) {
    if counts_too_much(bytes) {
        return;
    }
    Scene::play(async |scene| {
        // It may be refused.
        let _ = scene.sync_rooms(bytes).await;
        let _ = scene.sync_encryption(bytes).await;
        goes_on(scene).await;
    });
}

/// The SDK panics, in a task of its own, where a server counts more rooms than 32 bits can tell
/// (matrix-sdk 0.18). To Pli that is a sync that failed: see the test below.
fn counts_too_much(bytes: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Answer {
        lists: BTreeMap<String, List>,
    }
    #[derive(serde::Deserialize)]
    struct List {
        count: f64,
    }
    serde_json::from_slice::<Answer>(bytes).is_ok_and(|answer| {
        let mut lists = answer.lists.values();
        lists.any(|list| list.count > f64::from(u32::MAX))
    })
}

async fn goes_on(scene: &mut Scene) {
    let room = scene.new_room();
    let sane = serde_json::json!({
        "pos": "sane",
        "rooms": { &room: { "initial": true, "name": "Salon", "timeline": [] } },
    });
    let sane = sane.to_string();
    assert_eq!(scene.sync_encryption(sane.as_bytes()).await, Ok(()));
    assert_eq!(scene.sync_rooms(sane.as_bytes()).await, Ok(()));
    assert!(scene.lists(&room).await, "other rooms do not go on");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sync_goes_on_after_a_count_that_the_sdk_cannot_hold() {
        let answer = br#"{"pos":"1","lists":{"all_rooms":{"count":4294967296}},"rooms":{}}"#;
        assert!(counts_too_much(answer));
        Scene::play(async |scene| {
            let refused = scene.sync_rooms(answer).await;
            assert!(refused.is_err(), "it is held now: try it like all others");
            goes_on(scene).await;
        });
    }
}
