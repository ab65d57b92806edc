//! What a server answers, and why it does not.

use std::{error::Error as StdError, io};

use reqwest::{Client, StatusCode};
use rustls::pki_types::InvalidDnsNameError;
use serde::Deserialize;
use url::Url;

use super::DiscoveryError;
use crate::http::NoSuchHost;

/// Most bytes read of an answer: each of them is a few hundred at most servers.
const MAX_ANSWER: u64 = 256 * 1024;

/// The JSON at a path below `root`.
pub(super) async fn get<T: for<'a> Deserialize<'a>>(
    http: &Client,
    root: &Url,
    path: &str,
) -> Result<T, DiscoveryError> {
    get_url(http, below(root, path)).await
}

/// The URL of a path below `root`.
pub(super) fn below(root: &Url, path: &str) -> Url {
    let mut url = root.clone();
    url.set_path(&format!("{}/{path}", root.path().trim_end_matches('/')));
    url
}

/// The JSON at a URL.
pub(super) async fn get_url<T: for<'a> Deserialize<'a>>(
    http: &Client,
    url: Url,
) -> Result<T, DiscoveryError> {
    let mut answer = http.get(url).send().await.map_err(|e| reason(&e))?;
    match answer.status() {
        StatusCode::OK => {}
        status if status.is_server_error() => return Err(DiscoveryError::Offline),
        _ => return Err(DiscoveryError::NotMatrix),
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|e| reason(&e))? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > MAX_ANSWER {
            return Err(DiscoveryError::NotMatrix);
        }
    }
    serde_json::from_slice(&body).map_err(|_| DiscoveryError::NotMatrix)
}

/// What a failed request means to the user.
pub(crate) fn reason(error: &reqwest::Error) -> DiscoveryError {
    let mut source: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(cause) = source {
        if let Some(tls) = tls(cause) {
            return certificate(tls);
        }
        if cause.is::<NoSuchHost>() || cause.is::<InvalidDnsNameError>() {
            return DiscoveryError::UnknownServer;
        }
        source = cause.source();
    }
    if error.is_decode() || error.is_redirect() {
        DiscoveryError::NotMatrix
    } else {
        DiscoveryError::Offline
    }
}

/// The TLS error that this one is, or wraps: an I/O error hides what it wraps from `source`, and
/// may wrap another.
fn tls<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    let mut error = error;
    loop {
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        error = error.downcast_ref::<io::Error>()?.get_ref()?;
    }
}

fn certificate(error: &rustls::Error) -> DiscoveryError {
    use rustls::CertificateError::{Expired, ExpiredContext};
    match error {
        rustls::Error::InvalidCertificate(Expired | ExpiredContext { .. }) => {
            DiscoveryError::CertificateExpired
        }
        rustls::Error::InvalidCertificate(_) => DiscoveryError::CertificateInvalid,
        // Something that speaks no TLS at all on that port.
        _ => DiscoveryError::NotMatrix,
    }
}
