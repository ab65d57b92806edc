//! The kinds of records of the crypto store, all in the database `keys`.

use matrix_sdk_crypto::{
    DeviceData, GossipRequest, TrackedUser, UserIdentityData,
    olm::{PickledInboundGroupSession, PickledOutboundGroupSession, PickledSession},
    store::types::{
        RoomKeyWithheldEntry, RoomPendingKeyBundleDetails, RoomSettings, StoredRoomKeyBundleData,
    },
};
use serde_bytes::ByteBuf;

use crate::key::Table;

/// Domains of what no server can give back, and of a device nobody else: they are kept twice. Of
/// [`INBOUND`] and [`DEVICES`] a part is, see [`super::kept`].
pub(crate) const KEPT: &[u8] = &[
    single::<()>().domain(),
    OLM_SESSIONS.domain(),
    INBOUND_TO_BACK_UP.domain(),
    SECRETS.domain(),
];

/// One value of each kind, by name: the account, the cross-signing keys, the backup's key…
pub(super) const fn single<V>() -> Table<V> {
    Table::named(0x40, 1)
}

pub(super) const ACCOUNT: &str = "account";
pub(super) const IDENTITY: &str = "identity";
pub(super) const NEXT_BATCH: &str = "next_batch";
pub(super) const BACKUP_KEY: &str = "backup_decryption_key";
pub(super) const BACKUP_VERSION: &str = "backup_version";
pub(super) const DEHYDRATED_DEVICE_KEY: &str = "dehydrated_device_key";

/// Sender key, session id.
pub(super) const OLM_SESSIONS: Table<PickledSession> = Table::named(0x41, 1);
/// Room, session id.
pub(super) const INBOUND: Table<PickledInboundGroupSession> = Table::named(0x42, 1);
/// Sender key, type of sender data, session id, to the key in [`INBOUND`]: one for each session.
pub(super) const INBOUND_BY_DEVICE: Table<ByteBuf> = Table::compact(0x43, 1);
/// Key in [`INBOUND`], to the same: the sessions that no backup holds. This, not the flag in the
/// pickle, tells whether a session is backed up.
pub(super) const INBOUND_TO_BACK_UP: Table<ByteBuf> = Table::compact(0x44, 1);
/// Room.
pub(super) const OUTBOUND: Table<PickledOutboundGroupSession> = Table::json(0x45, 1);
/// User.
pub(super) const TRACKED_USERS: Table<TrackedUser> = Table::named(0x46, 1);
/// User, device.
pub(super) const DEVICES: Table<DeviceData> = Table::named(0x47, 1);
/// User.
pub(super) const IDENTITIES: Table<UserIdentityData> = Table::named(0x48, 1);
/// Sender key, hash.
pub(super) const MESSAGE_HASHES: Table<()> = Table::compact(0x49, 1);
/// Request.
pub(super) const REQUESTS: Table<GossipRequest> = Table::named(0x4a, 1);
/// Secret's name, secret.
pub(super) const SECRETS: Table<String> = Table::compact(0x4b, 1);
/// Room, session id.
pub(super) const WITHHELD: Table<RoomKeyWithheldEntry> = Table::json(0x4c, 1);
/// Room.
pub(super) const ROOM_SETTINGS: Table<RoomSettings> = Table::named(0x4d, 1);
/// Room, sender.
pub(super) const BUNDLES: Table<StoredRoomKeyBundleData> = Table::json(0x4e, 1);
/// Room.
pub(super) const PENDING_BUNDLES: Table<RoomPendingKeyBundleDetails> = Table::named(0x4f, 1);
/// Room: those whose keys were all fetched from the backup.
pub(super) const DOWNLOADED: Table<()> = Table::compact(0x50, 1);
/// The SDK's own values, by name.
pub(super) const CUSTOM: Table<ByteBuf> = Table::compact(0x51, 1);
/// Positions in the server's stream, apart from the other values because they say what the
/// database `history` already holds.
pub(super) const SYNC_POSITIONS: Table<ByteBuf> = Table::compact(0x52, 1);

/// What reads each kind of value.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) const KINDS: &[crate::fuzz::Kind] = crate::fuzz::kinds![
    single::<matrix_sdk_crypto::olm::PickledAccount>(),
    single::<matrix_sdk_crypto::olm::PickledCrossSigningIdentity>(),
    OLM_SESSIONS,
    INBOUND,
    INBOUND_BY_DEVICE,
    OUTBOUND,
    TRACKED_USERS,
    DEVICES,
    IDENTITIES,
    REQUESTS,
    SECRETS,
    WITHHELD,
    ROOM_SETTINGS,
    BUNDLES,
    PENDING_BUNDLES,
];
