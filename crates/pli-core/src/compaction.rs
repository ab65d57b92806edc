//! Gives disk space back while nobody waits for the disk.

use std::time::Duration;

use pli_store::Stores;

/// Nobody is made to wait by a start, nor by what it brings.
const AFTER_START: Duration = Duration::from_secs(5 * 60);

/// Without a change for so long, there is a pause. An idle sync notes its position twice a minute.
const QUIET: Duration = Duration::from_secs(10);

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(60 * 60);

/// Looks now and then whether the stores take much more space than they need.
pub(crate) async fn keep_compact(stores: Stores) {
    tokio::time::sleep(AFTER_START).await;
    loop {
        while let Some(left) = QUIET.checked_sub(stores.quiet_for())
            && !left.is_zero()
        {
            tokio::time::sleep(left).await;
        }
        match stores.compact_if_worth().await {
            Ok(true) => tracing::info!(name: "the store was compacted", ""),
            Ok(false) => {}
            Err(error) => tracing::warn!(name: "the store could not be compacted", %error),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
