//! The suites of `MediaStore`, and of its retention policy.

mod on_disk {
    use matrix_sdk_base::{
        media_store_inner_integration_tests, media_store_integration_tests,
        media_store_integration_tests_time,
    };
    use pli_store::{PliMediaStore, StoreError};

    use crate::engines;

    async fn get_media_store() -> Result<PliMediaStore, StoreError> {
        Ok(engines::on_disk().media_store())
    }

    media_store_inner_integration_tests!(with_media_size_tests);
    media_store_integration_tests!();
    media_store_integration_tests_time!();
}

mod in_memory {
    use matrix_sdk_base::{
        media_store_inner_integration_tests, media_store_integration_tests,
        media_store_integration_tests_time,
    };
    use pli_store::{PliMediaStore, StoreError, Stores};

    async fn get_media_store() -> Result<PliMediaStore, StoreError> {
        Ok(Stores::in_memory()?.media_store())
    }

    media_store_inner_integration_tests!(with_media_size_tests);
    media_store_integration_tests!();
    media_store_integration_tests_time!();
}
