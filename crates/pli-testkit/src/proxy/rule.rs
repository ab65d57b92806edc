//! What an armed rule does to a request.

use std::time::Duration;

use anyhow::Result;
use serde_json::Value;
use tokio::{
    io::{AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

use super::{Answer, Armed, Request, Shared, forward};

type Make = Box<dyn Fn(&Request) -> Answer + Send + Sync>;
type Change = Box<dyn Fn(&Request, &mut Value) + Send + Sync>;
type Remake = Box<dyn Fn(Vec<u8>) -> Vec<u8> + Send + Sync>;

/// What is done to a request.
pub enum Attack {
    /// This is answered in place of what the server would say; it never hears of the request.
    Answer(Answer),
    /// As [`Attack::Answer`], made for the request.
    Made(Make),
    /// The server answers, and this becomes of its JSON.
    Json(Change),
    /// The server answers, and this becomes of its bytes.
    Bytes(Remake),
    /// The connection is closed without a word; the server never hears of the request.
    HangUp,
    /// The server answers, and the connection is closed in place of its answer.
    Unanswered,
    /// The request waits, and others overtake it.
    Late(Duration),
    /// The server hears the request twice; what it answers to the second is the answer.
    Twice,
    /// A good head, then `part` again and again with this pause, until the client has enough, the
    /// rule is dropped, or so many bytes were sent.
    Endless {
        /// What is repeated.
        part: Vec<u8>,
        /// Between two of it.
        pause: Duration,
        /// Where even this ends, so that a test cannot fill the machine.
        limit: usize,
    },
}

impl Attack {
    /// The server's JSON, changed.
    pub fn json(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::Json(Box::new(move |_, answer| change(answer)))
    }

    /// The server's bytes, changed.
    pub fn bytes(change: impl Fn(Vec<u8>) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::Bytes(Box::new(change))
    }
}

pub(super) async fn strike(
    rule: &Armed,
    request: &Request,
    shared: &Shared,
    stream: &mut BufReader<TcpStream>,
) -> Result<()> {
    let answer = match &rule.attack {
        Attack::Answer(answer) => answer.clone(),
        Attack::Made(make) => make(request),
        Attack::Json(change) => {
            let mut answer = forward(request, shared).await?;
            let mut json = serde_json::from_slice(&answer.body)?;
            change(request, &mut json);
            answer.body = json.to_string().into_bytes();
            answer
        }
        Attack::Bytes(change) => {
            let mut answer = forward(request, shared).await?;
            answer.body = change(answer.body);
            answer
        }
        Attack::HangUp => return Ok(stream.shutdown().await?),
        Attack::Unanswered => {
            forward(request, shared).await?;
            return Ok(stream.shutdown().await?);
        }
        Attack::Late(wait) => {
            tokio::time::sleep(*wait).await;
            forward(request, shared).await?
        }
        Attack::Twice => {
            forward(request, shared).await?;
            forward(request, shared).await?
        }
        Attack::Endless { part, pause, limit } => {
            return pour(rule, stream, part, *pause, *limit).await;
        }
    };
    answer.write(stream).await
}

async fn pour(
    rule: &Armed,
    stream: &mut BufReader<TcpStream>,
    part: &[u8],
    pause: Duration,
    limit: usize,
) -> Result<()> {
    let head = Answer::raw(200, "application/json", "").head(None);
    stream.write_all(head.as_bytes()).await?;
    let mut sent = 0;
    while sent < limit && !rule.disarmed.load(std::sync::atomic::Ordering::SeqCst) {
        stream.write_all(part).await?;
        stream.flush().await?;
        sent += part.len();
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }
    Ok(stream.shutdown().await?)
}
