//! The signed-in account.

use matrix_sdk::Client;

use crate::content::Content;

/// A signed-in account: the only handle the shell has on Matrix.
pub struct Account {
    client: Client,
    pub(crate) content: Content,
}

impl Account {
    /// An account on a client that is signed in.
    #[allow(dead_code)]
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            content: Content::default(),
        }
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }
}
