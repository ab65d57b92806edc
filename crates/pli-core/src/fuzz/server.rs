//! A homeserver that says to a sync what it is given, and knows nothing else.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// What the next sync is answered.
type Answer = Arc<Mutex<Option<Vec<u8>>>>;

pub(super) struct Server {
    pub(super) url: Url,
    answer: Answer,
}

impl Server {
    /// Listens on the loopback address until the runtime ends.
    pub(super) async fn start() -> Option<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.ok()?;
        let url = format!("http://{}", listener.local_addr().ok()?);
        let answer = Answer::default();
        let given = Arc::clone(&answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&given)));
            }
        });
        let url = Url::parse(&url).ok()?;
        Some(Self { url, answer })
    }

    pub(super) fn give(&self, answer: &[u8]) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer.to_vec());
    }

    /// Whether what was given was asked for.
    pub(super) fn was_asked(&self) -> bool {
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        answer.is_none()
    }
}

/// Answers the requests of a connection, one after the other.
async fn serve(stream: TcpStream, answer: Answer) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let path = read(&mut stream).await?;
        let (status, body) = if path.contains("/sync") {
            let given = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
            // Nothing to tell: the client waits, and goes away.
            match given {
                Some(given) => ("200 OK", given),
                None => std::future::pending().await,
            }
        } else {
            told(&path)
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let whole = [head.as_bytes(), &body].concat();
        stream.write_all(&whole).await.ok()?;
    }
}

/// Reads a request; its path.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut first = String::new();
    stream.read_line(&mut first).await.ok()?;
    let mut length = 0_u64;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = Vec::new();
    stream.take(length).read_to_end(&mut body).await.ok()?;
    first.split(' ').nth(1).map(ToOwned::to_owned)
}

/// What it says but to a sync.
fn told(path: &str) -> (&'static str, Vec<u8>) {
    let said: &[u8] = if path.contains("/versions") {
        br#"{"versions":["v1.11"],"unstable_features":{"org.matrix.simplified_msc3575":true}}"#
    } else if path.contains("/keys/upload") {
        br#"{"one_time_key_counts":{"signed_curve25519":50}}"#
    } else if path.contains("/keys/query") {
        br#"{"device_keys":{},"failures":{}}"#
    } else {
        return (
            "404 Not Found",
            br#"{"errcode":"M_NOT_FOUND","error":""}"#.to_vec(),
        );
    };
    ("200 OK", said.to_vec())
}
