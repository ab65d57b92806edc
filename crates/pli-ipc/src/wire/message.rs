//! The text of a message, as a tree.

use serde::{Deserialize, Serialize};

/// How text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum TextStyle {
    /// `m.text`.
    Message,
    /// `m.emote`.
    Emote,
    /// `m.notice`.
    Notice,
}

/// A node of sanitised message text; never HTML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MessageNode {
    /// Characters.
    Text {
        /// See the variant.
        text: String,
    },
    /// A line break.
    Break,
    /// A paragraph.
    Paragraph {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Bold.
    Strong {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Italic.
    Emphasis {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Underlined.
    Underline {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Struck out.
    Strike {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Raised.
    Superscript {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Lowered.
    Subscript {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Code in a line.
    Code {
        /// See the variant.
        text: String,
    },
    /// Code in a block.
    CodeBlock {
        /// See the variant.
        language: Option<String>,
        /// See the variant.
        text: String,
    },
    /// 1 to 6.
    Heading {
        /// See the variant.
        level: u8,
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// A quotation.
    Quote {
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// Numbered from `start`, else bulleted.
    List {
        /// See the variant.
        start: Option<u32>,
        /// See the variant.
        items: Vec<Vec<MessageNode>>,
    },
    /// A table.
    Table {
        /// See the variant.
        rows: Vec<TableRow>,
    },
    /// A line across.
    Rule,
    /// Opened by `link_open`; `host` is in punycode.
    Link {
        /// See the variant.
        id: String,
        /// See the variant.
        host: String,
        /// See the variant.
        children: Vec<MessageNode>,
    },
    /// A person.
    Mention {
        /// See the variant.
        user_id: String,
        /// See the variant.
        name: String,
        /// See the variant.
        own: bool,
    },
    /// `@room`.
    RoomMention,
    /// Hidden until clicked.
    Spoiler {
        /// See the variant.
        reason: Option<String>,
        /// See the variant.
        children: Vec<MessageNode>,
    },
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableRow {
    /// Header row.
    pub header: bool,
    /// Cells.
    pub cells: Vec<Vec<MessageNode>>,
}
