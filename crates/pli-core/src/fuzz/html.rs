//! HTML to a tree.

use matrix_sdk::ruma::{
    events::room::message::FormattedBody,
    html::{Html, NodeData, NodeRef},
};

use crate::{
    link::LinkTarget,
    message_html::{self, MAX_DEPTH, MAX_TEXT, Node, REMOVED},
};

/// The text of a message: a bounded tree, without a word of what must not be drawn.
pub fn html(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let plain = measure(&message_html::nodes(&text, None, true));
    assert!(plain.deepest <= 2, "plain text has no structure");
    assert!(plain.text <= MAX_TEXT, "{} bytes of text", plain.text);

    let formatted = FormattedBody::html(text.as_ref());
    let nodes = message_html::nodes("", Some(&formatted), true);
    assert_eq!(
        nodes,
        message_html::nodes("", Some(&formatted), true),
        "it is drawn otherwise the second time"
    );
    let drawn = measure(&nodes);
    // A link holds its label.
    let depth = MAX_DEPTH as usize + 1;
    assert!(drawn.deepest <= depth, "{} levels", drawn.deepest);
    if drawn.text > 0 {
        let may = may_be_drawn(&Html::parse(&text));
        assert!(
            drawn.text <= may,
            "{} bytes are drawn where {may} may be",
            drawn.text
        );
    }
}

#[derive(Default)]
struct Measure {
    deepest: usize,
    /// Bytes that are no white space.
    text: usize,
}

impl Measure {
    fn add(&mut self, text: &str) {
        self.text += visible(text);
    }
}

fn visible(text: &str) -> usize {
    let seen = text.chars().filter(|c| !c.is_whitespace());
    seen.map(char::len_utf8).sum()
}

/// Walks the tree, and asserts of each node what must hold of it.
fn measure(nodes: &[Node]) -> Measure {
    let mut measure = Measure::default();
    let mut waiting: Vec<(usize, &Node)> = nodes.iter().map(|node| (1, node)).collect();
    while let Some((depth, node)) = waiting.pop() {
        measure.deepest = measure.deepest.max(depth);
        let children: Vec<&Node> = match node {
            Node::Text(text) | Node::Code(text) => {
                measure.add(text);
                Vec::new()
            }
            Node::CodeBlock { language, text } => {
                measure.add(text);
                let language = language.as_deref().unwrap_or_default();
                let plain = |c: char| c.is_ascii_alphanumeric() || "+-#._".contains(c);
                assert!(language.len() <= 32 && language.chars().all(plain));
                Vec::new()
            }
            Node::Heading { level, children } => {
                assert!((1..=6).contains(level), "level {level}");
                children.iter().collect()
            }
            Node::Link { target, children } => {
                assert!(
                    !matches!(target, LinkTarget::Web(url)
                        if !["https", "http", "mailto"].contains(&url.scheme())),
                    "it must not be opened"
                );
                assert!(!matches!(target, LinkTarget::User(_)), "it is a person");
                children.iter().collect()
            }
            Node::Mention { label, .. } => {
                measure.add(label);
                Vec::new()
            }
            Node::Paragraph(children)
            | Node::Styled(_, children)
            | Node::Quote(children)
            | Node::Spoiler { children, .. } => children.iter().collect(),
            Node::List { items, .. } => items.iter().flatten().collect(),
            Node::Table(rows) => {
                let cells = rows.iter().flat_map(|row| &row.cells);
                cells.flatten().collect()
            }
            Node::Break | Node::Rule | Node::RoomMention => Vec::new(),
        };
        waiting.extend(children.into_iter().map(|node| (depth + 1, node)));
    }
    measure
}

/// Bytes of text outside of what goes with its text, and of what stands for pictures.
fn may_be_drawn(html: &Html) -> usize {
    let mut sum = 0;
    let mut waiting: Vec<NodeRef> = html.children().collect();
    while let Some(node) = waiting.pop() {
        match node.data() {
            NodeData::Text(text) => sum += visible(&text.borrow()),
            NodeData::Element(element) => {
                let name = &*element.name.local;
                if REMOVED.contains(&name) || name == "mx-reply" {
                    continue;
                }
                if name == "img" {
                    for attribute in element.attrs.borrow().iter() {
                        if matches!(&*attribute.name.local, "alt" | "title") {
                            sum += visible(&attribute.value);
                        }
                    }
                }
            }
            _ => {}
        }
        waiting.extend(node.children());
    }
    sum
}
