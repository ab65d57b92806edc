//! Two servers of two ministries on one machine.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{ServerConfig, Synapse, run};
use crate::place;

/// What a server shows its peers.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// Port of the federation API, on loopback, under TLS.
    pub port: u16,
    /// The server's certificate.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// The authority that signed both servers' certificates.
    pub authority: PathBuf,
}

/// Starts two servers that federate, each in a folder of `directory`.
///
/// # Errors
/// openssl or Synapse is missing, or a server does not come up.
pub async fn pair(directory: &Path, ports: [(u16, u16); 2]) -> Result<(Synapse, Synapse)> {
    std::fs::create_dir_all(directory)?;
    if !directory.join("server.crt").exists() {
        make_certificates(directory)?;
    }
    let [first, second] = ports.map(|(clients, servers)| config(directory, clients, servers));
    Ok((
        Synapse::start_with(first).await?,
        Synapse::start_with(second).await?,
    ))
}

/// Free ports for [`pair`].
///
/// # Errors
/// The system has none left.
pub fn free_ports() -> Result<[(u16, u16); 2]> {
    Ok([
        (place::free_port()?, place::free_port()?),
        (place::free_port()?, place::free_port()?),
    ])
}

fn config(directory: &Path, clients: u16, servers: u16) -> ServerConfig {
    let own = directory.join(format!("server-{servers}"));
    ServerConfig {
        server_name: format!("localhost:{servers}"),
        federation: Some(Certificate {
            port: servers,
            certificate: directory.join("server.crt"),
            key: directory.join("server.key"),
            authority: directory.join("authority.crt"),
        }),
        ..ServerConfig::new(&own, clients)
    }
}

/// An authority for this directory alone, and one certificate for `localhost`.
fn make_certificates(directory: &Path) -> Result<()> {
    let key = ["req", "-newkey", "rsa:2048", "-nodes", "-sha256"];
    let authority = [
        "-x509",
        "-days",
        "3650",
        "-subj",
        "/CN=Pli test authority",
        "-keyout",
        "authority.key",
        "-out",
        "authority.crt",
    ];
    run("openssl", &[&key[..], &authority[..]].concat(), directory)?;
    let request = [
        "-subj",
        "/CN=localhost",
        "-keyout",
        "server.key",
        "-out",
        "server.csr",
    ];
    run("openssl", &[&key[..], &request[..]].concat(), directory)?;
    std::fs::write(
        directory.join("names"),
        "subjectAltName=DNS:localhost,IP:127.0.0.1\n",
    )?;
    let sign = [
        "x509",
        "-req",
        "-days",
        "3650",
        "-sha256",
        "-in",
        "server.csr",
        "-CA",
        "authority.crt",
        "-CAkey",
        "authority.key",
        "-CAcreateserial",
        "-extfile",
        "names",
        "-out",
        "server.crt",
    ];
    run("openssl", &sign, directory)
}
