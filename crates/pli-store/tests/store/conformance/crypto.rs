//! The suite of `CryptoStore`. It closes stores and opens them again by their names.

#![allow(
    unexpected_cfgs,
    reason = "the suite asks for features of the crate it comes from"
)]

mod on_disk {
    use matrix_sdk_crypto::{cryptostore_integration_tests, cryptostore_integration_tests_time};
    use pli_store::PliCryptoStore;

    use crate::engines;

    async fn get_store(name: &str, _passphrase: Option<&str>, clear_data: bool) -> PliCryptoStore {
        engines::on_disk_named(name, clear_data).crypto_store()
    }

    cryptostore_integration_tests!();
    cryptostore_integration_tests_time!();
}

mod in_memory {
    use matrix_sdk_crypto::{cryptostore_integration_tests, cryptostore_integration_tests_time};
    use pli_store::PliCryptoStore;

    use crate::engines;

    async fn get_store(name: &str, _passphrase: Option<&str>, clear_data: bool) -> PliCryptoStore {
        engines::in_memory_named(name, clear_data).crypto_store()
    }

    cryptostore_integration_tests!();
    cryptostore_integration_tests_time!();
}
