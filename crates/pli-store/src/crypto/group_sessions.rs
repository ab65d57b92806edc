//! Inbound group sessions, by room, by the device that made them, and those still to back up.

use std::collections::HashMap;

use matrix_sdk_base::ruma::RoomId;
use matrix_sdk_crypto::{
    olm::{InboundGroupSession, PickledInboundGroupSession, SenderDataType},
    store::types::RoomKeyCounts,
    vodozemac::Curve25519PublicKey,
};
use serde_bytes::ByteBuf;

use super::{
    PliCryptoStore,
    merge::merged,
    tables::{INBOUND, INBOUND_BY_DEVICE, INBOUND_TO_BACK_UP},
};
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    tree::{Place, Tree},
};

const SENDER_DATA_TYPES: [SenderDataType; 5] = [
    SenderDataType::UnknownDevice,
    SenderDataType::DeviceInfo,
    SenderDataType::VerificationViolation,
    SenderDataType::SenderUnverified,
    SenderDataType::SenderVerified,
];

/// Sessions that a batch will write, by their keys.
pub(super) type Written = Vec<(Vec<u8>, InboundGroupSession)>;

impl PliCryptoStore {
    /// Puts sessions into a batch; hand the answer to [`Self::commit_group_sessions`].
    pub(super) async fn put_group_sessions(
        &self,
        batch: &mut Batch,
        sessions: Vec<InboundGroupSession>,
    ) -> Result<Written, StoreError> {
        let mut written = HashMap::new();
        for session in sessions {
            let place = self
                .keys
                .at(INBOUND)
                .id(session.room_id())
                .id(session.session_id());
            let key = place.key().to_vec();
            let kept = match written.get(&key) {
                Some(session) => Some(InboundGroupSession::clone(session)),
                None => self.replaced(&place)?,
            };
            let session = match kept {
                None => session,
                Some(kept) => match merged(&kept, session).await? {
                    Some(session) => session,
                    None => continue,
                },
            };
            let pickle = session.pickle().await;
            batch.put(&place, &pickle)?;
            self.put_device(batch, &session, &key)?;
            let pending = to_back_up(&self.keys, &key);
            if pickle.backed_up {
                batch.remove(&pending);
            } else {
                batch.put(&pending, &ByteBuf::from(key.clone()))?;
                batch.keep_twice(&place);
            }
            written.insert(key, session);
        }
        Ok(written.into_iter().collect())
    }

    /// What is to be replaced; nothing if it cannot be read any more.
    fn replaced(
        &self,
        place: &Place<'_, PickledInboundGroupSession>,
    ) -> Result<Option<InboundGroupSession>, StoreError> {
        match self.group_session_at(place) {
            Err(StoreError::Damaged) => Ok(None),
            kept => kept,
        }
    }

    /// Points from the device to the session, from one type of sender data only.
    fn put_device(
        &self,
        batch: &mut Batch,
        session: &InboundGroupSession,
        key: &[u8],
    ) -> Result<(), StoreError> {
        let now = session.sender_data.to_type();
        for kind in SENDER_DATA_TYPES {
            let place = by_device(&self.keys, session.sender_key(), kind).id(session.session_id());
            if kind == now {
                batch.put(&place, &ByteBuf::from(key.to_vec()))?;
            } else if batch.get(&place)?.is_some() {
                batch.remove(&place);
            }
        }
        Ok(())
    }

    /// Commits a batch with the sessions put into it.
    pub(super) async fn commit_group_sessions(
        &self,
        batch: Batch,
        written: Written,
    ) -> Result<(), StoreError> {
        if !written.is_empty() {
            self.cache
                .forget(written.iter().map(|(key, _)| key.as_slice()));
        }
        batch.commit(Durability::Synced).await?;
        if !written.is_empty() {
            self.cache.keep_written(written);
        }
        Ok(())
    }

    pub(super) fn group_session(
        &self,
        room: &RoomId,
        session: &str,
    ) -> Result<Option<InboundGroupSession>, StoreError> {
        let place = self.keys.at(INBOUND).id(room).id(session);
        self.group_session_at(&place)
    }

