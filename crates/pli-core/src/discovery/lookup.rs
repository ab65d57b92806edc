//! Which server an e-mail address lives on, as the State's servers tell it: the endpoint `info`
//! of their identity API, which needs no account.

use std::time::Duration;

use matrix_sdk::ruma::{OwnedServerName, ServerName};
use pli_policy::Policy;
use reqwest::Client;
use serde::Deserialize;

use super::{DiscoveryError, answer, base_url, email::Email};

const PATH: &str = "_matrix/identity/api/v1/info";

/// How many servers are asked at the most.
const MOST: usize = 3;

/// How long one of them may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the servers tell of an address.
pub(super) enum Told {
    /// The server of its account.
    At(Place),
    /// None that answers has this endpoint, or there is none to ask.
    Nothing,
    /// None of them answers.
    Silence(DiscoveryError),
}

/// Where an account is.
#[derive(Deserialize)]
pub(super) struct Place {
    /// Server of the account.
    pub(super) hs: OwnedServerName,
    /// The server of the ministry that the person has come to since.
    #[serde(default)]
    pub(super) new_hs: Option<OwnedServerName>,
}

/// Asks servers that the policy lists, one after the other; no other ever hears the address. The
/// first is drawn by lot, so that not one of them answers for a whole ministry.
pub(super) async fn ask(http: &Client, policy: &Policy, email: &Email<'_>) -> Told {
    let servers: Vec<&String> = policy.servers.keys().collect();
    let first = lot(servers.len());
    let in_turn = servers.iter().cycle().skip(first).take(servers.len());
    let mut told = Told::Nothing;
    let mut silent = true;
    for server in in_turn.take(MOST) {
        let asked = tokio::time::timeout(PATIENCE, ask_one(http, policy, server, email)).await;
        match asked.unwrap_or(Err(DiscoveryError::Offline)) {
            Ok(place) => return Told::At(place),
            // It answers, and has no such endpoint.
            Err(DiscoveryError::NotMatrix) => silent = false,
            Err(error) => told = Told::Silence(error),
        }
    }
    if silent { told } else { Told::Nothing }
}

async fn ask_one(
    http: &Client,
    policy: &Policy,
    server: &str,
    email: &Email<'_>,
) -> Result<Place, DiscoveryError> {
    let (_, base_url) = base_url(http, policy, server).await?;
    let mut url = answer::below(&base_url, PATH);
    url.query_pairs_mut()
        .append_pair("medium", "email")
        .append_pair("address", &email.canonical());
    answer::get_url(http, url).await
}

fn lot(count: usize) -> usize {
    let mut drawn = [0];
    // Without a random number the first is as good.
    let _ = getrandom::fill(&mut drawn);
    let [drawn] = drawn;
    usize::from(drawn).checked_rem(count).unwrap_or_default()
}

/// Whether two names are of the same server.
pub(super) fn is_same(one: &ServerName, other: &ServerName) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}
