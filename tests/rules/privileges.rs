//! What the page of the window is allowed, and that nothing widens it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use pli_ipc::commands::COMMANDS;
use serde_json::{Value, json};

fn shell() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri")
}

fn read_json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(serde_json::from_str(&text)?)
}

fn config() -> Result<Value> {
    read_json(&shell().join("tauri.conf.json"))
}

/// Names of the files in a folder of the shell.
fn files(folder: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(shell().join(folder))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[test]
fn the_content_security_policy_is_exactly_this() -> Result<()> {
    let config = config()?;
    let policy = config["app"]["security"]["csp"]
        .as_str()
        .context("no csp")?;
    let directives: BTreeMap<&str, &str> = policy
        .split(';')
        .map(|directive| directive.trim())
        .map(|directive| directive.split_once(' ').unwrap_or((directive, "")))
        .collect();
    let media = "pli-media: http://pli-media.localhost blob:";
    let expected = BTreeMap::from([
        ("default-src", "'none'"),
        ("script-src", "'self'"),
        ("style-src", "'self'"),
        ("font-src", "'self'"),
        ("img-src", media),
        ("media-src", media),
        (
            "connect-src",
            "ipc: http://ipc.localhost pli-media: http://pli-media.localhost",
        ),
        ("frame-src", "'none'"),
        ("worker-src", "'none'"),
        ("object-src", "'none'"),
        ("form-action", "'none'"),
        ("base-uri", "'none'"),
        ("frame-ancestors", "'none'"),
        ("require-trusted-types-for", "'script'"),
        // The editor's own clipboard policy; its input has no HTML of ours.
        ("trusted-types", "ProseMirrorClipboard"),
    ]);
    assert_eq!(directives, expected);
    Ok(())
}

#[test]
fn the_window_is_configured_with_the_least_privilege() -> Result<()> {
    let config = config()?;
    let security = &config["app"]["security"];
    assert_eq!(config["app"]["withGlobalTauri"], json!(false));
    assert_eq!(
        config["app"]["windows"],
        json!([]),
        "windows are opened by window.rs alone, which refuses navigation and downloads"
    );
    assert_eq!(security["freezePrototype"], json!(true));
    assert_eq!(
        security["assetProtocol"],
        json!({ "enable": false, "scope": [] })
    );
    assert_eq!(
        security["dangerousDisableAssetCspModification"],
        json!(false)
    );
    assert_eq!(security["capabilities"], json!(["main"]));
    assert_eq!(
        config["build"],
        json!({ "frontendDist": "../ui/dist" }),
        "the page is embedded: never fetched, not even from a development server"
    );
    let overrides: Vec<String> = files("")?
        .into_iter()
        .filter(|name| name.contains(".conf.") || name.starts_with("Tauri"))
        .collect();
    assert_eq!(
        overrides,
        ["tauri.conf.json"],
        "a configuration for one system would escape these tests"
    );
    Ok(())
}

/// `room_list_subscribe` as Tauri's permission.
fn permission(command: &str) -> String {
    format!("allow-{}", command.replace('_', "-"))
}

#[test]
fn the_one_capability_allows_our_commands_and_nothing_else() -> Result<()> {
    assert_eq!(files("capabilities")?, ["main.json"]);
    let mut capability = read_json(&shell().join("capabilities/main.json"))?;
    let permissions = capability["permissions"].take();
    let listed: Vec<&str> = permissions
        .as_array()
        .context("no permissions")?
        .iter()
        // A permission with a scope is an object: none of ours has one.
        .map(|permission| permission.as_str().unwrap_or("a scoped permission"))
        .collect();
    let allowed: BTreeSet<String> = listed.iter().map(|name| (*name).to_owned()).collect();
    let ours: BTreeSet<String> = COMMANDS.iter().map(|c| permission(c.name)).collect();
    assert_eq!(allowed, ours);
    assert_eq!(listed.len(), ours.len(), "each is listed once");

    let rest = capability.as_object().context("not an object")?;
    let keys: BTreeSet<&str> = rest.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        BTreeSet::from([
            "description",
            "identifier",
            "local",
            "permissions",
            "windows"
        ]),
        "no remote origin, no other web view"
    );
    assert_eq!(capability["local"], json!(true));
    assert_eq!(capability["windows"], json!(["main"]));
    Ok(())
}

#[test]
fn every_command_is_handled_and_every_handler_is_in_the_table() -> Result<()> {
    let source = std::fs::read_to_string(shell().join("src/commands.rs"))?;
    let (_, list) = source
        .split_once("generate_handler![")
        .context("no generate_handler")?;
    let (list, after) = list.split_once(']').context("an endless list")?;
    assert!(!after.contains("generate_handler"), "there is one list");
    let handled: Vec<&str> = list
        .split(',')
        .map(str::trim)
        .filter(|path| !path.is_empty())
        .map(|path| path.rsplit("::").next().unwrap_or(path))
        .collect();
    let unique: BTreeSet<&str> = handled.iter().copied().collect();
    let table: BTreeSet<&str> = COMMANDS.iter().map(|c| c.name).collect();
    assert_eq!(unique, table);
    assert_eq!(handled.len(), table.len(), "each is handled once");

    let names: Vec<&str> = COMMANDS.iter().map(|c| c.name).collect();
    assert!(names.is_sorted(), "the table is in alphabetical order");
    Ok(())
}

#[test]
fn no_plugin_gives_the_page_files_programs_or_the_network() -> Result<()> {
    let source = std::fs::read_to_string(shell().join("src/lib.rs"))?;
    let plugins: Vec<&str> = source
        .split(".plugin(")
        .skip(1)
        .filter_map(|rest| rest.split("::").next())
        .map(str::trim)
        .collect();
    // Used from Rust only: the capability above allows the page none of their commands.
    assert_eq!(
        plugins,
        [
            "tauri_plugin_single_instance",
            "tauri_plugin_clipboard_manager",
            "tauri_plugin_dialog"
        ]
    );
    Ok(())
}

#[test]
fn a_release_is_built_without_developer_tools() -> Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--package=pli"])
        .args(["--edges=normal", "--prefix=none", "--format={p}|{f}"])
        .current_dir(shell())
        .output()?;
    let tree = String::from_utf8(output.stdout)?;
    let mut seen = BTreeSet::new();
    for line in tree.lines() {
        let (package, features) = line.split_once('|').context("no features")?;
        let name = package.split(' ').next().unwrap_or_default();
        if !["tauri", "tauri-runtime-wry", "wry"].contains(&name) {
            continue;
        }
        seen.insert(name);
        let features: Vec<&str> = features.trim_end_matches(" (*)").split(',').collect();
        for forbidden in [
            "devtools",
            "protocol-asset",
            "unstable",
            "macos-private-api",
        ] {
            assert!(
                !features.contains(&forbidden),
                "{name} is built with {forbidden}"
            );
        }
    }
    assert_eq!(
        seen.len(),
        3,
        "tauri and what draws for it are looked at: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let window = std::fs::read_to_string(shell().join("src/window.rs"))?;
    assert!(
        window.contains(".devtools(cfg!(debug_assertions))"),
        "only a build for developers opens them"
    );
    Ok(())
}
