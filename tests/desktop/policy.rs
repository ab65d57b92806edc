//! What the organisation decides, in the window and in the terminal.

use std::{
    io::ErrorKind,
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    process::{Command, Output},
};

use anyhow::{Context, Result};
use pli_testkit::{
    desktop::{Desk, Window},
    place,
    synapse::Synapse,
};
use serde_json::json;
use thirtyfour::Key;

use crate::signing_in::profile;

/// Opens a page of the settings.
async fn settings(window: &Window, page: &str) -> Result<()> {
    window.key(&[Key::Control], ',').await?;
    window.named("tab", page).await?.click().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_limits_signing_in_to_its_servers_and_locks_a_setting() -> Result<()> {
    let server = Synapse::shared().await?;
    let mut desk = Desk::new()?;
    let policy = json!({
        "Servers": { server.server_name(): "Ministère de l’Essai" },
        "OtherServersAllowed": false,
        "NotificationContent": "nothing",
        "IdleLockMinutes": "dix",
    });
    desk.force("10-essai.json", &policy)?;
    let window = desk.open().await?;

    let stranger = TcpListener::bind(("127.0.0.1", 0))?;
    stranger.set_nonblocking(true)?;
    let address = format!("@camille:localhost:{}", stranger.local_addr()?.port());
    window.fill("Votre adresse", &address).await?;
    window.press("Continuer").await?;
    window
        .read(
            "main",
            "Votre organisation n’autorise pas cette messagerie.",
        )
        .await?;
    let asked = stranger.accept().map_err(|error| error.kind());
    assert_eq!(asked.err(), Some(ErrorKind::WouldBlock), "nobody was asked");
    window.press("Choisir la messagerie dans une liste").await?;
    window.read("main", "Ministère de l’Essai").await?;
    window.screenshot("policy-sign-in").await?;

    let user = server.register("camille.policy").await?;
    server.probe().forget_device(&user).await?;
    window.fill("Votre adresse", &user.id).await?;
    window.press("Continuer").await?;
    window.fill("Mot de passe", &user.password).await?;
    window.press("Se connecter").await?;
    window.note_code().await?;
    window.read("footer", "En ligne").await?;

    settings(&window, "Notifications").await?;
    window
        .read("[role=radiogroup]", "Géré par votre organisation")
        .await?;
    let chosen = "[role=radiogroup] [data-selected]";
    window.read(chosen, "Rien d’autre").await?;
    window
        .named("tab", "Règles en vigueur")
        .await?
        .click()
        .await?;
    window
        .read("[role=tabpanel]", "Ministère de l’Essai")
        .await?;
    window
        .read(
            "[role=tabpanel]",
            "ignoré (imposé au poste)\u{a0}: mauvais type",
        )
        .await?;
    window.screenshot("policy-rules").await?;
    window.close().await?;
    let log = std::fs::read_to_string(profile(&desk).join("log/pli.log"))?;
    let told = "[a value of the policy was ignored] key=IdleLockMinutes problem=WrongType";
    assert!(log.contains(told), "{log}");
    Ok(())
}

/// Where there is no screen at all.
fn policies(desk: &Desk) -> Result<Output> {
    let mut pli = Command::new(place::binary("pli")?);
    pli.arg("--policies").envs(desk.environment());
    pli.env_remove("DISPLAY").env("LC_ALL", "fr_FR.UTF-8");
    pli.output().context("running pli --policies")
}

/// The cells of the line of a key.
fn line<'a>(printed: &'a str, key: &str) -> Vec<&'a str> {
    let start = format!("{key} ");
    let line = printed.lines().find(|line| line.starts_with(&start));
    let cells = line.unwrap_or_default().split("  ").map(str::trim);
    cells.filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn the_terminal_is_told_the_rules_in_force_without_a_window() -> Result<()> {
    let mut desk = Desk::new()?;
    desk.force(
        "10.json",
        &json!({ "OtherServersAllowed": false, "Wallpaper": 1 }),
    )?;
    desk.force(
        "20.json",
        &json!({ "UploadLimitMegabytes": -1, "IdleLockMinutes": 10 }),
    )?;
    desk.force("30.json", &json!({ "OtherServersAllowed": true }))?;
    let root = desk.policies().context("there are policies")?;
    let open = root.join("etc/pli/policies/managed/30.json");
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o666))?;

    let told = policies(&desk)?;
    assert!(told.status.success());
    let printed = String::from_utf8(told.stdout)?;
    let cells = |key| line(&printed, key);
    assert_eq!(
        cells("OtherServersAllowed"),
        [
            "OtherServersAllowed",
            "imposé au poste",
            "en vigueur",
            "false"
        ],
        "the file that others may write to forces nothing: {printed}"
    );
    assert_eq!(
        cells("UploadLimitMegabytes"),
        [
            "UploadLimitMegabytes",
            "par défaut",
            "ignoré (imposé au poste)\u{a0}: hors des limites",
            "0"
        ]
    );
    assert_eq!(
        cells("IdleLockMinutes"),
        [
            "IdleLockMinutes",
            "imposé au poste",
            "sans effet dans cette version",
            "10"
        ]
    );
    assert!(
        printed.contains("Wallpaper (imposé au poste)\u{a0}: clé inconnue"),
        "{printed}"
    );
    let refused = format!("{} n’a pas été lu", open.display());
    assert!(printed.contains(&refused), "{printed}");
    assert!(
        !desk.home().join(".local/share").try_exists()?,
        "nothing was opened or made"
    );
    Ok(())
}
