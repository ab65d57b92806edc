//! Whether guests may be invited to a room: the state event of the State's service.

use matrix_sdk::{
    Room, RoomState,
    ruma::{
        events::{AnyInitialStateEvent, room::power_levels::RoomPowerLevels},
        serde::Raw,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Kind, RoomError, facts};
use crate::{account::Account, guest::Guests, room_state::Learnt};

/// The state event: `{"rule": "restricted" | "unrestricted" | "direct"}`. A room without one is a
/// private room.
pub(crate) const ACCESS_RULES: &str = "im.vector.room.access_rules";

/// Whom a room admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AccessRule {
    /// No guests.
    Restricted,
    /// Guests too, and for good.
    Unrestricted,
    /// Of two people; the server sets it.
    Direct,
}

/// The rule that an event of state sets; `None` for one that Pli does not know.
pub(crate) fn access_rule_in<T>(event: &Raw<T>) -> Option<AccessRule> {
    #[derive(Deserialize)]
    struct Content {
        rule: AccessRule,
    }
    let content: Content = event.get_field("content").ok()??;
    Some(content.rule)
}

/// The first state of a room. Without `encrypted`, the server does not encrypt it by itself.
pub(super) fn access_event(rule: AccessRule, encrypted: bool) -> Option<Raw<AnyInitialStateEvent>> {
    let mut content = json!({ "rule": rule });
    if !encrypted && let Some(content) = content.as_object_mut() {
        content.insert("force_unencrypted_at_creation".to_owned(), true.into());
    }
    let event = json!({ "type": ACCESS_RULES, "state_key": "", "content": content });
    Raw::new(&event).ok().map(Raw::cast_unchecked)
}

/// Whether the user may open a room of this kind to guests: a private one, that is not yet.
pub(super) fn may_open(room: &Room, kind: Kind, levels: &RoomPowerLevels, guests: &Guests) -> bool {
    let own = room.own_user_id();
    room.state() == RoomState::Joined
        && matches!(kind, Kind::Private | Kind::Unencrypted)
        && levels.user_can_send_state(own, ACCESS_RULES.into())
        && !guests.has(own)
}

impl Account {
    /// Lets guests be invited to a private room, for good.
    ///
    /// # Errors
    ///
    /// When the room is unknown or no private room, the user may not, or the server refuses.
    pub async fn room_open_to_guests(&self, room_id: &str) -> Result<(), RoomError> {
        let room = self.room(room_id)?;
        let kind = facts::kind(&room, self.room_states()).await;
        let levels = room.power_levels_or_default().await;
        if !may_open(&room, kind, &levels, &self.guests()) {
            return Err(RoomError::NotAllowed);
        }
        let rule = AccessRule::Unrestricted;
        room.send_state_event_raw(ACCESS_RULES, "", json!({ "rule": rule }))
            .await?;
        let learnt = Learnt {
            access: Some(Some(rule)),
            ..Learnt::default()
        };
        self.room_states().learn(room.room_id(), &learnt).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::events::AnySyncStateEvent;

    use super::*;

    #[test]
    fn a_rule_is_read_as_the_service_writes_it() {
        for (content, rule) in [
            (
                json!({ "rule": "restricted" }),
                Some(AccessRule::Restricted),
            ),
            (
                json!({ "rule": "unrestricted", "visibility": "private" }),
                Some(AccessRule::Unrestricted),
            ),
            (json!({ "rule": "direct" }), Some(AccessRule::Direct)),
            (json!({ "rule": "odd" }), None),
            (json!({ "rule": 1 }), None),
            (json!({}), None),
        ] {
            let event = json!({ "type": ACCESS_RULES, "state_key": "", "content": content });
            let event: Raw<AnySyncStateEvent> = Raw::new(&event).unwrap().cast_unchecked();
            assert_eq!(access_rule_in(&event), rule, "{content}");
        }
    }

    #[test]
    fn a_new_room_says_whether_it_is_to_be_encrypted() {
        let content = |encrypted| {
            let event = access_event(AccessRule::Restricted, encrypted).unwrap();
            event
                .get_field::<serde_json::Value>("content")
                .unwrap()
                .unwrap()
        };
        assert_eq!(content(true), json!({ "rule": "restricted" }));
        assert_eq!(
            content(false),
            json!({ "rule": "restricted", "force_unencrypted_at_creation": true })
        );
    }
}
