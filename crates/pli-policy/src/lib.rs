//! The policy of the organisation: its keys, where their values come from, and which one holds.
//!
//! [`Policy`] is the one place where the keys are told. [`Rules`] reads what the machine and the
//! organisation say of them, refuses what does not fit, and tells for each key the value that
//! holds, who set it, and what was ignored. What is made from the keys is checked in, in
//! `docs/policy*`: `cargo xtask policy` writes it, and a test fails when it is stale.

#[macro_use]
mod key;
mod choice;
#[cfg(test)]
mod document;
mod judgement;
mod kind;
mod policy;
mod rules;
mod source;
#[cfg(test)]
mod tests;

pub use self::{
    choice::{Language, LogLevel, LoginMethod, NotificationContent, RoomKind, Timer, UpdateMode},
    key::{Chapter, Key},
    kind::{Choice, Form, Item, Kind, Problem, Words},
    policy::{KEYS, Policy},
    rules::{Ignored, Rule, Rules, Unknown},
    source::{Reason, Refusal, Source},
};
