//! The JSON that crosses between the shell and the page.
//!
//! Conventions: fields are camelCase; enums that carry data name their variant in `kind`;
//! instants are milliseconds since the Unix epoch; sizes are bytes; media and links are
//! opaque ids that only the shell can resolve. Types that come from the page refuse
//! unknown fields, and their commands cap their lengths.

mod account;
mod attachment;
mod diff;
mod error;
pub(crate) mod limit;
mod message;
mod navigation;
mod policy;
mod room;
mod room_keys;
mod room_list;
mod secret;
mod settings;
mod state;
mod timeline;
mod verification;

pub use account::*;
pub use attachment::*;
pub use diff::*;
pub use error::*;
pub use message::*;
pub use navigation::*;
pub use policy::*;
pub use room::*;
pub use room_keys::*;
pub use room_list::*;
pub use secret::*;
pub use settings::*;
pub use state::*;
pub use timeline::*;
pub use verification::*;
