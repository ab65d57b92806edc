//! As much of HTTP/1.1 as a client of ours and a server of theirs speak.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

/// Longest request that is taken.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// A request of the client.
#[derive(Debug)]
pub struct Request {
    /// `GET`, for instance.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// What it carries.
    pub body: Vec<u8>,
}

impl Request {
    /// Its body, where that is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// A parameter of its query.
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    }
}

/// An answer of the server, true or not.
#[derive(Debug, Clone)]
pub struct Answer {
    /// 200, for instance.
    pub status: u16,
    /// Names in lower case, and values; the framing is added when it is written.
    pub headers: Vec<(String, String)>,
    /// What it carries.
    pub body: Vec<u8>,
}

impl Answer {
    /// JSON of that status.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::raw(status, "application/json", body.to_string())
    }

    /// Whatever is told.
    pub fn raw(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), kind.to_owned())],
            body: body.into(),
        }
    }

    /// The same with a further header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(super) fn head(&self, length: Option<usize>) -> String {
        let mut head = format!("HTTP/1.1 {} Said\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        match length {
            Some(length) => head.push_str(&format!("content-length: {length}\r\n\r\n")),
            None => head.push_str("connection: close\r\n\r\n"),
        }
        head
    }

    pub(super) async fn write(&self, stream: &mut BufReader<TcpStream>) -> Result<()> {
        let head = self.head(Some(self.body.len()));
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&self.body).await?;
        stream.flush().await?;
        Ok(())
    }
}

/// The next request on a connection; `None` once the client has closed it.
pub(super) async fn read(stream: &mut BufReader<TcpStream>) -> Result<Option<Request>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let method = words.next().context("no method")?.to_owned();
    let path = words.next().context("no path")?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let header = |wanted: &str| {
        let mut all = headers.iter();
        all.find_map(|(name, value)| (name == wanted).then(|| value.clone()))
    };
    let body = if header("transfer-encoding").is_some() {
        read_chunks(stream).await?
    } else {
        let length = header("content-length").map_or(Ok(0), |length| length.parse())?;
        read_exactly(stream, length).await?
    };
    Ok(Some(Request {
        method,
        path,
        headers,
        body,
    }))
}

async fn read_exactly(stream: &mut BufReader<TcpStream>, length: usize) -> Result<Vec<u8>> {
    if length > MAX_BODY {
        bail!("a request of {length} bytes");
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(body)
}

async fn read_chunks(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let length = usize::from_str_radix(line.trim(), 16)?;
        body.extend(read_exactly(stream, length).await?);
        read_exactly(stream, 2).await?;
        if length == 0 {
            return Ok(body);
        }
    }
}
