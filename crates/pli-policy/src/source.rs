//! Where policies are kept, system by system.

use serde_json::{Map, Value};

#[cfg(unix)]
pub(crate) mod linux;
#[cfg(any(target_os = "macos", test))]
pub(crate) mod macos;
#[cfg(any(windows, test))]
pub(crate) mod registry;
#[cfg(unix)]
mod trusted;

/// Who set a value; a later one holds against those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Nobody: Pli itself.
    Default,
    /// The organisation recommends it.
    Recommended,
    /// The user, in the settings.
    Own,
    /// The organisation, for this user.
    User,
    /// The organisation, for this computer.
    Machine,
}

impl Source {
    /// Whether the user cannot change it.
    pub const fn is_forced(self) -> bool {
        matches!(self, Self::User | Self::Machine)
    }
}

/// Why a place was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It does not belong to the administrator.
    Owner,
    /// Others than the administrator may write to it.
    Writable,
    /// It is a symbolic link.
    Link,
    /// It is no regular file, or no directory.
    Shape,
    /// It is larger than a policy can be.
    TooLarge,
    /// It cannot be opened or read.
    Unreadable,
    /// It is not the JSON object, or the property list, that it should be.
    Malformed,
}

impl Reason {
    /// A static name for the log and for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Writable => "Writable",
            Self::Link => "Link",
            Self::Shape => "Shape",
            Self::TooLarge => "TooLarge",
            Self::Unreadable => "Unreadable",
            Self::Malformed => "Malformed",
        }
    }
}

/// A place that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its path.
    pub place: String,
    /// Why.
    pub reason: Reason,
}

/// What one place says.
#[derive(Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) source: Source,
    pub(crate) values: Map<String, Value>,
}

/// What all places say; of two with the same source, the later holds.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Findings {
    pub(crate) said: Vec<Said>,
    pub(crate) refusals: Vec<Refusal>,
}

impl Findings {
    #[cfg(unix)]
    pub(crate) fn add(&mut self, source: Source, read: Result<Map<String, Value>, Refusal>) {
        match read {
            Ok(values) => self.said.push(Said { source, values }),
            Err(refusal) => self.refusals.push(refusal),
        }
    }
}

/// What this machine says.
pub(crate) fn of_this_machine() -> Findings {
    #[cfg(all(unix, debug_assertions))]
    if let Some(root) = std::env::var_os("PLI_POLICY_ROOT") {
        // A test has policies of its own. A release never looks: whoever starts Pli, and so
        // chooses its environment, must not lift what the administrator laid down.
        let owner = rustix::process::getuid().as_raw();
        return linux::read(std::path::Path::new(&root), owner);
    }
    #[cfg(windows)]
    return registry::read();
    #[cfg(target_os = "macos")]
    return macos::read(std::path::Path::new("/"), trusted::ROOT);
    #[cfg(all(unix, not(target_os = "macos")))]
    return linux::read(std::path::Path::new("/"), trusted::ROOT);
}
