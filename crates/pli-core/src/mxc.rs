//! Checks on `mxc://` URIs before the SDK sees them.

use matrix_sdk::ruma::MxcUri;

/// Longest server name we accept. The library keeps the position of the slash in one byte
/// and panics for names of 250 to 255 bytes, already while validating.
const MAX_SERVER_NAME: usize = 230;

/// Longest whole URI we accept; media ids are short.
const MAX_URI: usize = 512;

/// Whether the media code may be given this URI.
pub(crate) fn is_safe(uri: &MxcUri) -> bool {
    let Some(rest) = uri.as_str().strip_prefix("mxc://") else {
        return false;
    };
    let Some((server, media)) = rest.split_once('/') else {
        return false;
    };
    !server.is_empty()
        && server.len() <= MAX_SERVER_NAME
        && !media.is_empty()
        && uri.as_str().len() <= MAX_URI
        && uri.is_valid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_uris_pass() {
        for uri in ["mxc://example.org/abcDEF-_123", "mxc://localhost:18448/x"] {
            assert!(is_safe(uri.into()), "{uri} is well formed");
        }
    }

    #[test]
    fn server_names_that_would_panic_are_refused() {
        for length in 231..=300 {
            let uri = format!("mxc://{}/abc", "a".repeat(length));
            assert!(
                !is_safe(uri.as_str().into()),
                "{length} bytes of server name"
            );
        }
    }

    #[test]
    fn malformed_uris_are_refused() {
        for uri in [
            "",
            "https://example.org/a",
            "mxc://",
            "mxc://example.org",
            "mxc:///a",
            "mxc://a/",
        ] {
            assert!(!is_safe(uri.into()), "{uri:?} names no medium");
        }
    }
}
