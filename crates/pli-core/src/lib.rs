//! What Pli does with Matrix: accounts, sync, rooms, timelines, sending.

pub mod file_name;
pub mod link;
pub mod message_html;
mod mxc;
mod registry;
