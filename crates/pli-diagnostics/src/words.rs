//! The words and numbers that may be in the log. Reviewed: none can be about a person.

/// Fields of other crates whose numbers and truths are kept.
pub const NUMBERS: &[&str] = &[
    "attempt",
    "attempts",
    "bytes",
    "chunks",
    "count",
    "duration",
    "elapsed",
    "events",
    "failed_attempts",
    "index",
    "len",
    "length",
    "limited",
    "num_attempt",
    "num_devices",
    "num_events",
    "num_rooms",
    "num_sessions",
    "requests",
    "response_size",
    "retries",
    "rooms",
    "size",
    "status",
    "timeout",
];

/// Fields of other crates whose texts are searched for [`WORDS`].
pub const TEXTS: &[&str] = &[
    "code", "errcode", "error", "kind", "method", "reason", "state",
];

/// Names of errors, states, methods and keys of the policy; sorted.
pub const WORDS: &[&str] = &[
    "AccountDeactivated",
    "AccountExpired",
    "AddrInUse",
    "AlreadyExists",
    "AlreadyStarted",
    "AntivirusEnabled",
    "AntivirusUrl",
    "Api",
    "AuthenticationRequired",
    "Autostart",
    "BlockedFileTypes",
    "BrokenPipe",
    "BrowserRefused",
    "BrowserTooSlow",
    "CallsUrl",
    "Cancelled",
    "CertificateExpired",
    "CertificateInvalid",
    "ClientApi",
    "CloseToTray",
    "Connect",
    "Connecting",
    "ConnectionAborted",
    "ConnectionRefused",
    "ConnectionReset",
    "CrossSigned",
    "CryptoStoreError",
    "DELETE",
    "Damaged",
    "Decrypt",
    "DecryptorError",
    "DefaultTimers",
    "Deserialization",
    "DirectoryNotEmpty",
    "DiskFull",
    "DownloadFolder",
    "EmailDomains",
    "Error",
    "EventCacheError",
    "EventCacheStore",
    "ExtraAuthorities",
    "Failed",
    "FileRefused",
    "FileTooLarge",
    "FileTypeBlocked",
    "Forbidden",
    "FromHttpResponse",
    "GET",
    "GuestServers",
    "HelpUrl",
    "HostUnreachable",
    "Http",
    "Hyper",
    "IdentityChanged",
    "Idle",
    "IdleLockMinutes",
    "InUse",
    "InsufficientData",
    "Internal",
    "Interrupted",
    "IntoHttp",
    "InvalidCertificate",
    "InvalidData",
    "InvalidInput",
    "InvalidPassword",
    "InvalidSession",
    "Io",
    "IsADirectory",
    "KeyMissing",
    "KeyringUnavailable",
    "Language",
    "Link",
    "Locked",
    "LogExport",
    "LogLevel",
    "LoginMethods",
    "LoginNotAllowed",
    "LoginNotSupported",
    "M_BAD_JSON",
    "M_BAD_STATE",
    "M_CONFLICT",
    "M_FORBIDDEN",
    "M_GUEST_ACCESS_FORBIDDEN",
    "M_INVALID_PARAM",
    "M_LIMIT_EXCEEDED",
    "M_MISSING_PARAM",
    "M_MISSING_TOKEN",
    "M_NOT_FOUND",
    "M_NOT_JSON",
    "M_TOO_LARGE",
    "M_UNAUTHORIZED",
    "M_UNKNOWN",
    "M_UNKNOWN_POS",
    "M_UNKNOWN_TOKEN",
    "M_UNRECOGNIZED",
    "M_UNSUPPORTED_ROOM_VERSION",
    "M_USER_DEACTIVATED",
    "M_WEAK_PASSWORD",
    "Malformed",
    "MegolmError",
    "MissingRoomKey",
    "MissingToken",
    "NetworkDown",
    "NetworkUnreachable",
    "NoBrowserReset",
    "NoKeyring",
    "NoOlmMachine",
    "NoPassphrase",
    "NoQrCode",
    "NoRandomness",
    "NoRenewalMail",
    "NotADirectory",
    "NotAKeyFile",
    "NotConnected",
    "NotForGuests",
    "NotFound",
    "NotLoggedIn",
    "NotMatrix",
    "NothingToVerify",
    "NotificationContent",
    "ORG_MATRIX_EXPIRED_ACCOUNT",
    "Offline",
    "OlmError",
    "Online",
    "OpenableFileTypes",
    "Other",
    "OtherServersAllowed",
    "OutOfMemory",
    "OutOfRange",
    "Owner",
    "POST",
    "PUT",
    "PassphraseNeeded",
    "PassphraseTooShort",
    "PermissionDenied",
    "ProxyUrl",
    "PublicKeyMismatch",
    "QuotaExceeded",
    "RateLimited",
    "ReadOnlyFilesystem",
    "Recovering",
    "RecoveryMalformed",
    "RefreshToken",
    "RequireRecovery",
    "RequireVerification",
    "Reqwest",
    "RetentionDays",
    "RoomEventCacheError",
    "Running",
    "SecretStorage",
    "SendQueueRoomError",
    "SerdeJson",
    "Server",
    "ServerNotAllowed",
    "Servers",
    "SettingUp",
    "Shape",
    "SlidingSync",
    "Standard",
    "StateStore",
    "StatusUrl",
    "StorageFull",
    "Store",
    "StoreFull",
    "Stretching",
    "SupportContact",
    "Terminated",
    "ThemeFolder",
    "TimedOut",
    "Timeout",
    "TimersAllowed",
    "TooLarge",
    "TooNew",
    "Transport",
    "UnableToRefreshToken",
    "Unavailable",
    "UnexpectedEof",
    "UnknownError",
    "UnknownIssuer",
    "UnknownKey",
    "UnknownServer",
    "UnknownToken",
    "Unreadable",
    "Unrecognized",
    "Unsupported",
    "UnsupportedMedia",
    "Unusable",
    "UpdateMode",
    "UpdateUrl",
    "UploadLimitMegabytes",
    "Url",
    "WouldBlock",
    "Writable",
    "WriteZero",
    "WrongKey",
    "WrongPassphrase",
    "WrongPassword",
    "WrongQrCode",
    "WrongRecoveryCode",
    "WrongType",
];

/// Most words kept of one text: the first say what, the rest only repeats.
const MOST: usize = 8;

/// Those of [`WORDS`] that `text` holds outside of quotes, in order.
pub(crate) fn known_words(text: &str) -> Vec<&'static str> {
    let mut known = Vec::new();
    let mut quoted = false;
    for part in text.split('"') {
        if !quoted {
            let words = part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            known.extend(words.filter_map(|word| {
                WORDS
                    .binary_search(&word)
                    .ok()
                    .and_then(|place| WORDS.get(place).copied())
            }));
        }
        quoted = !quoted;
    }
    known.truncate(MOST);
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_without_doubles() {
        for list in [NUMBERS, TEXTS, WORDS] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }

    #[test]
    fn only_known_words_outside_quotes_are_kept() {
        let text = r#"Http(Api(Server(ClientApi(Error { status_code: 403, body: Standard { kind: Forbidden, message: "Alice NotFound" } }))))"#;
        assert_eq!(
            known_words(text),
            [
                "Http",
                "Api",
                "Server",
                "ClientApi",
                "Error",
                "Standard",
                "Forbidden"
            ]
        );
        assert!(known_words("Alice Dupont ForbiddenPlanet notfound").is_empty());
    }
}
