#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pli_core::fuzz::html(bytes));
