//! A web server under TLS that is no Matrix server, with a certificate good or bad.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{place, process::Process};

/// Of when the certificate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Now.
    Current,
    /// Until yesterday.
    Expired,
}

/// The server. Ends when dropped.
#[derive(Debug)]
pub struct HttpsServer {
    /// Port on loopback.
    pub port: u16,
    /// Its authority, in PEM: nobody trusts it unless told to.
    pub authority: Vec<u8>,
    _process: Process,
    _directory: TempDir,
}

impl HttpsServer {
    /// Starts one, for `localhost`.
    ///
    /// # Errors
    /// Synapse's Python is not installed.
    pub fn start(validity: Validity) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("pli-https-").tempdir()?;
        let log = directory.path().join("server.log");
        let until = match validity {
            Validity::Current => "1",
            Validity::Expired => "-1",
        };
        let mut process = Process::start(place::synapse_python()?, &log, |command| {
            command
                .args(["-c", SERVE, until])
                .current_dir(directory.path())
                .stdout(Stdio::piped());
        })?;
        let mut line = String::new();
        let output = process
            .take_stdout()
            .context("a server without an output")?;
        BufReader::new(output).read_line(&mut line)?;
        let port = line.trim().parse().with_context(|| {
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            format!("the server did not start: {said}")
        })?;
        Ok(Self {
            port,
            authority: std::fs::read(directory.path().join("authority.pem"))?,
            _process: process,
            _directory: directory,
        })
    }
}

/// Makes an authority and a certificate that ends so many days from now, prints its port, and
/// answers every request with a page.
const SERVE: &str = r#"
import datetime, http.server, ssl, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

now = datetime.datetime.now(datetime.timezone.utc)
day = datetime.timedelta(days=1)

def certificate(name, key, issuer, signer, until, authority):
    named = lambda n: x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, n)])
    builder = (x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(issuer))
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - 30 * day).not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True))
    if not authority:
        names = x509.SubjectAlternativeName([x509.DNSName('localhost')])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
open('authority.pem', 'wb').write(certificate('Pli test', root, 'Pli test', root, now + 30 * day, True))
open('server.pem', 'wb').write(
    leaf.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption())
    + certificate('localhost', leaf, 'Pli test', root, now + int(sys.argv[1]) * day, False))

class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        body = b'<p>not a Matrix server'
        self.send_response(200)
        self.send_header('content-type', 'text/html')
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Page)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('server.pem')
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
"#;
