//! The suite of `StateStore`.

mod on_disk {
    use matrix_sdk_base::statestore_integration_tests;
    use pli_store::{PliStateStore, StoreError};

    use crate::engines;

    async fn get_store() -> Result<PliStateStore, StoreError> {
        Ok(engines::on_disk().state_store())
    }

    statestore_integration_tests!();
}

mod in_memory {
    use matrix_sdk_base::statestore_integration_tests;
    use pli_store::{PliStateStore, StoreError, Stores};

    async fn get_store() -> Result<PliStateStore, StoreError> {
        Ok(Stores::in_memory()?.state_store())
    }

    statestore_integration_tests!();
}
