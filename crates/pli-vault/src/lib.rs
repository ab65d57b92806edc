//! The store key and the session, held in the keyring of the operating system.
