//! From the key that asks for the next room to its messages on the screen.

use std::time::Duration;

use anyhow::{Context, Result};
use pli_testkit::desktop::Window;
use serde_json::json;

const ROOMS: usize = 60;

/// Presses Alt+↓ as often, and times each in the page itself.
const WALK: &str = "
const [rooms, done] = [arguments[0], arguments[1]];
const body = () => document.querySelector('main [role=log]');
const next = () => new Promise(resolve => {
  const before = body()?.getAttribute('aria-label');
  const begun = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown',
    { key: 'ArrowDown', code: 'ArrowDown', altKey: true, bubbles: true, cancelable: true }));
  const look = () => {
    const log = body();
    const there = log && log.getAttribute('aria-label') !== before && /Message du salon/.test(log.textContent);
    if (there) requestAnimationFrame(() => resolve(performance.now() - begun));
    else if (performance.now() - begun > 10000) resolve(10000);
    else requestAnimationFrame(look);
  };
  look();
});
(async () => {
  const times = [];
  for (let i = 0; i < rooms; i++) {
    times.push(await next());
    await new Promise(later => setTimeout(later, 100));
  }
  done(times);
})();
";

pub(crate) async fn measure(window: &Window) -> Result<Vec<Duration>> {
    window.room_list().await?;
    window.open_first_room().await?;
    let times = window
        .page()
        .execute_async(WALK, vec![json!(ROOMS)])
        .await?;
    let times = times.json().as_array().context("no times")?.clone();
    times
        .iter()
        .map(|time| {
            let milliseconds = time.as_f64().context("no time")?;
            Ok(Duration::try_from_secs_f64(milliseconds / 1_000.0)?)
        })
        .collect()
}
