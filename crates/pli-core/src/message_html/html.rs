//! HTML to nodes.

use matrix_sdk::ruma::html::{Children, ElementData, Html, NodeData, NodeRef, SanitizerConfig};

use super::{MAX_TEXT, Node, Row, Style, text};
use crate::link::LinkTarget;

/// Deepest nesting that is kept; deeper elements go with all they hold.
pub(crate) const MAX_DEPTH: u32 = 40;

/// Deepest nesting that is parsed at all: freeing a parsed tree recurses.
const MAX_PARSED_DEPTH: usize = 400;

/// Most tags that are parsed: the parser is quadratic on some input.
const MAX_TAGS: usize = 4_000;

/// Longest name of a code block's language.
const MAX_LANGUAGE: usize = 32;

/// Elements that go together with their text.
pub(crate) const REMOVED: [&str; 12] = [
    "script", "style", "svg", "math", "head", "title", "template", "iframe", "object", "noscript",
    "textarea", "select",
];

/// The nodes of a formatted body; `None` when it holds nothing, or is better not parsed.
pub(super) fn nodes(html: &str, room_mention: bool) -> Option<Vec<Node>> {
    if html.len() > MAX_TEXT || !is_parsable(html) {
        return None;
    }
    let html = Html::parse(html);
    let config = SanitizerConfig::compat()
        .remove_reply_fallback()
        .remove_elements(REMOVED)
        .max_depth(MAX_DEPTH);
    html.sanitize_with(&config);
    let nodes = Reader { room_mention }.flow(html.children());
    (!nodes.is_empty()).then_some(nodes)
}

/// Counts tags and their nesting without parsing; errs on the side of refusing.
fn is_parsable(html: &str) -> bool {
    let (mut tags, mut depth, mut deepest) = (0_usize, 0_usize, 0_usize);
    for part in html.split('<').skip(1) {
        tags += 1;
        let name: String = part
            .chars()
            .take(4)
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if part.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty()
            && !matches!(
                name.as_str(),
                "br" | "hr" | "img" | "li" | "p" | "tr" | "td" | "th"
            )
        {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    tags <= MAX_TAGS && deepest <= MAX_PARSED_DEPTH
}

struct Reader {
    room_mention: bool,
}

impl Reader {
    /// Block content: white space between blocks does not count.
    fn flow(&self, children: Children) -> Vec<Node> {
        let mut nodes = Vec::new();
        for child in children {
            self.node(&child, &mut nodes);
        }
        trim(&mut nodes);
        nodes
    }

    fn node(&self, node: &NodeRef, into: &mut Vec<Node>) {
        match node.data() {
            NodeData::Text(text) => {
                let text = collapse(&text.borrow(), ends_in_space(into));
                text::inline(&text, self.room_mention, into);
            }
            NodeData::Element(element) => self.element(node, element, into),
            NodeData::Document | NodeData::Other => {}
        }
    }

    fn element(&self, node: &NodeRef, element: &ElementData, into: &mut Vec<Node>) {
        let children = || self.flow(node.children());
        let styled = |style| Node::Styled(style, self.inline(node));
        match &*element.name.local {
            "br" => into.push(Node::Break),
            "hr" => into.push(Node::Rule),
            "p" => push_block(Node::Paragraph(children()), into),
            "div" | "details" | "caption" => push_block(Node::Paragraph(children()), into),
            "summary" => into.push(Node::Styled(Style::Strong, children())),
            "b" | "strong" => into.push(styled(Style::Strong)),
            "i" | "em" => into.push(styled(Style::Emphasis)),
            "u" => into.push(styled(Style::Underline)),
            "s" | "del" => into.push(styled(Style::Strike)),
            "sup" => into.push(styled(Style::Superscript)),
            "sub" => into.push(styled(Style::Subscript)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let digit = element.name.local.as_bytes().get(1);
                let level = digit.map_or(1, |digit| digit - b'0');
                let children = children();
                push_block(Node::Heading { level, children }, into);
            }
            "blockquote" => push_block(Node::Quote(children()), into),
            "code" => into.push(Node::Code(raw_text(node))),
            "pre" => push_block(code_block(node), into),
            "ul" => push_block(self.list(node, None), into),
            "ol" => {
                let start = attribute(element, "start").and_then(|start| start.parse().ok());
                push_block(self.list(node, Some(start.unwrap_or(1))), into);
            }
            "table" => push_block(Node::Table(self.rows(node)), into),
            "a" => self.anchor(node, element, into),
            "span" => match attribute(element, "data-mx-spoiler") {
                Some(reason) => into.push(Node::Spoiler {
                    reason: Some(reason).filter(|reason| !reason.trim().is_empty()),
                    children: self.inline(node),
                }),
                None => into.extend(self.inline(node)),
            },
            "img" => {
                let label = attribute(element, "alt").or_else(|| attribute(element, "title"));
                text::inline(&label.unwrap_or_default(), false, into);
            }
            _ => into.extend(children()),
        }
    }

    /// Content of a run of characters: its outer white space counts.
    fn inline(&self, node: &NodeRef) -> Vec<Node> {
        let mut nodes = Vec::new();
        for child in node.children() {
            self.node(&child, &mut nodes);
        }
        nodes
    }

    fn list(&self, list: &NodeRef, start: Option<u32>) -> Node {
        let items = self.items(list);
        Node::List { start, items }
    }

    fn items(&self, list: &NodeRef) -> Vec<Vec<Node>> {
        let mut items: Vec<Vec<Node>> = Vec::new();
        for child in list.children() {
            if is(&child, "li") {
                items.push(self.flow(child.children()));
            } else if child.as_element().is_some() {
                // Some editors put a nested list beside its item.
                if items.is_empty() {
                    items.push(Vec::new());
                }
                if let Some(last) = items.last_mut() {
                    self.node(&child, last);
                }
            }
        }
        items
    }

    fn rows(&self, table: &NodeRef) -> Vec<Row> {
        let mut rows = Vec::new();
        for part in table.children() {
            if is(&part, "tr") {
                rows.push(self.row(&part));
            } else {
                rows.extend(
                    part.children()
                        .filter(|row| is(row, "tr"))
                        .map(|row| self.row(&row)),
                );
            }
        }
        rows
    }

    fn row(&self, row: &NodeRef) -> Row {
        let cells: Vec<NodeRef> = row
            .children()
            .filter(|cell| is(cell, "td") || is(cell, "th"))
            .collect();
        Row {
            header: !cells.is_empty() && cells.iter().all(|cell| is(cell, "th")),
            cells: cells
                .iter()
                .map(|cell| self.flow(cell.children()))
                .collect(),
        }
    }

    fn anchor(&self, node: &NodeRef, element: &ElementData, into: &mut Vec<Node>) {
        let target = attribute(element, "href").and_then(|href| LinkTarget::parse(&href));
        match target {
            Some(target) => {
                let label = raw_text(node);
                // A link in a link would give one click two meanings.
                let children = vec![Node::Text(label.clone())];
                into.push(text::link(target, children, &label));
            }
            None => into.extend(self.inline(node)),
        }
    }
}

fn code_block(pre: &NodeRef) -> Node {
    let language = pre
        .children()
        .find(|child| is(child, "code"))
        .and_then(|code| {
            code.as_element()
                .and_then(|element| attribute(element, "class"))
        })
        .and_then(|classes| {
            classes
                .split_whitespace()
                .find_map(|class| class.strip_prefix("language-").map(ToOwned::to_owned))
        })
        .filter(|language| {
            language.len() <= MAX_LANGUAGE
                && language
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "+-#._".contains(c))
        });
    let mut text = raw_text(pre);
    if text.ends_with('\n') {
        text.pop();
    }
    Node::CodeBlock { language, text }
}

/// All characters below a node.
fn raw_text(node: &NodeRef) -> String {
    let mut text = String::new();
    let mut waiting = vec![node.clone()];
    while let Some(node) = waiting.pop() {
        match node.data() {
            NodeData::Text(part) => text.push_str(&part.borrow()),
            NodeData::Element(element) if &*element.name.local == "br" => text.push('\n'),
            _ => {
                let mut children: Vec<NodeRef> = node.children().collect();
                children.reverse();
                waiting.extend(children);
            }
        }
    }
    text
}

fn is(node: &NodeRef, name: &str) -> bool {
    node.as_element()
        .is_some_and(|element| &*element.name.local == name)
}

fn attribute(element: &ElementData, name: &str) -> Option<String> {
    element
        .attrs
        .borrow()
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.to_string())
}

