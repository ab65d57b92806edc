//! The configuration of a test server.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use matrix_sdk::ruma::serde::{Base64, base64::Standard};
use serde_json::{Value, json};

use super::federation::Certificate;

/// What tells one test server from another.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where everything is kept.
    pub directory: PathBuf,
    /// Port of the client-server API, on loopback, in clear.
    pub port: u16,
    /// Server name.
    pub server_name: String,
    /// What federation needs, if the server has peers.
    pub federation: Option<Certificate>,
    /// Settings that replace ours, by name.
    pub extra: Value,
}

impl ServerConfig {
    /// A server of its own, named after its port.
    pub fn new(directory: &Path, port: u16) -> Self {
        Self {
            directory: directory.to_owned(),
            port,
            server_name: format!("localhost:{port}"),
            federation: None,
            extra: json!({}),
        }
    }

    /// The configuration file.
    pub fn path(&self) -> PathBuf {
        self.directory.join("homeserver.yaml")
    }

    /// Writes the configuration (JSON is YAML) and, the first time, the signing key.
    pub(super) fn write(&self) -> Result<()> {
        fs::create_dir_all(&self.directory)?;
        let key = self.directory.join("signing.key");
        if !key.exists() {
            let mut seed = [0_u8; 32];
            let mut random = fs::File::open("/dev/urandom")?;
            std::io::Read::read_exact(&mut random, &mut seed)?;
            let seed: Base64<Standard, _> = Base64::new(seed);
            fs::write(&key, format!("ed25519 a_test {}\n", seed.encode()))?;
        }
        let settings = serde_json::to_vec_pretty(&self.settings())?;
        fs::write(self.path(), settings).context("writing the server's configuration")
    }

    fn settings(&self) -> Value {
        let mut settings = json!({
            "server_name": self.server_name,
            "public_baseurl": format!("http://127.0.0.1:{}/", self.port),
            "pid_file": self.directory.join("homeserver.pid"),
            "signing_key_path": self.directory.join("signing.key"),
            "media_store_path": self.directory.join("media"),
            "listeners": self.listeners(),
            "database": {
                "name": "sqlite3",
                "args": { "database": self.directory.join("homeserver.db") },
            },
            "report_stats": false,
            "trusted_key_servers": [],
            "suppress_key_server_warning": true,
            "enable_registration": true,
            "enable_registration_without_verification": true,
            "macaroon_secret_key": "only for tests",
            "form_secret": "only for tests",
            "bcrypt_rounds": 4,
            "presence": { "enabled": false },
            "max_upload_size": "20M",
            "user_directory": { "enabled": true, "search_all_users": true },
            "allow_public_rooms_without_auth": false,
            "ip_range_blacklist": [],
        });
        let added = [
            unlimited_rates(),
            self.federation_settings(),
            self.extra.clone(),
        ];
        if let Some(settings) = settings.as_object_mut() {
            for values in added.iter().filter_map(Value::as_object) {
                settings.extend(values.clone());
            }
        }
        settings
    }

    fn listeners(&self) -> Value {
        let clients = json!({
            "port": self.port,
            "bind_addresses": ["127.0.0.1"],
            "type": "http",
            "tls": false,
            "resources": [{ "names": ["client"], "compress": false }],
        });
        let Some(certificate) = &self.federation else {
            return json!([clients]);
        };
        let servers = json!({
            "port": certificate.port,
            "bind_addresses": ["127.0.0.1"],
            "type": "http",
            "tls": true,
            "resources": [{ "names": ["federation"], "compress": false }],
        });
        json!([clients, servers])
    }

    fn federation_settings(&self) -> Value {
        match &self.federation {
            None => json!({ "federation_domain_whitelist": [] }),
            Some(certificate) => json!({
                "tls_certificate_path": certificate.certificate,
                "tls_private_key_path": certificate.key,
                "federation_custom_ca_list": [certificate.authority],
                "federation_client_minimum_tls_version": "1.2",
            }),
        }
    }
}

/// Tests sign in and write faster than people.
fn unlimited_rates() -> Value {
    let free = json!({ "per_second": 10_000, "burst_count": 10_000 });
    json!({
        "rc_message": free,
        "rc_registration": free,
        "rc_login": { "address": free, "account": free, "failed_attempts": free },
        "rc_admin_redaction": free,
        "rc_joins": { "local": free, "remote": free },
        "rc_joins_per_room": free,
        "rc_invites": { "per_room": free, "per_user": free, "per_issuer": free },
        "rc_room_creation": free,
        "rc_media_create": free,
        "rc_reports": free,
        "rc_user_directory": free,
        "rc_3pid_validation": free,
        "rc_key_requests": free,
    })
}
