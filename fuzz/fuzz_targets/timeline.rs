#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pli_ipc::fuzz::timeline(bytes));
