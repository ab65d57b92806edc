//! The kinds of records of the state store, and in which database they lie.

use std::collections::BTreeMap;

use growable_bloom_filter::GrowableBloom;
use matrix_sdk_base::{
    MinimalRoomMemberEvent, RoomInfo,
    ruma::{
        OwnedEventId, OwnedUserId,
        events::{
            AnyGlobalAccountDataEvent, AnyRoomAccountDataEvent, AnyStrippedStateEvent,
            AnySyncStateEvent, presence::PresenceEvent, receipt::Receipt,
            room::member::MembershipState,
        },
        serde::Raw,
    },
    store::{ComposerDraft, DependentQueuedRequest},
};
use serde_bytes::ByteBuf;

use super::{life::Life, send_queue::Request, threads::Subscription};
use crate::key::Table;

/// Domains of what is kept twice: what waits to be sent, and drafts.
pub(crate) const KEPT: &[u8] = &[
    own::<()>().domain(),
    SEND_QUEUE.domain(),
    DEPENDENT.domain(),
    DRAFTS.domain(),
    LIVES.domain(),
];

// In `history`: what the server gives again.

/// One value of each kind, by name and what it is of: the sync token, filters, what the server
/// can do…
pub(super) const fn known<V>() -> Table<V> {
    Table::json(0x10, 1)
}

/// Room. JSON, as the contents of some state events read themselves from nothing else.
pub(super) const ROOM_INFOS: Table<RoomInfo> = Table::json(0x11, 1);
/// Room, event type, state key.
pub(super) const STATE: Table<Raw<AnySyncStateEvent>> = Table::json(0x12, 1);
/// Room, event id, to the key in [`STATE`]: a redaction names only the event.
pub(super) const STATE_BY_EVENT: Table<ByteBuf> = Table::compact(0x13, 1);
/// Room, event type, state key: of rooms one was invited to.
pub(super) const STRIPPED_STATE: Table<Raw<AnyStrippedStateEvent>> = Table::json(0x14, 1);
/// Room, user.
pub(super) const MEMBERS: Table<Member> = Table::compact(0x15, 1);
/// Room, user: of rooms one was invited to.
pub(super) const STRIPPED_MEMBERS: Table<Member> = Table::compact(0x16, 1);
/// Room, user.
pub(super) const PROFILES: Table<MinimalRoomMemberEvent> = Table::json(0x17, 1);
/// Room, display name, to those who use it.
pub(super) const DISPLAY_NAMES: Table<Vec<OwnedUserId>> = Table::compact(0x18, 1);
/// Event type.
pub(super) const ACCOUNT_DATA: Table<Raw<AnyGlobalAccountDataEvent>> = Table::json(0x19, 1);
/// Room, event type.
pub(super) const ROOM_ACCOUNT_DATA: Table<Raw<AnyRoomAccountDataEvent>> = Table::json(0x1a, 1);
/// User.
pub(super) const PRESENCE: Table<Raw<PresenceEvent>> = Table::json(0x1b, 1);
/// Room, receipt type and thread, user.
pub(super) const RECEIPTS: Table<(OwnedEventId, Receipt)> = Table::named(0x1c, 1);
/// Room, receipt type and thread, event id, user: the same receipts.
pub(super) const RECEIPTS_BY_EVENT: Table<(OwnedUserId, Receipt)> = Table::named(0x1d, 1);
/// Room, thread root.
pub(super) const SUBSCRIPTIONS: Table<Subscription> = Table::compact(0x1e, 1);
/// The SDK's own values, by name.
pub(super) const CUSTOM: Table<ByteBuf> = Table::compact(0x1f, 1);
/// Which undecryptable events were already counted. A filter of some 300 kB.
pub(super) const UNDECRYPTABLE: Table<GrowableBloom> = Table::named(0x20, 1);

/// A person who is, was or may be in a room.
pub(super) type Member = (OwnedUserId, MembershipState);

// In `keys`: what nobody can give back.

/// One value of each kind that only this device knows, by name and what it is of.
pub(super) const fn own<V>() -> Table<V> {
    Table::json(0x30, 1)
}

/// Room, number of the request in its room.
pub(super) const SEND_QUEUE: Table<Request> = Table::json(0x31, 1);
/// Room, number of the request in its room: what waits for another request.
pub(super) const DEPENDENT: Table<DependentQueuedRequest> = Table::json(0x32, 1);
/// Room, thread root or none.
pub(super) const DRAFTS: Table<ComposerDraft> = Table::named(0x33, 1);
/// Room: the requests to join that were seen.
pub(super) const SEEN_KNOCKS: Table<BTreeMap<OwnedEventId, OwnedUserId>> = Table::compact(0x34, 1);
// 0x35 is of expiries: see crate::stores::expiry.
/// Room, transaction: when a file that waits to be sent ends.
pub(super) const LIVES: Table<Life> = Table::compact(0x36, 1);
// 0x37 is of redactions: see crate::stores::retention.

/// What reads each kind of value.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) const KINDS: &[crate::fuzz::Kind] = crate::fuzz::kinds![
    ROOM_INFOS,
    STATE,
    STRIPPED_STATE,
    MEMBERS,
    PROFILES,
    DISPLAY_NAMES,
    ACCOUNT_DATA,
    ROOM_ACCOUNT_DATA,
    PRESENCE,
    RECEIPTS,
    RECEIPTS_BY_EVENT,
    SUBSCRIPTIONS,
    UNDECRYPTABLE,
    SEND_QUEUE,
    DEPENDENT,
    DRAFTS,
    SEEN_KNOCKS,
    LIVES,
];
