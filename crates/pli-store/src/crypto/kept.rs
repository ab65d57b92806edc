//! Which keys are kept twice beside the domains that are whole: sessions that no backup holds, and
//! this very device.

use std::ops::ControlFlow;

use matrix_sdk_crypto::olm::PickledAccount;
use serde_bytes::ByteBuf;

use super::tables::{ACCOUNT, DEVICES, INBOUND_TO_BACK_UP, single};
use crate::{
    cipher::Cipher,
    engine::{Direction, Engine, KeyRange},
    error::StoreError,
};

/// Their keys, read from a database that no tree is over yet.
pub(crate) fn kept_keys(engine: &dyn Engine, cipher: &Cipher) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut pointers = Vec::new();
    let range = KeyRange::below(&INBOUND_TO_BACK_UP.prefix());
    engine.scan(&range, Direction::Forward, &mut |place, sealed| {
        pointers.push((place.to_vec(), sealed.to_vec()));
        ControlFlow::Continue(())
    })?;
    let mut keys = Vec::new();
    for (place, sealed) in pointers {
        let key: ByteBuf = INBOUND_TO_BACK_UP.decode(&cipher.open(&place, &sealed)?)?;
        keys.push(key.into_vec());
    }
    keys.extend(own_device(engine, cipher)?);
    Ok(keys)
}

fn own_device(engine: &dyn Engine, cipher: &Cipher) -> Result<Option<Vec<u8>>, StoreError> {
    let accounts = single::<PickledAccount>();
    let mut place = accounts.prefix();
    place.extend(cipher.hide(accounts.domain(), ACCOUNT.as_bytes()));
    let Some(sealed) = engine.get(&place)? else {
        return Ok(None);
    };
    let account = accounts.decode(&cipher.open(&place, &sealed)?)?;
    let mut device = DEVICES.prefix();
    device.extend(cipher.hide(DEVICES.domain(), account.user_id.as_bytes()));
    device.extend(cipher.hide(DEVICES.domain(), account.device_id.as_bytes()));
    Ok(Some(device))
}