/// White space in HTML is one space; none after another one.
fn collapse(text: &str, mut after_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            if !after_space {
                out.push(' ');
            }
            after_space = true;
        } else {
            out.push(c);
            after_space = false;
        }
    }
    out
}

fn is_block(node: &Node) -> bool {
    matches!(
        node,
        Node::Paragraph(_)
            | Node::CodeBlock { .. }
            | Node::Heading { .. }
            | Node::Quote(_)
            | Node::List { .. }
            | Node::Table(_)
            | Node::Rule
    )
}

/// Whether white space here would follow a space, a block, or nothing.
fn ends_in_space(nodes: &[Node]) -> bool {
    match nodes.last() {
        Some(Node::Text(text)) => text.ends_with(' '),
        Some(Node::Break) => true,
        Some(node) => is_block(node),
        None => false,
    }
}

fn push_block(node: Node, into: &mut Vec<Node>) {
    if matches!(&node, Node::Paragraph(children) if children.is_empty()) {
        return;
    }
    if let Some(Node::Text(text)) = into.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if text.is_empty() {
            into.pop();
        }
    }
    into.push(node);
}

/// Takes white space and line breaks off both ends.
fn trim(nodes: &mut Vec<Node>) {
    while let Some(last) = nodes.last_mut() {
        match last {
            Node::Text(text) => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    break;
                }
            }
            Node::Break => {}
            _ => break,
        }
        nodes.pop();
    }
    let lead = nodes
        .iter()
        .take_while(|node| {
            matches!(node, Node::Text(text) if text.trim().is_empty())
                || matches!(node, Node::Break)
        })
        .count();
    nodes.drain(..lead);
    if let Some(Node::Text(text)) = nodes.first_mut() {
        *text = text.trim_start_matches(' ').to_owned();
    }
}