    fn group_session_at(
        &self,
        place: &Place<'_, PickledInboundGroupSession>,
    ) -> Result<Option<InboundGroupSession>, StoreError> {
        let epoch = match self.cache.get(place.key()) {
            Ok(session) => return Ok(Some(session)),
            Err(epoch) => epoch,
        };
        let Some(pickle) = place.get()? else {
            return Ok(None);
        };
        let session = unpickle(&self.keys, place.key(), pickle)?;
        self.cache.keep_read(place.key(), &session, epoch);
        Ok(Some(session))
    }

    pub(super) async fn group_sessions(
        &self,
        room: Option<&RoomId>,
    ) -> Result<Vec<InboundGroupSession>, StoreError> {
        let room = room.map(ToOwned::to_owned);
        self.keys
            .aside(move |tree| {
                let mut place = tree.at(INBOUND);
                if let Some(room) = room {
                    place = place.id(room);
                }
                let mut sessions = Vec::new();
                for key in place.keys()? {
                    if let Some(pickle) = tree.at_key(INBOUND, key.clone()).get()? {
                        sessions.push(unpickle(tree, &key, pickle)?);
                    }
                }
                Ok(sessions)
            })
            .await
    }

    pub(super) fn group_sessions_of_device(
        &self,
        sender_key: Curve25519PublicKey,
        kind: SenderDataType,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<InboundGroupSession>, StoreError> {
        let place = by_device(&self.keys, sender_key, kind);
        let after = after.map(|session| place.clone().id(session));
        self.group_sessions_at(place.page(after.as_ref(), limit)?)
    }

    pub(super) fn group_sessions_to_back_up(
        &self,
        limit: usize,
    ) -> Result<Vec<InboundGroupSession>, StoreError> {
        self.group_sessions_at(self.keys.at(INBOUND_TO_BACK_UP).page(None, limit)?)
    }

    fn group_sessions_at(
        &self,
        keys: Vec<ByteBuf>,
    ) -> Result<Vec<InboundGroupSession>, StoreError> {
        let mut sessions = Vec::new();
        for key in keys {
            sessions.extend(self.group_session_at(&self.keys.at_key(INBOUND, key.into_vec()))?);
        }
        Ok(sessions)
    }

    pub(super) fn group_session_counts(&self) -> Result<RoomKeyCounts, StoreError> {
        // The index is small beside the sessions, and has one record for each.
        let total = self.keys.at(INBOUND_BY_DEVICE).count()?;
        let pending = self.keys.at(INBOUND_TO_BACK_UP).count()?;
        Ok(RoomKeyCounts {
            total,
            backed_up: total.saturating_sub(pending),
        })
    }

    pub(super) async fn mark_backed_up(
        &self,
        sessions: &[(&RoomId, &str)],
    ) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        let mut keys = Vec::new();
        for (room, session) in sessions {
            let place = self.keys.at(INBOUND).id(room).id(session);
            batch.remove(&to_back_up(&self.keys, place.key()));
            keys.push(place.key().to_vec());
        }
        self.cache.forget(keys.iter().map(Vec::as_slice));
        batch.commit(Durability::Synced).await?;
        self.cache.forget(keys.iter().map(Vec::as_slice));
        Ok(())
    }

    pub(super) async fn reset_backup(&self) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        for key in self.keys.aside(|tree| tree.at(INBOUND).keys()).await? {
            batch.put(&to_back_up(&self.keys, &key), &ByteBuf::from(key))?;
        }
        self.cache.clear();
        batch.commit(Durability::Synced).await?;
        self.cache.clear();
        // No backup holds any session now.
        self.keys.renew_second_copy().await
    }
}

fn to_back_up<'a>(tree: &'a Tree, key: &[u8]) -> Place<'a, ByteBuf> {
    tree.at(INBOUND_TO_BACK_UP).id(key)
}

fn by_device(
    tree: &Tree,
    sender_key: Curve25519PublicKey,
    kind: SenderDataType,
) -> Place<'_, ByteBuf> {
    tree.at(INBOUND_BY_DEVICE)
        .id(sender_key.as_bytes())
        .order(kind as u64)
}

fn unpickle(
    tree: &Tree,
    key: &[u8],
    mut pickle: PickledInboundGroupSession,
) -> Result<InboundGroupSession, StoreError> {
    pickle.backed_up = !to_back_up(tree, key).exists()?;
    InboundGroupSession::from_pickle(pickle).map_err(|_| StoreError::Damaged)
}
