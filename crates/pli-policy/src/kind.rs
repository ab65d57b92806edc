//! What a key may hold.

use serde_json::Value;

/// Most entries of a list or a table.
pub(crate) const MOST_ENTRIES: usize = 500;

/// Most characters of a text.
pub(crate) const LONGEST: usize = 1000;

/// What a key holds, and within which limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Truth,
    /// A whole number.
    Number {
        /// The smallest.
        least: u32,
        /// The greatest.
        most: u32,
    },
    /// One value; where it is a text of another form than [`Form::Line`], an empty one means none.
    One(Item),
    /// Values in order, none of them twice.
    List(Item),
    /// From names to values.
    Table(Item, Item),
}

/// A value, or the name of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A text.
    Text(Form),
    /// One of a few.
    Choice(&'static [Choice]),
}

/// One of a few values.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// As it is written in a policy.
    pub value: &'static str,
    /// What it means.
    pub means: Words,
}

/// A text for people, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// French.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
}

/// What a text must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One line for people.
    Line,
    /// A domain, in lower case.
    Domain,
    /// A server of the messaging: a domain, with a port where it is not the usual one.
    Server,
    /// An address of the web: `https`, or `http` on this machine.
    Address,
    /// A proxy: `http` or `https`, without a path.
    Proxy,
    /// An absolute path, or one that begins with `~/`, the user's home.
    Path,
    /// What a file name ends with, in lower case and without the dot.
    FileType,
}

impl Form {
    /// The form as a regular expression.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Line => r"^[^\u0000-\u001f\u007f]*$",
            Self::Domain => r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
            Self::Server => r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$",
            Self::Address => {
                r"^(https://[^\s/@]+|http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?)(/[^\s]*)?$"
            }
            Self::Proxy => r"^https?://[^\s/@]+/?$",
            Self::Path => r"^(/|~/|[A-Za-z]:\\|\\\\)[^\u0000-\u001f]*$",
            Self::FileType => r"^[a-z0-9]{1,16}$",
        }
    }

    fn fits(self, text: &str) -> bool {
        match self {
            Self::Line => !text.chars().any(|c| c.is_ascii_control()),
            Self::Domain => is_domain(text),
            Self::Server => match text.split_once(':') {
                Some((domain, port)) => is_domain(domain) && is_port(port),
                None => is_domain(text),
            },
            Self::Address => is_address(text),
            Self::Proxy => {
                let rest = text
                    .strip_prefix("https://")
                    .or_else(|| text.strip_prefix("http://"));
                rest.is_some_and(|rest| is_authority(rest.strip_suffix('/').unwrap_or(rest)))
            }
            Self::Path => is_path(text),
            Self::FileType => {
                (1..=16).contains(&text.len())
                    && text
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            }
        }
    }
}

fn is_domain(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.bytes().next().is_some_and(inner)
        && text.bytes().last().is_some_and(inner)
        && text.bytes().all(|b| inner(b) || b == b'.' || b == b'-')
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_authority(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '/' || c == '@')
}

fn is_address(text: &str) -> bool {
    if text.contains(char::is_whitespace) {
        return false;
    }
    let authority = |rest: &str| rest.split('/').next().unwrap_or_default().to_owned();
    if let Some(rest) = text.strip_prefix("https://") {
        return is_authority(&authority(rest));
    }
    let Some(rest) = text.strip_prefix("http://") else {
        return false;
    };
    let authority = authority(rest);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, is_port(port)),
        None => (authority.as_str(), true),
    };
    port && matches!(host, "localhost" | "127.0.0.1")
}

fn is_path(text: &str) -> bool {
    let drive = |b: &[u8]| matches!(b, [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic());
    !text.chars().any(|c| c.is_ascii_control() && c != '\u{7f}')
        && (text.starts_with('/')
            || text.starts_with("~/")
            || text.starts_with(r"\\")
            || drive(text.as_bytes()))
}

/// Why a value does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Problem {
    /// Pli knows no such key.
    UnknownKey,
    /// A number where a text belongs, and the like.
    WrongType,
    /// A number, a length or a choice beyond what the key allows.
    OutOfRange,
    /// A text that has not the form the key asks for.
    Malformed,
    /// What the value names could not be used: a certificate that is not there, for instance.
    Unusable,
}

impl Problem {
    /// A static name for the log and for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownKey => "UnknownKey",
            Self::WrongType => "WrongType",
            Self::OutOfRange => "OutOfRange",
            Self::Malformed => "Malformed",
            Self::Unusable => "Unusable",
        }
    }
}

impl Kind {
    /// Whether `value` may be held.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn check(&self, value: &Value) -> Result<(), Problem> {
        match (self, value) {
            (Self::Truth, Value::Bool(_)) => Ok(()),
            (Self::Number { least, most }, Value::Number(number)) => match number.as_i64() {
                Some(number) if (i64::from(*least)..=i64::from(*most)).contains(&number) => Ok(()),
                Some(_) => Err(Problem::OutOfRange),
                None if number.is_u64() => Err(Problem::OutOfRange),
                None => Err(Problem::WrongType),
            },
            // An empty text is none.
            (Self::One(Item::Text(_)), Value::String(text)) if text.is_empty() => Ok(()),
            (Self::One(item), Value::String(text)) => item.check(text),
            (Self::List(item), Value::Array(entries)) => check_list(item, entries),
            (Self::Table(name, item), Value::Object(entries)) => {
                if entries.len() > MOST_ENTRIES {
                    return Err(Problem::OutOfRange);
                }
                entries.iter().try_for_each(|(key, value)| {
                    name.check(key)?;
                    item.check(value.as_str().ok_or(Problem::WrongType)?)
                })
            }
            _ => Err(Problem::WrongType),
        }
    }
}

fn check_list(item: &Item, entries: &[Value]) -> Result<(), Problem> {
    if entries.len() > MOST_ENTRIES {
        return Err(Problem::OutOfRange);
    }
    let mut seen = Vec::new();
    for entry in entries {
        let text = entry.as_str().ok_or(Problem::WrongType)?;
        item.check(text)?;
        if seen.contains(&text) {
            return Err(Problem::OutOfRange);
        }
        seen.push(text);
    }
    Ok(())
}

impl Item {
    fn check(&self, text: &str) -> Result<(), Problem> {
        match self {
            Self::Text(_) if text.chars().count() > LONGEST => Err(Problem::OutOfRange),
            Self::Text(form) if form.fits(text) => Ok(()),
            Self::Text(_) => Err(Problem::Malformed),
            Self::Choice(choices) if choices.iter().any(|choice| choice.value == text) => Ok(()),
            Self::Choice(_) => Err(Problem::OutOfRange),
        }
    }
}
