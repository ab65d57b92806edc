//! Messages to devices that the SDK does not send by itself.

use std::collections::BTreeMap;

use matrix_sdk::{
    Client,
    ruma::{
        TransactionId,
        api::client::to_device::send_event_to_device::v3::Request,
        events::{AnyToDeviceEventContent, ToDeviceEventType},
        serde::Raw,
        to_device::DeviceIdOrAllDevices,
    },
};
use serde_json::{Value, json};

/// Makes the encryption sync begin anew, with which the SDK sends what it has queued: an answer
/// to an event of a room would otherwise wait for half a minute, until that sync has something to
/// say. An empty message to this very device gives it something.
pub(crate) async fn send_what_is_queued(client: &Client) {
    let Some(device_id) = client.device_id() else {
        return;
    };
    let this = DeviceIdOrAllDevices::DeviceId(device_id.to_owned());
    send(client, ToDeviceEventType::Dummy, this, &json!({})).await;
}

/// Sends a message in clear to devices of the user's own.
pub(crate) async fn send(
    client: &Client,
    kind: ToDeviceEventType,
    devices: DeviceIdOrAllDevices,
    content: &Value,
) {
    let (Some(own), Ok(content)) = (client.user_id(), Raw::new(content)) else {
        return;
    };
    let content = content.cast_unchecked::<AnyToDeviceEventContent>();
    let messages = BTreeMap::from([(own.to_owned(), BTreeMap::from([(devices, content)]))]);
    let request = Request::new_raw(kind, TransactionId::new(), messages);
    if client.send(request).await.is_err() {
        tracing::info!(name: "a message to a device was not sent", "");
    }
}
