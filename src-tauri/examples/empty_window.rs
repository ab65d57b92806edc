//! A Tauri window with nothing in it: what the figures of `cargo xtask bench` are held against.

use tauri::{WebviewUrl, WebviewWindowBuilder, http::Response};

fn main() -> tauri::Result<()> {
    let page = b"<!doctype html><title>empty</title><p>empty</p>";
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", move |_, _| {
            Response::builder()
                .header("Content-Type", "text/html")
                .body(page.to_vec())
                .unwrap_or_default()
        })
        .setup(|app| {
            let url = "empty://localhost/"
                .parse()
                .map(WebviewUrl::CustomProtocol)?;
            WebviewWindowBuilder::new(app, "empty", url)
                .inner_size(1280.0, 800.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
