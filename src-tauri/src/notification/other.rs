//! Systems whose notifications come with a later version: the badge serves meanwhile.

use super::Worded;

/// Nothing is on screen.
#[derive(Default)]
pub(super) struct Screen;

impl Screen {
    /// Shows nothing.
    pub(super) async fn show(
        &mut self,
        _key: String,
        _worded: Worded,
        _clicked: impl FnOnce() + Send + 'static,
    ) {
    }

    /// Nothing to take back.
    pub(super) async fn withdraw(&mut self, _key: &str) {}
}
