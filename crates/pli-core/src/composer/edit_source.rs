//! A message back to Markdown, for editing.

use matrix_sdk::ruma::events::room::message::{FormattedBody, MessageType};

use crate::{
    link::LinkTarget,
    message_html::{self, Node, Row, Style},
};

/// The Markdown that gives this message; empty for a medium without a caption.
pub(super) fn of(content: &MessageType) -> String {
    match content {
        MessageType::Text(content) => source(&content.body, content.formatted.as_ref()),
        MessageType::Emote(content) => {
            format!("/me {}", source(&content.body, content.formatted.as_ref()))
        }
        MessageType::Notice(content) => source(&content.body, content.formatted.as_ref()),
        MessageType::Image(content) => caption(content.caption(), content.formatted_caption()),
        MessageType::Video(content) => caption(content.caption(), content.formatted_caption()),
        MessageType::Audio(content) => caption(content.caption(), content.formatted_caption()),
        MessageType::File(content) => caption(content.caption(), content.formatted_caption()),
        _ => String::new(),
    }
}

fn caption(caption: Option<&str>, formatted: Option<&FormattedBody>) -> String {
    caption
        .map(|caption| source(caption, formatted))
        .unwrap_or_default()
}

fn source(body: &str, formatted: Option<&FormattedBody>) -> String {
    let nodes = message_html::nodes(body, formatted, false);
    let mut out = String::new();
    blocks(&nodes, &mut out);
    out.trim_end().to_owned()
}

/// Blocks are set apart by a blank line; runs of inline nodes stand together.
fn blocks(nodes: &[Node], out: &mut String) {
    let mut inline = false;
    for node in nodes {
        let is_block = block(node);
        if let Some(text) = is_block {
            if inline && matches!(node, Node::List { .. }) {
                // A blank line would make the items of the outer list paragraphs.
                out.truncate(out.trim_end_matches('\n').len());
                out.push('\n');
            } else {
                separate(out);
            }
            out.push_str(&text);
            inline = false;
        } else {
            if !inline {
                separate(out);
            }
            self::inline(node, out);
            inline = true;
        }
    }
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.truncate(out.trim_end_matches('\n').len());
        out.push_str("\n\n");
    }
}

fn block(node: &Node) -> Option<String> {
    let nested = |children: &[Node]| {
        let mut out = String::new();
        blocks(children, &mut out);
        out
    };
    Some(match node {
        Node::Paragraph(children) => nested(children),
        Node::Heading { level, children } => {
            format!("{} {}", "#".repeat(usize::from(*level)), nested(children))
        }
        Node::Quote(children) => prefixed(&nested(children), "> ", "> "),
        Node::CodeBlock { language, text } => {
            let fence = "`".repeat(longest_run(text).max(2) + 1);
            format!(
                "{fence}{}\n{text}\n{fence}",
                language.as_deref().unwrap_or_default()
            )
        }
        Node::List { start, items } => list(*start, items, nested),
        Node::Table(rows) => table(rows),
        Node::Rule => "---".to_owned(),
        _ => return None,
    })
}

fn list(start: Option<u32>, items: &[Vec<Node>], nested: impl Fn(&[Node]) -> String) -> String {
    let mut lines = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let marker = match start {
            Some(start) => format!("{}. ", u64::from(start) + index as u64),
            None => "- ".to_owned(),
        };
        lines.push(prefixed(&nested(item), &marker, &" ".repeat(marker.len())));
    }
    lines.join("\n")
}

fn table(rows: &[Row]) -> String {
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| {
                let mut out = String::new();
                cell.iter().for_each(|node| inline(node, &mut out));
                out.replace('\n', " ")
            })
            .collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            lines.push(format!("|{}", " --- |".repeat(cells.len())));
        }
    }
    lines.join("\n")
}

fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        lines.push(
            format!("{}{line}", if index == 0 { first } else { rest })
                .trim_end()
                .to_owned(),
        );
    }
    if lines.is_empty() {
        lines.push(first.trim_end().to_owned());
    }
    lines.join("\n")
}

