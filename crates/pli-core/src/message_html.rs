//! The text of a message as a tree of few, harmless kinds of nodes.
//!
//! HTML goes through ruma's sanitiser and is then rebuilt from an allow-list, so that no
//! markup of others ever reaches the page. What looks built to exhaust us (too large, too
//! deep, too many tags) is shown as its plain body instead.

use std::collections::BTreeSet;

use matrix_sdk::ruma::{
    OwnedUserId,
    events::room::message::{FormattedBody, MessageFormat},
};

use crate::link::LinkTarget;

mod html;
mod text;

#[cfg(any(test, feature = "fuzz"))]
pub(crate) use html::{MAX_DEPTH, REMOVED};

/// Longest text that is shown, in bytes; an event has 64 KiB at most.
pub(crate) const MAX_TEXT: usize = 65_536;

/// A node of message text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Characters.
    Text(String),
    /// A line break.
    Break,
    /// A paragraph.
    Paragraph(Vec<Node>),
    /// Characters in a style.
    Styled(Style, Vec<Node>),
    /// Code in a line.
    Code(String),
    /// Code in a block.
    CodeBlock {
        /// As the sender named it.
        language: Option<String>,
        /// The code.
        text: String,
    },
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// What it says.
        children: Vec<Node>,
    },
    /// A quotation.
    Quote(Vec<Node>),
    /// A list.
    List {
        /// First number, for a numbered one.
        start: Option<u32>,
        /// One for each item.
        items: Vec<Vec<Node>>,
    },
    /// A table.
    Table(Vec<Row>),
    /// A line across.
    Rule,
    /// A link that may be opened.
    Link {
        /// Where it leads.
        target: LinkTarget,
        /// What it says.
        children: Vec<Node>,
    },
    /// A person.
    Mention {
        /// Who.
        user_id: OwnedUserId,
        /// What the sender wrote, for want of a display name.
        label: String,
    },
    /// `@room`, when the event says that it mentions everybody.
    RoomMention,
    /// Hidden until clicked.
    Spoiler {
        /// Why, if told.
        reason: Option<String>,
        /// What is hidden.
        children: Vec<Node>,
    },
}

/// A style of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Underlined.
    Underline,
    /// Struck out.
    Strike,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Whether all its cells are headers.
    pub header: bool,
    /// The cells.
    pub cells: Vec<Vec<Node>>,
}

/// The nodes of a message; `room_mention` tells whether `m.mentions` names the room.
pub fn nodes(body: &str, formatted: Option<&FormattedBody>, room_mention: bool) -> Vec<Node> {
    formatted
        .filter(|formatted| formatted.format == MessageFormat::Html)
        .and_then(|formatted| html::nodes(&formatted.body, room_mention))
        .unwrap_or_else(|| text::lines(cap(body), room_mention))
}

/// The people mentioned in a tree.
pub fn mentioned(nodes: &[Node]) -> BTreeSet<OwnedUserId> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&Node> = nodes.iter().collect();
    while let Some(node) = waiting.pop() {
        match node {
            Node::Mention { user_id, .. } => {
                found.insert(user_id.clone());
            }
            Node::Paragraph(children)
            | Node::Styled(_, children)
            | Node::Heading { children, .. }
            | Node::Quote(children)
            | Node::Link { children, .. }
            | Node::Spoiler { children, .. } => waiting.extend(children),
            Node::List { items, .. } => waiting.extend(items.iter().flatten()),
            Node::Table(rows) => {
                waiting.extend(rows.iter().flat_map(|row| row.cells.iter().flatten()))
            }
            Node::Text(_)
            | Node::Break
            | Node::Code(_)
            | Node::CodeBlock { .. }
            | Node::Rule
            | Node::RoomMention => {}
        }
    }
    found
}

fn cap(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests;
