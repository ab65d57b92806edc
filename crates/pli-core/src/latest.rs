//! The SDK's tasks for the latest event of each room, where they can be ended.

use std::sync::{Mutex, PoisonError};

use matrix_sdk::Client;
use tokio::runtime::{Builder, Runtime};

/// As the shell's runtime has: messages with deeply nested HTML are freed by recursion.
const STACK: usize = 16 * 1024 * 1024;

/// A runtime for these tasks alone. They hold the client, and the client holds them: in any
/// other runtime neither would ever end (matrix-sdk 0.18), and the stores would stay in use
/// after the account.
pub(crate) struct LatestEvents(Mutex<Option<Runtime>>);

impl LatestEvents {
    /// Starts the tasks of a client. Nothing else may have asked for latest events before.
    pub(crate) async fn start(client: &Client) -> Self {
        // One thread listens while the other computes: whoever listens too slowly stops for good.
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_stack_size(STACK)
            .enable_all()
            .build();
        let Ok(runtime) = runtime else {
            tracing::error!(name: "no runtime for the latest events", "");
            return Self(Mutex::default());
        };
        let client = client.clone();
        let started = runtime.spawn(async move {
            client.latest_events().await;
        });
        if started.await.is_err() {
            tracing::error!(name: "the latest events did not start", "");
        }
        Self(Mutex::new(Some(runtime)))
    }

    /// Ends them; what they held is let go soon.
    pub(crate) fn end(&self) {
        let runtime = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
    }
}

impl Drop for LatestEvents {
    fn drop(&mut self) {
        // A runtime must not be dropped where others run.
        self.end();
    }
}
