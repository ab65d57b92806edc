//! The window, and everything its page is refused.

use tauri::{
    App, AppHandle, Manager, Runtime, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
    utils::config::Color,
    webview::{NewWindowResponse, PageLoadEvent, PermissionResponse},
};

use crate::{file_drop, shell::Shell, subscription::Subscriptions};

/// The only window; `capabilities/main.json` names it.
pub(crate) const LABEL: &str = "main";

/// What is painted before the page is: the tokens' `--wall`.
const LIGHT: Color = Color(0xec, 0xee, 0xf4, 0xff);
const DARK: Color = Color(0x12, 0x14, 0x1b, 0xff);

/// Opens the window.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Pli")
        .inner_size(1280.0, 800.0)
        .min_inner_size(480.0, 400.0)
        .visible(false)
        .background_color(LIGHT)
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Started {
                close_subscriptions(&window);
            }
        });
    let window = storage(builder).build()?;

    let closing = window.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::Destroyed => close_subscriptions(&closing),
        WindowEvent::Focused(focused) => closing.state::<Shell>().set_focused(*focused),
        WindowEvent::DragDrop(event) => file_drop::on_event(closing.app_handle(), event),
        _ => {}
    });
    #[cfg(target_os = "linux")]
    web_settings(&window)?;
    if window.theme().is_ok_and(|theme| theme == Theme::Dark) {
        window.set_background_color(Some(DARK))?;
    }
    // The account may have been opened before there was a window.
    set_zoom(&window, window.state::<Shell>().settings.get().zoom);
    window.show()
}

/// Brings the window to the front.
pub(crate) fn focus(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let shown = window.show().and_then(|()| window.unminimize());
        if shown.and_then(|()| window.set_focus()).is_err() {
            tracing::warn!(name: "the window could not be brought to the front", "");
        }
    }
}

/// Draws the page at `percent` of its size.
pub(crate) fn set_zoom(window: &WebviewWindow, percent: u16) {
    if window.set_zoom(f64::from(percent) / 100.0).is_err() {
        tracing::warn!(name: "the zoom could not be set", percent);
    }
}

/// The page never leaves the files embedded in the program.
fn is_own_page(url: &Url) -> bool {
    let own = if cfg!(windows) {
        url.scheme() == "http" && url.host_str() == Some("tauri.localhost")
    } else {
        url.scheme() == "tauri" && url.host_str() == Some("localhost")
    };
    if !own {
        tracing::warn!(name: "the page tried to leave", "");
    }
    own
}

fn close_subscriptions<R: Runtime>(window: &WebviewWindow<R>) {
    window.state::<Subscriptions>().close_all(window.label());
}

/// The web view keeps nothing: no cache, cookie or local storage outlives the window. But
/// WebDriver cannot attach to a private web view: while it drives, a temporary directory stands in.
fn storage(
    builder: WebviewWindowBuilder<'_, tauri::Wry, App>,
) -> WebviewWindowBuilder<'_, tauri::Wry, App> {
    let driven = std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true");
    if keeps_nothing(cfg!(debug_assertions), driven) {
        builder.incognito(true)
    } else {
        let directory = format!("pli-driven-{}", std::process::id());
        builder.data_directory(std::env::temp_dir().join(directory))
    }
}

/// In a release, whatever the environment says.
const fn keeps_nothing(debug_build: bool, driven: bool) -> bool {
    !(debug_build && driven)
}

/// Takes from WebKit what the page has no use for, and switches spell checking on.
#[cfg(target_os = "linux")]
fn web_settings(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{SettingsExt, WebContextExt, WebViewExt};

    window.with_webview(|webview| {
        let view = webview.inner();
        if let Some(context) = view.context() {
            context.set_spell_checking_languages(&["fr_FR", "en_GB"]);
            context.set_spell_checking_enabled(true);
        }
        if let Some(settings) = WebViewExt::settings(&view) {
            settings.set_enable_html5_local_storage(false);
            settings.set_enable_html5_database(false);
            settings.set_enable_page_cache(false);
            settings.set_enable_webgl(false);
            settings.set_enable_webaudio(false);
            settings.set_enable_media_stream(false);
            settings.set_javascript_can_open_windows_automatically(false);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_keeps_nothing_whatever_the_environment_says() {
        assert!(keeps_nothing(false, false));
        assert!(keeps_nothing(false, true));
        assert!(keeps_nothing(true, false));
        assert!(!keeps_nothing(true, true), "WebDriver could not attach");
    }

    #[test]
    fn only_the_embedded_page_may_be_shown() {
        let own = if cfg!(windows) {
            "http://tauri.localhost/index.html"
        } else {
            "tauri://localhost/index.html"
        };
        assert!(is_own_page(&own.parse().unwrap()));
        for foreign in [
            "https://example.org/",
            "http://localhost/",
            "tauri://example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "pli-media://localhost/x",
            "javascript:alert(1)",
        ] {
            assert!(!is_own_page(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
