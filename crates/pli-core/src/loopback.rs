//! Where the system's browser comes back to: a listener on this computer alone (RFC 8252,
//! section 7.3), for one sign-in.
//!
//! The SDK has one as well, but it takes the first request for the answer, whatever it is
//! (matrix-sdk 0.18): any page that the browser has open could end a sign-in, or put another
//! account in its place. Here the path is a secret that only this sign-in's link carries.

use std::{io, sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinSet,
    time::timeout,
};
use url::Url;

/// Longest request that is read: browsers send a few hundred bytes of headers, and the token.
const LONGEST: usize = 16 * 1024;

/// How long a browser may take to send one. Some connect before they need to.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many connections are served at a time.
const MOST: usize = 16;

/// Random bytes in the path.
const SECRET: usize = 32;

/// What the browser shows at the end, in the language of the user; plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The sign-in goes on in Pli.
    pub done: String,
    /// This is not the answer to the sign-in that Pli began.
    pub refused: String,
}

/// The listener. Ends when dropped.
pub(crate) struct Loopback {
    listener: TcpListener,
    redirect: Url,
    pages: Arc<Pages>,
}

impl Loopback {
    /// Listens on a free port of this computer.
    pub(crate) async fn listen(pages: Pages) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let mut secret = [0; SECRET];
        getrandom::fill(&mut secret).map_err(|_| io::Error::other("no random numbers"))?;
        let secret: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let redirect = Url::parse(&format!("http://127.0.0.1:{port}/{secret}"))
            .map_err(|_| io::Error::other("no address"))?;
        Ok(Self {
            listener,
            redirect,
            pages: Arc::new(pages),
        })
    }

    /// Where the browser is to come back to.
    pub(crate) fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Waits until the browser comes back, and gives the value of `parameter`. What asks for
    /// another path, or brings no value, is refused, and the waiting goes on.
    pub(crate) async fn wait_for(&self, parameter: &'static str) -> io::Result<SecretString> {
        let (brought, mut values) = mpsc::channel(1);
        let mut serving = JoinSet::new();
        loop {
            tokio::select! {
                Some(value) = values.recv() => return Ok(value),
                Some(_) = serving.join_next() => {}
                stream = self.listener.accept(), if serving.len() < MOST => {
                    let (stream, _) = stream?;
                    let asked = Asked {
                        redirect: self.redirect.clone(),
                        parameter,
                        pages: Arc::clone(&self.pages),
                    };
                    let brought = brought.clone();
                    serving.spawn(async move {
                        if let Some(value) = serve(stream, &asked).await {
                            let _ = brought.send(value).await;
                        }
                    });
                }
            }
        }
    }
}

/// What a connection is expected to bring.
struct Asked {
    redirect: Url,
    parameter: &'static str,
    pages: Arc<Pages>,
}

async fn serve(mut stream: TcpStream, asked: &Asked) -> Option<SecretString> {
    let request = timeout(PATIENCE, read(&mut stream)).await.ok()??;
    let value = value(&request, asked);
    let (status, page) = match &value {
        Some(_) => ("200 OK", &asked.pages.done),
        None => {
            tracing::warn!(name: "a redirect of another sign-in was refused", "");
            ("404 Not Found", &asked.pages.refused)
        }
    };
    let length = page.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {length}\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\nx-content-type-options: nosniff\r\n\
         connection: close\r\n\r\n{page}"
    );
    // The token counts even if nobody sees the page.
    let _ = timeout(PATIENCE, stream.write_all(answer.as_bytes())).await;
    let _ = stream.shutdown().await;
    value
}

/// The head of a request, all of it.
async fn read(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let read = stream.read_buf(&mut request).await.ok()?;
        if read == 0 || request.len() > LONGEST {
            return None;
        }
    }
    Some(request)
}

fn value(request: &[u8], asked: &Asked) -> Option<SecretString> {
    let line = std::str::from_utf8(request).ok()?.lines().next()?;
    let target = line.strip_prefix("GET ")?.strip_suffix(" HTTP/1.1")?;
    // Neither another host nor a path that is only said in another way.
    let (path, _) = target.split_once('?')?;
    if path != asked.redirect.path() {
        return None;
    }
    let url = asked.redirect.join(target).ok()?;
    let mut pairs = url.query_pairs();
    let (_, value) = pairs.find(|(name, _)| name == asked.parameter)?;
    (!value.is_empty()).then(|| SecretString::from(value.as_ref()))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    async fn listening() -> Loopback {
        let pages = Pages {
            done: "C’est fait.".to_owned(),
            refused: "Refusé.".to_owned(),
        };
        Loopback::listen(pages).await.unwrap()
    }

    fn with_query(url: &Url, query: &str) -> Url {
        let mut url = url.clone();
        url.set_query(Some(query));
        url
    }

    async fn get(url: Url) -> (u16, String) {
        let http = crate::http::client(&crate::http::Network::default()).unwrap();
        let answer = http.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    #[tokio::test]
    async fn the_browser_brings_the_token_and_sees_a_page() {
        let loopback = listening().await;
        let url = with_query(loopback.redirect(), "loginToken=a%2Bb&x=y");
        let (token, seen) = tokio::join!(loopback.wait_for("loginToken"), get(url));
        assert_eq!(token.unwrap().expose_secret(), "a+b");
        assert_eq!(seen, (200, "C’est fait.".to_owned()));
    }

    #[tokio::test]
    async fn what_does_not_know_the_secret_is_refused_and_ends_nothing() {
        let loopback = listening().await;
        let right = loopback.redirect().clone();
        let waiting = loopback.wait_for("loginToken");
        let browser = async {
            let (path, mut wrong) = (right.path(), Vec::new());
            for path in [
                "/",
                "/favicon.ico",
                &path[..path.len() - 1],
                &format!("/x/..{path}x"),
            ] {
                let mut url = right.clone();
                url.set_path(path);
                wrong.push(with_query(&url, "loginToken=evil"));
            }
            wrong.push(right.clone());
            wrong.push(with_query(&right, "loginToken="));
            wrong.push(with_query(&right, "token=evil"));
            for url in wrong {
                assert_eq!(get(url).await, (404, "Refusé.".to_owned()));
            }
            get(with_query(&right, "loginToken=good")).await
        };
        let (token, seen) = tokio::join!(waiting, browser);
        assert_eq!(token.unwrap().expose_secret(), "good");
        assert_eq!(seen.0, 200);
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_holds_nobody_up() {
        let loopback = listening().await;
        let port = loopback.redirect().port().unwrap();
        let _silent = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let url = with_query(loopback.redirect(), "loginToken=good");
        let (token, _) = tokio::join!(loopback.wait_for("loginToken"), get(url));
        assert_eq!(token.unwrap().expose_secret(), "good");
    }

    #[tokio::test]
    async fn two_sign_ins_have_two_secrets() {
        let (one, other) = (listening().await, listening().await);
        assert_ne!(one.redirect().path(), other.redirect().path());
    }
}
