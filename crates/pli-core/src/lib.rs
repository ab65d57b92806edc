//! What Pli does with Matrix: accounts, sync, rooms, timelines, sending.

pub mod account;
pub mod attachment;
mod compaction;
pub mod composer;
mod content;
pub mod directory;
pub mod discovery;
pub mod disk;
mod file;
pub mod file_name;
mod gaps;
pub mod http;
mod identities;
mod latest;
pub mod link;
pub mod media;
pub mod member;
pub mod message_html;
mod mxc;
pub mod notification;
mod registry;
pub mod room;
pub mod room_list;
pub mod session;
pub mod sync;
pub mod timeline;
pub mod values;
