//! A small invented ministry on a local server: what the demo shows and the pictures are
//! taken of. Seeding takes a minute; the result is kept and found again.

mod picture;
mod script;
mod stage;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::{
    place,
    synapse::{ServerConfig, Synapse, federation},
};
use script::Person;

/// Goes up whenever what is seeded changes, so that kept ministries are made anew.
const VERSION: u32 = 2;

const PEOPLE: &str = include_str!("../ministry/people.txt");
const ROOMS: &str = include_str!("../ministry/rooms.txt");

/// A way into the ministry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    /// Full user id.
    pub address: String,
    /// Display name.
    pub name: String,
    /// Password.
    pub password: String,
    /// What a second device is asked for; none for an account that never signed in.
    pub recovery_code: Option<String>,
    /// Base URL of its server.
    pub server: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Register {
    version: u32,
    ports: Vec<(u16, u16)>,
    accounts: Vec<Account>,
}

/// A running ministry.
#[derive(Debug)]
pub struct Ministry {
    /// Its servers: one, or two that federate.
    pub servers: Vec<Synapse>,
    /// Who may sign in.
    pub accounts: Vec<Account>,
}

impl Ministry {
    /// Opens the ministry that is kept in `directory`, or makes it; `tell` hears of each step.
    ///
    /// # Errors
    /// A server does not come up, or its port is taken.
    pub async fn open(directory: &Path, federated: bool, tell: impl Fn(&str)) -> Result<Self> {
        let register = directory.join("register.json");
        let kept = fs::read(&register)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Register>(&bytes).ok())
            .filter(|kept| kept.version == VERSION);
        if let Some(kept) = kept {
            let servers = servers(directory, &kept.ports).await?;
            let accounts = kept.accounts;
            return Ok(Self { servers, accounts });
        }
        if directory.exists() {
            fs::remove_dir_all(directory)?;
        }
        fs::create_dir_all(directory)?;
        let ports = if federated {
            federation::free_ports()?.to_vec()
        } else {
            vec![(place::free_port()?, 0)]
        };
        tell("starting the server");
        let servers = servers(directory, &ports).await?;
        let accounts = seed(&servers, &tell).await?;
        let kept = Register {
            version: VERSION,
            ports,
            accounts,
        };
        fs::write(register, serde_json::to_vec_pretty(&kept)?)?;
        let accounts = kept.accounts;
        Ok(Self { servers, accounts })
    }
}

async fn servers(directory: &Path, ports: &[(u16, u16)]) -> Result<Vec<Synapse>> {
    match *ports {
        [(clients, _)] => {
            let config = ServerConfig::new(&directory.join("server"), clients);
            Ok(vec![Synapse::start_with(config).await?])
        }
        [first, second] => {
            let (first, second) = federation::pair(directory, [first, second]).await?;
            Ok(vec![first, second])
        }
        _ => bail!("a ministry has one server or two"),
    }
}

async fn seed(servers: &[Synapse], tell: &impl Fn(&str)) -> Result<Vec<Account>> {
    let people = script::people(PEOPLE)?;
    let scenes = script::scenes(ROOMS)?;
    tell(&format!("{} people arrive", people.len()));
    let mut cast = BTreeMap::new();
    let mut accounts = Vec::new();
    for person in people {
        let actor = stage::Actor::arrive(&person, server_of(&person, servers)?).await?;
        accounts.push(actor.account(&person));
        cast.insert(person.local_part.clone(), actor);
    }
    for scene in &scenes {
        let what = if scene.name.is_empty() {
            "a direct room"
        } else {
            &scene.name
        };
        tell(what);
        stage::play(scene, &cast).await?;
    }
    tell("saving everybody's keys");
    for actor in cast.into_values() {
        actor.leave().await?;
    }
    Ok(accounts)
}

fn server_of<'a>(person: &Person, servers: &'a [Synapse]) -> Result<&'a Synapse> {
    let server = if person.elsewhere {
        servers.last()
    } else {
        servers.first()
    };
    server.context("no server")
}
