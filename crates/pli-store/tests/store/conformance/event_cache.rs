//! The suite of `EventCacheStore`.

mod on_disk {
    use matrix_sdk_base::{
        event_cache_store_integration_tests, event_cache_store_integration_tests_time,
    };
    use pli_store::{PliEventCacheStore, StoreError};

    use crate::engines;

    async fn get_event_cache_store() -> Result<PliEventCacheStore, StoreError> {
        Ok(engines::on_disk().event_cache_store())
    }

    event_cache_store_integration_tests!();
    event_cache_store_integration_tests_time!();
}

mod in_memory {
    use matrix_sdk_base::{
        event_cache_store_integration_tests, event_cache_store_integration_tests_time,
    };
    use pli_store::{PliEventCacheStore, StoreError, Stores};

    async fn get_event_cache_store() -> Result<PliEventCacheStore, StoreError> {
        Ok(Stores::in_memory()?.event_cache_store())
    }

    event_cache_store_integration_tests!();
    event_cache_store_integration_tests_time!();
}
