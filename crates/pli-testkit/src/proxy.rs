//! A hostile server: a real one, behind a hand that changes what it answers.
//!
//! Every request is forwarded, but where a [`Rule`] strikes; and what the server never said can
//! be put into a sync ([`Proxy::inject`]). Both tell whether the client got it.

mod http;
mod rule;
mod sync;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use reqwest::Client;
use serde_json::Value;
use tokio::{
    io::BufReader,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

pub use self::{
    http::{Answer, Request},
    rule::Attack,
    sync::Connection,
};
use crate::synapse::Synapse;

/// How long a client may take to ask again on a busy machine; a sync that hangs is given up after
/// a minute.
const PATIENCE: Duration = Duration::from_secs(120);

/// The hand in front of a server. Ends when dropped.
pub struct Proxy {
    shared: Arc<Shared>,
    port: u16,
    accepting: JoinHandle<()>,
}

/// A rule that is armed for as long as this is held.
pub struct Rule {
    armed: Arc<Armed>,
    shared: Arc<Shared>,
}

/// What was put into a sync.
pub struct Injection {
    put: Arc<sync::Put>,
    shared: Arc<Shared>,
}

struct Shared {
    upstream: String,
    client: Client,
    rules: Mutex<Vec<Arc<Armed>>>,
    queues: sync::Queues,
    seen: Mutex<Vec<Arc<Request>>>,
    /// Counts everything that happened here, so that it can be waited for.
    happened: watch::Sender<u64>,
}

struct Armed {
    matches: Box<dyn Fn(&Request) -> bool + Send + Sync>,
    attack: Attack,
    /// How many more requests it strikes.
    left: AtomicUsize,
    struck: AtomicUsize,
    /// Requests like those struck that came after a strike.
    followed: AtomicUsize,
    disarmed: AtomicBool,
}

impl Proxy {
    /// A proxy in front of `server`, on a free port.
    ///
    /// # Errors
    /// No port is free.
    pub async fn before(server: &Synapse) -> Result<Self> {
        Self::before_url(server.base_url()).await
    }

    /// A proxy in front of what answers at `upstream`.
    ///
    /// # Errors
    /// No port is free.
    pub async fn before_url(upstream: String) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared {
            upstream,
            client: Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()?,
            rules: Mutex::default(),
            queues: sync::Queues::default(),
            seen: Mutex::default(),
            happened: watch::Sender::default(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            shared,
            port,
            accepting,
        })
    }

    /// Where clients connect.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Strikes every request that `matches`, for as long as the rule is held.
    pub fn always(
        &self,
        matches: impl Fn(&Request) -> bool + Send + Sync + 'static,
        attack: Attack,
    ) -> Rule {
        self.times(usize::MAX, matches, attack)
    }

    /// Strikes the next request that `matches`.
    pub fn once(
        &self,
        matches: impl Fn(&Request) -> bool + Send + Sync + 'static,
        attack: Attack,
    ) -> Rule {
        self.times(1, matches, attack)
    }

    /// Strikes the next `times` requests that match.
    pub fn times(
        &self,
        times: usize,
        matches: impl Fn(&Request) -> bool + Send + Sync + 'static,
        attack: Attack,
    ) -> Rule {
        let armed = Arc::new(Armed {
            matches: Box::new(matches),
            attack,
            left: AtomicUsize::new(times),
            struck: AtomicUsize::new(0),
            followed: AtomicUsize::new(0),
            disarmed: AtomicBool::new(false),
        });
        lock(&self.shared.rules).push(Arc::clone(&armed));
        Rule {
            armed,
            shared: Arc::clone(&self.shared),
        }
    }

    /// Puts `part` into the client's next sync: `rooms`, `lists` or `extensions` of the answer of
    /// MSC4186. A sync that waits is answered at once.
    pub fn inject(&self, connection: Connection, part: Value) -> Injection {
        let put = self.shared.queues.put(connection, part);
        Injection {
            put,
            shared: Arc::clone(&self.shared),
        }
    }

    /// The requests so far, oldest first.
    pub fn seen(&self) -> Vec<Arc<Request>> {
        lock(&self.shared.seen).clone()
    }

    /// Whether these words left in clear, in the body or the path of any request.
    pub fn has_seen_words(&self, words: &str) -> bool {
        let seen = self.seen();
        seen.iter().any(|request| {
            request.path.contains(words) || String::from_utf8_lossy(&request.body).contains(words)
        })
    }

    /// Waits until a request so far, or to come, is as wanted.
    ///
    /// # Errors
    /// None came.
    pub async fn wait_for(
        &self,
        what: &str,
        wanted: impl Fn(&Request) -> bool,
    ) -> Result<Arc<Request>> {
        let found = || {
            let seen = self.seen();
            seen.into_iter().find(|request| wanted(request))
        };
        self.shared.wait(what, found).await
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Rule {
    /// How many requests it struck: the attack was written to the client, or the client hung up.
    pub fn struck(&self) -> usize {
        self.armed.struck.load(Ordering::SeqCst)
    }

    /// Waits until so many requests were struck.
    ///
    /// # Errors
    /// They did not come.
    pub async fn wait_for_strikes(&self, count: usize) -> Result<()> {
        let done = || (self.struck() >= count).then_some(());
        self.shared.wait("a request to strike", done).await
    }

    /// Waits until a request was struck and the client asked again: what it got did not end it.
    ///
    /// # Errors
    /// It did not.
    pub async fn survived(&self) -> Result<()> {
        self.wait_for_strikes(1).await?;
        let done = || (self.armed.followed.load(Ordering::SeqCst) > 0).then_some(());
        self.shared.wait("the request after the attack", done).await
    }
}

impl Drop for Rule {
    fn drop(&mut self) {
        self.armed.disarmed.store(true, Ordering::SeqCst);
        lock(&self.shared.rules).retain(|rule| !Arc::ptr_eq(rule, &self.armed));
    }
}

impl Injection {
    /// Waits until the client has asked for what comes after it. True: it went on from what was
    /// injected; false: it refused it, and began anew.
    ///
    /// # Errors
    /// It never asked again.
    pub async fn taken(&self) -> Result<bool> {
        let taken = || self.put.taken();
        self.shared.wait("the sync after an injection", taken).await
    }
}

impl Shared {
    fn happened(&self) {
        self.happened.send_modify(|count| *count += 1);
    }

    async fn wait<T>(&self, what: &str, found: impl Fn() -> Option<T>) -> Result<T> {
        let mut happened = self.happened.subscribe();
        let waiting = async {
            loop {
                happened.borrow_and_update();
                if let Some(found) = found() {
                    return anyhow::Ok(found);
                }
                happened.changed().await?;
            }
        };
        match timeout(PATIENCE, waiting).await {
            Ok(found) => found,
            Err(_) => bail!("waited in vain for {what}; seen: {:#?}", self.paths()),
        }
    }

    fn paths(&self) -> Vec<String> {
        let seen = lock(&self.seen);
        let last = seen.iter().rev().take(25);
        last.map(|request| format!("{} {}", request.method, request.path))
            .collect()
    }

    /// The rule that strikes this request, if one does.
    fn strike(&self, request: &Request) -> Option<Arc<Armed>> {
        let rules = lock(&self.rules).clone();
        let mut striking = None;
        for rule in rules.into_iter().filter(|rule| (rule.matches)(request)) {
            if rule.struck.load(Ordering::SeqCst) > 0 {
                rule.followed.fetch_add(1, Ordering::SeqCst);
            }
            let spend = |left: usize| left.checked_sub(1);
            if striking.is_none()
                && rule
                    .left
                    .fetch_update(Ordering::SeqCst, Ordering::SeqCst, spend)
                    .is_ok()
            {
                striking = Some(rule);
            }
        }
        striking
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            // A client may hang up at any time.
            let _ = serve(stream, &shared).await;
        });
    }
}

