//! Markdown to the content of a message.

use std::ops::Range;

use matrix_sdk::ruma::events::room::message::{
    EmoteMessageEventContent, MessageType, TextMessageEventContent,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::link::LinkTarget;

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// The content of a message, `/me` being an emote; `None` when there is nothing in it.
pub(super) fn message(markdown: &str) -> Option<MessageType> {
    let trimmed = markdown.trim();
    if let Some(act) = trimmed
        .strip_prefix("/me")
        .filter(|act| act.starts_with(char::is_whitespace))
    {
        let text = formatted(act)?;
        let mut emote = EmoteMessageEventContent::plain(text.body);
        emote.formatted = text.formatted;
        return Some(MessageType::Emote(emote));
    }
    formatted(trimmed).map(MessageType::Text)
}

/// A text or a caption; `None` when there is nothing in it.
///
/// The plain body is what a person would read: mentions are names there. HTML is added only
/// when the text is formatted; HTML that was typed stays text.
pub(crate) fn formatted(markdown: &str) -> Option<TextMessageEventContent> {
    let source = markdown.trim();
    if source.is_empty() {
        return None;
    }
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(source, OPTIONS)
        .into_offset_iter()
        .collect();
    if !events.iter().any(|(event, _)| is_formatting(event)) {
        return Some(TextMessageEventContent::plain(plain(&events)));
    }
    let body = with_names(source, &events);
    let mut html = String::new();
    html::push_html(&mut html, harmless(events).into_iter());
    Some(TextMessageEventContent::html(body, html.trim_end()))
}

fn is_formatting(event: &Event<'_>) -> bool {
    !matches!(
        event,
        Event::Text(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::Paragraph | Tag::HtmlBlock)
            | Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock)
    )
}

/// The text of unformatted events, its escapes resolved.
fn plain(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Html(part) | Event::InlineHtml(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(_) => text.push_str("\n\n"),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The source, each mention replaced by its label.
fn with_names(source: &str, events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut body = String::new();
    let mut done = 0;
    let mut label: Option<String> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if is_mention(dest_url) => {
                body.push_str(source.get(done..range.start).unwrap_or_default());
                done = range.end;
                label = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(label) = &mut label {
                    label.push_str(text);
                }
            }
            Event::End(TagEnd::Link) => body.push_str(&label.take().unwrap_or_default()),
            _ => {}
        }
    }
    body.push_str(source.get(done..).unwrap_or_default());
    body
}

fn is_mention(url: &str) -> bool {
    matches!(LinkTarget::parse(url), Some(LinkTarget::User(_)))
}

/// Events for HTML: typed HTML becomes text, images their description, unknown schemes text;
/// line breaks stay; a lone paragraph loses its element, as the specification asks.
fn harmless(events: Vec<(Event<'_>, Range<usize>)>) -> Vec<Event<'_>> {
    let mut open_links = Vec::new();
    let mut kept = Vec::with_capacity(events.len());
    for (event, _) in events {
        match event {
            Event::SoftBreak => kept.push(Event::HardBreak),
            Event::Html(text) | Event::InlineHtml(text) => kept.push(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => kept.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => kept.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let opens = LinkTarget::parse(dest_url).is_some();
                open_links.push(opens);
                if opens {
                    kept.push(event);
                }
            }
            Event::End(TagEnd::Link) => {
                if open_links.pop().unwrap_or(false) {
                    kept.push(event);
                }
            }
            event => kept.push(event),
        }
    }
    let paragraphs = kept
        .iter()
        .filter(|event| matches!(event, Event::Start(Tag::Paragraph)))
        .count();
    let lone = paragraphs == 1
        && matches!(kept.first(), Some(Event::Start(Tag::Paragraph)))
        && matches!(kept.last(), Some(Event::End(TagEnd::Paragraph)));
    if lone {
        kept.pop();
        kept.remove(0);
    }
    kept
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::events::room::message::FormattedBody;

    use super::*;

    fn body_and_html(markdown: &str) -> (String, Option<String>) {
        let content = formatted(markdown).expect("there is text");
        (
            content.body,
            content.formatted.map(|formatted| formatted.body),
        )
    }

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(
            body_and_html("Bonjour,\nà demain"),
            ("Bonjour,\nà demain".to_owned(), None)
        );
        assert_eq!(
            body_and_html("one\n\ntwo"),
            ("one\n\ntwo".to_owned(), None),
            "paragraphs are blank lines"
        );
        assert_eq!(
            body_and_html("2 \\* 3"),
            ("2 * 3".to_owned(), None),
            "escapes are the editor's business"
        );
    }

    #[test]
    fn formatting_gives_html_and_a_readable_body() {
        assert_eq!(
            body_and_html("a **b**\nc"),
            (
                "a **b**\nc".to_owned(),
                Some("a <strong>b</strong><br />\nc".to_owned())
            )
        );
        let (_, html) = body_and_html("- a\n- b");
        assert_eq!(html.as_deref(), Some("<ul>\n<li>a</li>\n<li>b</li>\n</ul>"));
    }

    #[test]
    fn mentions_are_names_in_the_body() {
        assert_eq!(
            body_and_html("hello [Anne](https://matrix.to/#/@a:example.org), **you**"),
            (
                "hello Anne, **you**".to_owned(),
                Some("hello <a href=\"https://matrix.to/#/@a:example.org\">Anne</a>, <strong>you</strong>".to_owned())
            )
        );
    }

    #[test]
    fn typed_html_is_text() {
        assert_eq!(
            body_and_html("a <b>b</b> <script>"),
            ("a <b>b</b> <script>".to_owned(), None)
        );
        let (_, html) = body_and_html("*x* <script>alert(1)</script>");
        assert_eq!(
            html.as_deref(),
            Some("<em>x</em> &lt;script&gt;alert(1)&lt;/script&gt;")
        );
        let (_, html) = body_and_html("<div>\n\n*x*");
        assert!(
            html.is_some_and(|html| html.contains("&lt;div&gt;")),
            "blocks too"
        );
    }

    #[test]
    fn links_lead_where_messages_may() {
        let (_, html) = body_and_html("[x](javascript:alert%281%29) [y](https://example.org)");
        assert_eq!(
            html.as_deref(),
            Some("x <a href=\"https://example.org\">y</a>")
        );
        let (_, html) = body_and_html("![alt](https://example.org/a.png) **b**");
        assert_eq!(
            html.as_deref(),
            Some("alt <strong>b</strong>"),
            "nothing to fetch at the other end"
        );
    }

    #[test]
    fn me_is_an_emote() {
        assert!(
            matches!(message("/me waves"), Some(MessageType::Emote(emote)) if emote.body == "waves")
        );
        assert!(
            matches!(message("/meet at 5"), Some(MessageType::Text(_))),
            "only the whole word"
        );
        assert!(message("/me ").is_none_or(|content| matches!(content, MessageType::Text(_))));
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(message(" \n ").is_none(), "an empty event says nothing");
    }

    #[test]
    fn html_survives_our_own_reader() {
        let FormattedBody { body, .. } = formatted("> q\n\n1. a\n2. `b`\n\n| x |\n|---|\n| y |")
            .and_then(|content| content.formatted)
            .expect("formatted");
        let nodes = crate::message_html::nodes("", Some(&FormattedBody::html(body)), false);
        assert_eq!(nodes.len(), 3, "a quote, a list and a table: {nodes:?}");
    }
}
