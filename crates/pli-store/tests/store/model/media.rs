//! Operations on media.

use matrix_sdk_base::{
    media::{
        MediaFormat, MediaRequestParameters,
        store::{IgnoreMediaRetentionPolicy, MediaStore},
    },
    ruma::events::room::MediaSource,
};

use crate::random::Random;

fn request(random: &mut Random) -> MediaRequestParameters {
    let uri = format!("mxc://example.org/{}", random.below(12));
    MediaRequestParameters {
        source: MediaSource::Plain(uri.into()),
        format: MediaFormat::File,
    }
}

/// Asks one thing of a store.
pub(super) async fn step(store: &impl MediaStore, mut random: Random) -> String {
    let request = request(&mut random);
    match random.below(6) {
        // The SDK's store keeps twenty media at most, of any size.
        0 | 1 => {
            let content = vec![7; usize::try_from(random.below(5_000)).unwrap()];
            let policy = IgnoreMediaRetentionPolicy::No;
            let added = store.add_media_content(&request, content, policy).await;
            format!("{:?}", added.is_ok())
        }
        2 => format!("{:?}", store.remove_media_content(&request).await.is_ok()),
        _ => format!("{:?}", store.get_media_content(&request).await.unwrap()),
    }
}
