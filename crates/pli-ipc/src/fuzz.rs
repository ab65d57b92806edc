//! What is done with bytes of strangers on their way to the page, and of the page on their way
//! back: see [`pli_core::fuzz`].

use std::{
    collections::BTreeSet,
    fmt::Debug,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use futures_util::StreamExt as _;
use pli_core::fuzz::Scene;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json, value::RawValue};

use crate::{
    room_list::room_list_updates,
    timeline::timeline_updates,
    wire::{
        limit::{ID, LIST, TEXT},
        *,
    },
};

/// Deepest tree of nodes: the text's own, and what holds it.
const MAX_DEPTH: usize = 120;

/// Lines of JSON, each an event of a room: whatever they are, their neighbours are drawn, and
/// what is drawn of them is what the page expects.
pub fn timeline(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let events: Vec<Box<RawValue>> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    // Unknown to whoever wrote the events, and the same when it is tried again.
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let mark = hasher.finish();
    Scene::play(async |scene| {
        let room = scene.new_room();
        let said = answer(&room, mark, &events);
        // The SDK refuses an answer with an event whose type is none, but only once it has told
        // of what else is in it (matrix-sdk 0.18).
        let _ = scene.sync_rooms(said.as_bytes()).await;
        let watched = scene.account().timeline_subscribe(&room, None).await;
        assert!(watched.is_ok(), "there is no timeline");
        let Ok(watched) = watched else { return };
        let mut updates = timeline_updates(scene.account(), watched);
        let mut missing = BTreeSet::from([words(mark, "before"), words(mark, "after")]);
        while !missing.is_empty() {
            let update = updates.next().await;
            assert!(update.is_some(), "the timeline ended");
            let Some(update) = update else { return };
            crosses(&update);
            if let TimelineUpdate::Diffs { diffs } = update {
                diffs.iter().flat_map(values).for_each(|item| {
                    missing.remove(&look_at(item));
                });
            }
        }
        let listed = scene.account().room_list().await;
        assert!(listed.is_ok(), "there is no room list");
        let Ok(listed) = listed else { return };
        let mut listed = room_list_updates(scene.account(), listed);
        assert!(
            listed.next().await.is_some_and(|told| crosses(&told)),
            "the room list does not answer"
        );
    });
}

fn words(mark: u64, place: &str) -> String {
    format!("{place} {mark:x}")
}

/// A sync that brings a room with these events, between two that are sane.
fn answer(room: &str, mark: u64, events: &[Box<RawValue>]) -> String {
    let neighbour = |place: &str| {
        json!({
            "type": "m.room.message", "event_id": format!("${place}{mark:x}"),
            "sender": "@voisine:example.org", "origin_server_ts": 1_790_000_000_000_u64,
            "content": { "msgtype": "m.text", "body": words(mark, place) },
        })
        .to_string()
    };
    let between = events.iter().map(|event| event.get().to_owned());
    let all: Vec<String> = [neighbour("before")]
        .into_iter()
        .chain(between)
        .chain([neighbour("after")])
        .collect();
    format!(
        r#"{{"pos":"p","rooms":{{"{room}":{{"initial":true,"timeline":[{}]}}}}}}"#,
        all.join(",")
    )
}

fn values(diff: &ListDiff<TimelineItem>) -> &[TimelineItem] {
    match diff {
        ListDiff::Reset { values } | ListDiff::Append { values } => values,
        ListDiff::PushFront { value }
        | ListDiff::PushBack { value }
        | ListDiff::Insert { value, .. }
        | ListDiff::Set { value, .. } => std::slice::from_ref(value),
        _ => &[],
    }
}

