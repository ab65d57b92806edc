//! `pli-media`: pictures, sound and video for the page, by opaque id.

use std::ops::RangeInclusive;

use pli_core::media::MediaError;
use tauri::{
    Manager as _, Runtime, UriSchemeContext, UriSchemeResponder, async_runtime,
    http::{HeaderMap, Method, Request, Response, StatusCode, header},
};

use crate::{shell::Shell, window};

/// The scheme; `http://pli-media.localhost` on Windows.
pub(crate) const SCHEME: &str = "pli-media";

/// Larger media are saved to disk instead of being shown.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// What the web view decodes; nothing in here can carry a script.
const SHOWN: &[&str] = &[
    "audio/aac",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/ogg",
    "video/webm",
];

/// Answers one request of the page.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    if context.webview_label() != window::LABEL || request.method() != Method::GET {
        return responder.respond(refusal(StatusCode::FORBIDDEN));
    }
    let app = context.app_handle().clone();
    async_runtime::spawn(async move {
        let id = request.uri().path().trim_start_matches('/');
        let response = match load(&app, id).await {
            Ok(medium) => respond(medium, request.headers()),
            Err(status) => refusal(status),
        };
        responder.respond(response);
    });
}

/// A medium, decrypted.
struct Medium {
    mimetype: String,
    bytes: Vec<u8>,
}

async fn load<R: Runtime>(app: &tauri::AppHandle<R>, id: &str) -> Result<Medium, StatusCode> {
    let account = app
        .state::<Shell>()
        .account()
        .map_err(|_| StatusCode::NOT_FOUND)?;
    let (mimetype, bytes) = account.media_bytes(id).await.map_err(|error| match error {
        MediaError::Unknown => StatusCode::NOT_FOUND,
        MediaError::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        MediaError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        MediaError::Blocked => StatusCode::FORBIDDEN,
        MediaError::Fetch(_) | MediaError::Interrupted | MediaError::Write(_) => {
            StatusCode::BAD_GATEWAY
        }
    })?;
    Ok(Medium {
        mimetype: mimetype.to_owned(),
        bytes: bytes.into(),
    })
}

fn respond(medium: Medium, asked: &HeaderMap) -> Response<Vec<u8>> {
    let Some(mimetype) = SHOWN.iter().find(|shown| **shown == medium.mimetype) else {
        return refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    };
    let total = medium.bytes.len();
    if total > MAX_BYTES {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let range = asked
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok())
        .map(|range| parse_range(range, total));
    match range {
        None => build(
            StatusCode::OK,
            &[(header::CONTENT_TYPE, mimetype)],
            medium.bytes,
        ),
        Some(Some(range)) => {
            let place = format!("bytes {}-{}/{total}", range.start(), range.end());
            let bytes = medium.bytes.get(range).unwrap_or_default().to_vec();
            let headers = [
                (header::CONTENT_TYPE, *mimetype),
                (header::CONTENT_RANGE, &place),
            ];
            build(StatusCode::PARTIAL_CONTENT, &headers, bytes)
        }
        Some(None) => {
            let place = format!("bytes */{total}");
            let headers = [(header::CONTENT_RANGE, place.as_str())];
            build(StatusCode::RANGE_NOT_SATISFIABLE, &headers, Vec::new())
        }
    }
}

/// The one range of RFC 9110 section 14.1.2 that media elements ask for.
fn parse_range(range: &str, total: usize) -> Option<RangeInclusive<usize>> {
    let last = total.checked_sub(1)?;
    let (from, to) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (from, to) {
        ("", suffix) => {
            let length = suffix.parse::<usize>().ok().filter(|length| *length > 0)?;
            (total.saturating_sub(length), last)
        }
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
    };
    (from <= to).then_some(from..=to)
}

fn refusal(status: StatusCode) -> Response<Vec<u8>> {
    build(status, &[], Vec::new())
}

fn build(
    status: StatusCode,
    headers: &[(header::HeaderName, &str)],
    bytes: Vec<u8>,
) -> Response<Vec<u8>> {
    let page = if cfg!(windows) {
        "http://tauri.localhost"
    } else {
        "tauri://localhost"
    };
    let mut response = Response::builder()
        .status(status)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        )
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, page)
        .header(header::ACCEPT_RANGES, "bytes")
        // The web view is private: this is its memory, never the disk.
        .header(header::CACHE_CONTROL, "private, max-age=3600");
    for (name, value) in headers {
        response = response.header(name, *value);
    }
    // Every header above is valid, so this cannot fail; an empty answer draws nothing.
    response.body(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(mimetype: &str, bytes: &[u8], range: Option<&str>) -> Response<Vec<u8>> {
        let mut headers = HeaderMap::new();
        if let Some(range) = range {
            headers.insert(header::RANGE, range.parse().unwrap());
        }
        let medium = Medium {
            mimetype: mimetype.into(),
            bytes: bytes.into(),
        };
        respond(medium, &headers)
    }

    #[test]
    fn only_media_that_cannot_run_are_shown() {
        let shown = ask("image/png", b"png", None);
        assert_eq!(shown.status(), StatusCode::OK);
        assert_eq!(shown.headers()[header::CONTENT_TYPE], "image/png");
        assert_eq!(shown.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        for refused in [
            "image/svg+xml",
            "text/html",
            "application/pdf",
            "application/octet-stream",
            "image/png; charset=utf-8",
            "",
        ] {
            let answer = ask(refused, b"<svg onload=alert(1)>", None);
            assert_eq!(
                answer.status(),
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "{refused}"
            );
            assert!(answer.body().is_empty());
        }
    }

    #[test]
    fn a_medium_too_large_to_show_is_refused() {
        let answer = ask("video/mp4", &vec![0; MAX_BYTES + 1], None);
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body().is_empty());
    }

    #[test]
    fn ranges_are_those_of_the_rfc() {
        for (asked, given) in [
            ("bytes=0-3", Some((0, "0123"))),
            ("bytes=4-", Some((4, "456789"))),
            ("bytes=-2", Some((8, "89"))),
            ("bytes=-20", Some((0, "0123456789"))),
            ("bytes=8-99", Some((8, "89"))),
            ("bytes=10-", None),
            ("bytes=5-4", None),
            ("bytes=-0", None),
            ("bytes=0-1,3-4", None),
            ("items=0-1", None),
            ("bytes=a-b", None),
        ] {
            let answer = ask("audio/ogg", b"0123456789", Some(asked));
            let place = answer.headers()[header::CONTENT_RANGE].to_str().unwrap();
            match given {
                Some((from, text)) => {
                    assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT, "{asked}");
                    assert_eq!(place, format!("bytes {from}-{}/10", from + text.len() - 1));
                    assert_eq!(answer.body(), text.as_bytes(), "{asked}");
                }
                None => {
                    assert_eq!(
                        answer.status(),
                        StatusCode::RANGE_NOT_SATISFIABLE,
                        "{asked}"
                    );
                    assert_eq!(place, "bytes */10");
                }
            }
        }
        let empty = ask("audio/ogg", b"", Some("bytes=0-"));
        assert_eq!(empty.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    }
}