async fn serve(stream: TcpStream, shared: &Shared) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(request) = http::read(&mut stream).await? {
        let request = Arc::new(request);
        lock(&shared.seen).push(Arc::clone(&request));
        shared.queues.asked(&request);
        let striking = shared.strike(&request);
        shared.happened();
        match striking {
            Some(rule) => {
                let struck = rule::strike(&rule, &request, shared, &mut stream).await;
                rule.struck.fetch_add(1, Ordering::SeqCst);
                shared.happened();
                struck?;
            }
            None => {
                // A client that hung up must not be waited for: what is put into a sync would be
                // written to nobody.
                let mut byte = [0];
                let answer = tokio::select! {
                    answer = sync::answer(&request, shared) => answer?,
                    _ = stream.get_ref().peek(&mut byte) => return Ok(()),
                };
                answer.write(&mut stream).await?;
            }
        }
    }
    Ok(())
}

/// What the server says to a request.
async fn forward(request: &Request, shared: &Shared) -> Result<Answer> {
    let method = reqwest::Method::from_bytes(request.method.as_bytes())?;
    let url = format!("{}{}", shared.upstream, sync::unmarked(&request.path));
    let mut forwarded = shared.client.request(method, url);
    for (name, value) in &request.headers {
        if !["host", "connection", "content-length", "accept-encoding"].contains(&&**name) {
            forwarded = forwarded.header(name, value);
        }
    }
    let answer = forwarded.body(request.body.clone()).send().await?;
    let status = answer.status().as_u16();
    let headers = answer.headers().iter().filter_map(|(name, value)| {
        let name = name.as_str();
        let framing = ["connection", "content-length", "transfer-encoding"];
        let value = value.to_str().ok()?;
        (!framing.contains(&name)).then(|| (name.to_owned(), value.to_owned()))
    });
    let headers = headers.collect();
    let body = answer.bytes().await.context("half an answer")?.to_vec();
    Ok(Answer {
        status,
        headers,
        body,
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
