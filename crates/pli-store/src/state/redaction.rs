//! Redaction of stored state.

use matrix_sdk_base::{
    ROOM_VERSION_RULES_FALLBACK,
    ruma::{
        EventId, RoomId,
        canonical_json::{CanonicalJsonObject, RedactedBecause, redact},
        events::{AnySyncStateEvent, room::redaction::SyncRoomRedactionEvent},
        room_version_rules::RedactionRules,
        serde::Raw,
    },
};
use serde_json::{Map, Value};

use super::{
    PliStateStore,
    tables::{ROOM_INFOS, STATE, STATE_BY_EVENT},
};
use crate::{batch::Batch, error::StoreError};

impl PliStateStore {
    /// Rewrites the state event that a redaction names, if it is the current one of its place.
    pub(super) fn redact(
        &self,
        batch: &mut Batch,
        room: &RoomId,
        event: &EventId,
        redaction: &Raw<SyncRoomRedactionEvent>,
    ) -> Result<(), StoreError> {
        let by_event = self.history.at(STATE_BY_EVENT).id(room).id(event);
        let Some(key) = batch.get(&by_event)? else {
            return Ok(());
        };
        let place = self.history.at_key(STATE, key.into_vec());
        let Some(stored) = batch.get(&place)? else {
            return Ok(());
        };
        let rules = self.redaction_rules(batch, room)?;
        batch.note_erasure()?;
        batch.put(&place, &redacted(&stored, &rules, redaction)?)
    }

    /// Those of the room as it will be after the batch.
    fn redaction_rules(&self, batch: &Batch, room: &RoomId) -> Result<RedactionRules, StoreError> {
        let info = batch.get(&self.history.at(ROOM_INFOS).id(room))?;
        let rules = info.map_or(ROOM_VERSION_RULES_FALLBACK, |info| {
            info.room_version_rules_or_default()
        });
        Ok(rules.redaction)
    }
}

/// What is left of an event. A person in the room writes both events: whatever they hold must
/// neither keep the rest of the sync from being stored, nor the content from going away.
fn redacted(
    event: &Raw<AnySyncStateEvent>,
    rules: &RedactionRules,
    redaction: &Raw<SyncRoomRedactionEvent>,
) -> Result<Raw<AnySyncStateEvent>, StoreError> {
    let because = RedactedBecause::from_raw_event(redaction).ok();
    let canonical = event.deserialize_as::<CanonicalJsonObject>().ok();
    if let Some(redacted) = canonical.and_then(|event| redact(event, rules, because).ok()) {
        return Ok(Raw::new(&redacted)?.cast_unchecked());
    }
    tracing::warn!("a redacted event is not canonical: nothing of its content is kept");
    let mut event = event.deserialize_as_unchecked::<Map<String, Value>>()?;
    event.insert("content".to_owned(), Value::Object(Map::new()));
    event.remove("unsigned");
    Ok(Raw::new(&event)?.cast_unchecked())
}

#[cfg(test)]
mod tests;