fn inline(node: &Node, out: &mut String) {
    let mut wrapped = |mark: &str, children: &[Node]| {
        out.push_str(mark);
        children.iter().for_each(|child| inline(child, out));
        out.push_str(mark);
    };
    match node {
        Node::Text(text) => escape(text, out),
        Node::Break => out.push('\n'),
        Node::Styled(Style::Strong, children) => wrapped("**", children),
        Node::Styled(Style::Emphasis, children) => wrapped("*", children),
        Node::Styled(Style::Strike, children) => wrapped("~~", children),
        Node::Styled(_, children) | Node::Spoiler { children, .. } => wrapped("", children),
        Node::Code(text) => {
            let fence = "`".repeat(longest_run(text) + 1);
            let pad = if text.starts_with('`') || text.ends_with('`') {
                " "
            } else {
                ""
            };
            out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
        }
        Node::Link { target, children } => link(target, children, out),
        Node::Mention { user_id, label } => {
            out.push('[');
            escape(label, out);
            out.push_str(&format!("]({})", user_id.matrix_to_uri()));
        }
        Node::RoomMention => out.push_str("@room"),
        block_node => {
            if let Some(text) = block(block_node) {
                out.push_str(&text);
            }
        }
    }
}

/// A link whose words are its address is typed as that address.
fn link(target: &LinkTarget, children: &[Node], out: &mut String) {
    let url = match target {
        LinkTarget::Web(url) => url.to_string(),
        LinkTarget::User(user_id) => user_id.matrix_to_uri().to_string(),
        LinkTarget::Room(room, _) => format!("https://matrix.to/#/{room}"),
    };
    if let [Node::Text(text)] = children
        && (*text == url || format!("{text}/") == url || format!("mailto:{text}") == url)
    {
        out.push_str(text);
        return;
    }
    out.push('[');
    children.iter().for_each(|child| inline(child, out));
    out.push_str(&format!("](<{url}>)"));
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Escapes what Markdown would take for formatting.
fn escape(text: &str, out: &mut String) {
    let line_start = out.is_empty() || out.ends_with('\n');
    for (index, c) in text.char_indices() {
        let special = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&'
        );
        let opens_block = line_start && index == 0 && matches!(c, '#' | '-' | '+' | '=');
        let opens_list = line_start
            && matches!(c, '.' | ')')
            && index > 0
            && text
                .get(..index)
                .is_some_and(|before| before.chars().all(|c| c.is_ascii_digit()));
        if special || opens_block || opens_list {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::composer::content;

    /// Typing the source of a message gives the message again.
    fn round_trip(markdown: &str) {
        let first = content::message(markdown).expect("there is text");
        let source = of(&first);
        let second = content::message(&source).expect("there is text");
        let nodes = |content: &MessageType| match content {
            MessageType::Text(text) => {
                message_html::nodes(&text.body, text.formatted.as_ref(), false)
            }
            MessageType::Emote(text) => {
                message_html::nodes(&text.body, text.formatted.as_ref(), false)
            }
            _ => Vec::new(),
        };
        assert_eq!(
            nodes(&first),
            nodes(&second),
            "{markdown:?} came back as {source:?}"
        );
    }

    #[test]
    fn editing_without_change_changes_nothing() {
        for markdown in [
            "bonjour",
            "a\nb\n\nc",
            "**bold** *it* ~~no~~ `code` ``a`b``",
            "# Title\n\ntext",
            "- a\n- b\n  - c",
            "3. a\n4. b",
            "> quote\n> more\n\nafter",
            "```rust\nfn a() {}\n```",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
            "see https://example.org/a_b_c or [here](https://example.org/x)",
            "hello [Anne \\[x\\]](https://matrix.to/#/@a:example.org)",
            "2 \\* 3 \\* 4 \\<b\\> \\_x\\_ \\# \\`c\\`",
            "\\- no list",
            "1\\. no list",
            "/me waves **well**",
            "a & b &amp; c",
        ] {
            round_trip(markdown);
        }
    }

    #[test]
    fn a_caption_is_edited_as_text() {
        let content = MessageType::Image(
            matrix_sdk::ruma::events::room::message::ImageMessageEventContent::plain(
                "a.png".to_owned(),
                matrix_sdk::ruma::OwnedMxcUri::from("mxc://a/b"),
            ),
        );
        assert_eq!(of(&content), "", "a file name is no caption");
    }
}
