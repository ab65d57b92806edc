//! The four store traits of matrix-sdk over an encrypted sled database.
