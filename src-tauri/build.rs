//! Declares the commands to Tauri, so that each is refused unless a capability allows it.

use std::{fs, io, path::Path};

#[path = "../crates/pli-ipc/src/commands.rs"]
#[allow(dead_code, missing_docs, unreachable_pub)]
mod commands;

/// Where the built page is expected; Tauri embeds it when this crate is compiled.
const PAGE: &str = "../ui/dist";

/// Shown when the page was not built: `cargo check` and the tests of the crates need none.
const NO_PAGE: &str = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Pli</title>\n<p>The page is not built: run <code>npm run build</code> in <code>ui/</code>.</p>\n";

fn main() -> io::Result<()> {
    let index = Path::new(PAGE).join("index.html");
    if !index.exists() {
        fs::create_dir_all(PAGE)?;
        fs::write(&index, NO_PAGE)?;
    }
    println!("cargo:rerun-if-changed={PAGE}");
    println!("cargo:rerun-if-changed=../crates/pli-ipc/src/commands.rs");

    let names: Vec<&'static str> = commands::COMMANDS.iter().map(|c| c.name).collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).map_err(io::Error::other)
}
