//! Plain text: line breaks, links and `@room`.

use linkify::{LinkFinder, LinkKind};

use super::Node;
use crate::link::LinkTarget;

/// A plain body, line by line.
pub(super) fn lines(body: &str, room_mention: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (index, line) in body.trim_end().split('\n').enumerate() {
        if index > 0 {
            nodes.push(Node::Break);
        }
        inline(line.trim_end_matches('\r'), room_mention, &mut nodes);
    }
    nodes
}

/// Adds a run of text, its links found.
pub(super) fn inline(text: &str, room_mention: bool, into: &mut Vec<Node>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    for span in finder.spans(text) {
        let part = span.as_str();
        let target = match span.kind() {
            Some(LinkKind::Url) => LinkTarget::parse(part),
            Some(LinkKind::Email) => LinkTarget::parse(&format!("mailto:{part}")),
            _ => None,
        };
        match target {
            Some(target) => into.push(link(target, vec![Node::Text(part.to_owned())], part)),
            None => push_text(part, room_mention, into),
        }
    }
}

/// A link, or the pill of a person.
pub(super) fn link(target: LinkTarget, children: Vec<Node>, label: &str) -> Node {
    match target {
        LinkTarget::User(user_id) => Node::Mention {
            label: label.to_owned(),
            user_id,
        },
        target => Node::Link { target, children },
    }
}

fn push_text(text: &str, room_mention: bool, into: &mut Vec<Node>) {
    let mut parts = text.split("@room");
    append(parts.next().unwrap_or_default(), into);
    for part in parts {
        if room_mention {
            into.push(Node::RoomMention);
        } else {
            append("@room", into);
        }
        append(part, into);
    }
}

/// Joins neighbouring text.
fn append(text: &str, into: &mut Vec<Node>) {
    if text.is_empty() {
        return;
    }
    if let Some(Node::Text(last)) = into.last_mut() {
        last.push_str(text);
    } else {
        into.push(Node::Text(text.to_owned()));
    }
}