/// Asserts of what is drawn of an event what must hold; its text, if it is a plain one.
fn look_at(item: &TimelineItem) -> String {
    let TimelineItemContent::Event { event } = &item.content else {
        return String::new();
    };
    if let EventBody::Location { geo_uri, .. } = &event.body {
        assert!(geo_uri.is_empty() || geo_uri.starts_with("geo:"));
    }
    if let EventBody::Image { media, .. }
    | EventBody::Video { media, .. }
    | EventBody::Audio { media, .. }
    | EventBody::File { media, .. }
    | EventBody::Sticker { media } = &event.body
    {
        let ids = [Some(&media.id), media.thumbnail.as_ref()];
        for id in ids.into_iter().flatten() {
            assert!(id.bytes().all(|b| b.is_ascii_hexdigit()), "{id} tells");
        }
        pli_core::fuzz::file_name(media.name.as_bytes());
    }
    match &event.body {
        EventBody::Text { nodes, .. } => match nodes.as_slice() {
            [MessageNode::Text { text }] => text.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Whether the page is told what was meant: it reads what was written, and no deeper than it can.
fn crosses<T: Serialize + DeserializeOwned + PartialEq + Debug>(told: &T) -> bool {
    let written = serde_json::to_value(told);
    assert!(written.is_ok(), "it cannot be written");
    let Ok(written) = written else { return false };
    assert!(depth(&written) <= MAX_DEPTH, "{} levels", depth(&written));
    let read = serde_json::from_value::<T>(written).ok();
    assert_eq!(read.as_ref(), Some(told), "it is read as something else");
    true
}

fn depth(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(fields) => fields.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

macro_rules! arguments {
    ($($kind:ident),* $(,)?) => {
        /// Every type of a command's argument, and what reads it.
        const ARGUMENTS: &[(&str, fn(&Value))] = &[$((stringify!($kind), read::<$kind>)),*];
    };
}

arguments!(
    AccountDiscover,
    AccountSignIn,
    AttachmentDiscard,
    AttachmentSend,
    BrowserSignIn,
    DeviceRename,
    DeviceSignOut,
    DraftSave,
    EchoRef,
    EventRedact,
    EventRef,
    EventReport,
    LinkOpen,
    MediaSave,
    PersonRef,
    ReactionToggle,
    RecoveryConfirm,
    RecoveryEnter,
    RecoveryReset,
    RoomCreate,
    RoomCreateDirect,
    RoomFlag,
    RoomKeysPassphrase,
    RoomMember,
    RoomMemberRole,
    RoomNotificationMode,
    RoomRef,
    RoomText,
    RoomTimer,
    Settings,
    SubscriptionClose,
    TimelineEdit,
    TimelinePaginate,
    TimelineSend,
    TimelineSubscribe,
    UserIgnore,
    UserSearch,
    VaultUnlock,
    VerificationRef,
    VerificationRequest,
    WindowSetRoom,
);

/// JSON, as the argument of every command: what is taken has bounds, and nothing that nobody
/// knows.
pub fn arguments(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    for (_, read) in ARGUMENTS {
        read(&value);
    }
}

fn read<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &Value) {
    let Ok(taken) = serde_json::from_value::<T>(value.clone()) else {
        return;
    };
    let Ok(written) = serde_json::to_value(&taken) else {
        return assert!(value.is_null(), "it cannot be written");
    };
    is_bounded("", &written);
    let again = serde_json::from_value::<T>(written.clone()).ok();
    assert!(again.as_ref() == Some(&taken), "it is read otherwise again");
    each_object(&written, &mut |path| {
        let mut changed = written.clone();
        if let Some(Value::Object(fields)) = changed.pointer_mut(path) {
            fields.insert("zz".to_owned(), Value::Null);
        }
        assert!(
            serde_json::from_value::<T>(changed).is_err(),
            "a field that nobody knows is taken at {path:?}"
        );
    });
}

fn is_bounded(name: &str, value: &Value) {
    match value {
        Value::String(text) => {
            let is_id = name == "id" || name.ends_with("Id") || name.ends_with("Ids");
            let most = if is_id { ID } else { TEXT };
            assert!(text.len() <= most, "{name} has {} bytes", text.len());
        }
        Value::Array(items) => {
            assert!(items.len() <= LIST, "{name} has {} items", items.len());
            items.iter().for_each(|item| is_bounded(name, item));
        }
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, value)| is_bounded(name, value)),
        _ => {}
    }
}

/// The place of each object in a value.
fn each_object(value: &Value, visit: &mut impl FnMut(&str)) {
    let mut waiting = vec![(String::new(), value)];
    while let Some((path, value)) = waiting.pop() {
        if let Value::Object(fields) = value {
            visit(&path);
            waiting.extend(
                fields
                    .iter()
                    .map(|(name, value)| (format!("{path}/{name}"), value)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::COMMANDS;

    #[test]
    fn every_argument_of_a_command_is_tried() {
        let tried: BTreeSet<&str> = ARGUMENTS.iter().map(|(name, _)| *name).collect();
        let taken: BTreeSet<&str> = COMMANDS.iter().filter_map(|command| command.args).collect();
        assert_eq!(tried, taken);
    }

    /// Whether JSON is taken as an argument, each of its texts grown by as many bytes.
    fn taken<T: DeserializeOwned>(json: &str, grown: usize) -> bool {
        let mut value: Value = serde_json::from_str(json).unwrap();
        grow(&mut value, grown);
        serde_json::from_value::<T>(value).is_ok()
    }

    fn grow(value: &mut Value, by: usize) {
        match value {
            Value::String(text) => text.push_str(&"x".repeat(by)),
            Value::Array(items) => items.iter_mut().for_each(|item| grow(item, by)),
            Value::Object(fields) => fields.values_mut().for_each(|value| grow(value, by)),
            _ => {}
        }
    }

    #[test]
    fn what_is_too_long_never_reaches_a_command() {
        let room = r#"{"roomId":"!r:example.org"}"#;
        assert!(taken::<RoomRef>(room, 0));
        assert!(!taken::<RoomRef>(room, ID));
        let secret = r#"{"code":"EsTc"}"#;
        assert!(taken::<RecoveryEnter>(secret, 100));
        assert!(!taken::<RecoveryEnter>(secret, TEXT));
        let ids = |count: usize| json!({ "deviceIds": vec!["D"; count], "password": "p" });
        assert!(taken::<DeviceSignOut>(&ids(LIST).to_string(), 0));
        assert!(!taken::<DeviceSignOut>(&ids(LIST + 1).to_string(), 0));
    }
}
