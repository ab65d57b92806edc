//! Message text to nodes the page draws.

use pli_core::{
    message_html::{Node, Row as CoreRow, Style},
    timeline::Row,
};

use super::Mapping;
use crate::wire::{MessageNode, TableRow};

impl Mapping<'_> {
    /// The text or caption of a row.
    pub(super) fn text(&self, row: &Row) -> Vec<MessageNode> {
        self.nodes(row, &row.text)
    }

    fn nodes(&self, row: &Row, nodes: &[Node]) -> Vec<MessageNode> {
        nodes.iter().map(|node| self.node(row, node)).collect()
    }

    fn node(&self, row: &Row, node: &Node) -> MessageNode {
        let children = |nodes: &[Node]| self.nodes(row, nodes);
        match node {
            Node::Text(text) => MessageNode::Text { text: text.clone() },
            Node::Break => MessageNode::Break,
            Node::Paragraph(nodes) => MessageNode::Paragraph {
                children: children(nodes),
            },
            Node::Styled(style, nodes) => styled(*style, children(nodes)),
            Node::Code(text) => MessageNode::Code { text: text.clone() },
            Node::CodeBlock { language, text } => MessageNode::CodeBlock {
                language: language.clone(),
                text: text.clone(),
            },
            Node::Heading {
                level,
                children: nodes,
            } => MessageNode::Heading {
                level: *level,
                children: children(nodes),
            },
            Node::Quote(nodes) => MessageNode::Quote {
                children: children(nodes),
            },
            Node::List { start, items } => MessageNode::List {
                start: *start,
                items: items.iter().map(|item| children(item)).collect(),
            },
            Node::Table(rows) => MessageNode::Table {
                rows: rows
                    .iter()
                    .map(|cells| self.table_row(row, cells))
                    .collect(),
            },
            Node::Rule => MessageNode::Rule,
            Node::Link {
                target,
                children: nodes,
            } => MessageNode::Link {
                id: self.links.id(target),
                host: target.host(),
                children: children(nodes),
            },
            Node::Mention { user_id, label } => MessageNode::Mention {
                user_id: user_id.to_string(),
                // The name the room knows, never the one the sender wrote, while it is known.
                name: row
                    .people
                    .get(user_id)
                    .map_or_else(|| label.clone(), |person| person.name.clone()),
                own: *user_id == self.own,
            },
            Node::RoomMention => MessageNode::RoomMention,
            Node::Spoiler {
                reason,
                children: nodes,
            } => MessageNode::Spoiler {
                reason: reason.clone(),
                children: children(nodes),
            },
        }
    }

    fn table_row(&self, row: &Row, cells: &CoreRow) -> TableRow {
        TableRow {
            header: cells.header,
            cells: cells
                .cells
                .iter()
                .map(|cell| self.nodes(row, cell))
                .collect(),
        }
    }
}

fn styled(style: Style, children: Vec<MessageNode>) -> MessageNode {
    match style {
        Style::Strong => MessageNode::Strong { children },
        Style::Emphasis => MessageNode::Emphasis { children },
        Style::Underline => MessageNode::Underline { children },
        Style::Strike => MessageNode::Strike { children },
        Style::Superscript => MessageNode::Superscript { children },
        Style::Subscript => MessageNode::Subscript { children },
    }
}
