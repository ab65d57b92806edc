//! What the page may ask: each command maps its arguments, calls `pli_core`, maps the answer.

pub(crate) mod account;
pub(crate) mod app;
pub(crate) mod attachment;
pub(crate) mod composer;
pub(crate) mod directory;
pub(crate) mod draft;
pub(crate) mod link;
pub(crate) mod media;
pub(crate) mod member;
pub(crate) mod recovery;
pub(crate) mod room;
pub(crate) mod room_list;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod timeline;
pub(crate) mod vault;
