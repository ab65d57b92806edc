//! Opening and closing.

use anyhow::Result;
use pli_testkit::desktop::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn pli_opens_its_window_and_ends_when_it_is_closed() -> Result<()> {
    let desk = Desk::new()?;
    let window = desk.open().await?;
    assert_eq!(window.page().title().await?, "Pli");
    window.close().await
}
