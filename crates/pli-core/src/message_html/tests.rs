use super::*;

fn html(body: &str) -> Vec<Node> {
    nodes("plain", Some(&FormattedBody::html(body)), false)
}

fn plain(body: &str) -> Vec<Node> {
    nodes(body, None, false)
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn strong(children: Vec<Node>) -> Node {
    Node::Styled(Style::Strong, children)
}

/// Everything a reader could see.
fn visible(nodes: &[Node]) -> String {
    format!("{nodes:?}")
}

#[test]
fn styles_nest() {
    assert_eq!(
        html("a <b>bold <i>and</i></b> <u>u</u><s>s</s><del>d</del>"),
        vec![
            text("a "),
            strong(vec![
                text("bold "),
                Node::Styled(Style::Emphasis, vec![text("and")])
            ]),
            text(" "),
            Node::Styled(Style::Underline, vec![text("u")]),
            Node::Styled(Style::Strike, vec![text("s")]),
            Node::Styled(Style::Strike, vec![text("d")]),
        ]
    );
}

#[test]
fn white_space_between_blocks_does_not_count() {
    assert_eq!(
        html("\n<p>one</p>\n  <p>two<br>three</p>\n"),
        vec![
            Node::Paragraph(vec![text("one")]),
            Node::Paragraph(vec![text("two"), Node::Break, text("three")]),
        ]
    );
}

#[test]
fn code_keeps_its_white_space() {
    assert_eq!(
        html("<pre><code class=\"language-rust evil\">fn a() {\n    b\n}\n</code></pre>"),
        vec![Node::CodeBlock {
            language: Some("rust".to_owned()),
            text: "fn a() {\n    b\n}".to_owned()
        }]
    );
    assert_eq!(
        html("see <code>a  https://example.org</code>"),
        vec![
            text("see "),
            Node::Code("a  https://example.org".to_owned())
        ],
        "no links in code"
    );
}

#[test]
fn lists_number_from_their_start() {
    assert_eq!(
        html("<ol start=3><li>c</li><li>d<ul><li>e</li></ul></li></ol>"),
        vec![Node::List {
            start: Some(3),
            items: vec![
                vec![text("c")],
                vec![
                    text("d"),
                    Node::List {
                        start: None,
                        items: vec![vec![text("e")]]
                    }
                ],
            ]
        }]
    );
}

#[test]
fn tables_headings_quotes_rules() {
    assert_eq!(
        html(
            "<h2>t</h2><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table><blockquote>q</blockquote><hr>"
        ),
        vec![
            Node::Heading {
                level: 2,
                children: vec![text("t")]
            },
            Node::Table(vec![
                Row {
                    header: true,
                    cells: vec![vec![text("a")]]
                },
                Row {
                    header: false,
                    cells: vec![vec![text("1")]]
                },
            ]),
            Node::Quote(vec![text("q")]),
            Node::Rule,
        ]
    );
}

#[test]
fn spoilers_hide() {
    assert_eq!(
        html("<span data-mx-spoiler=\"film\">he <b>dies</b></span><span data-mx-spoiler>x</span>"),
        vec![
            Node::Spoiler {
                reason: Some("film".to_owned()),
                children: vec![text("he "), strong(vec![text("dies")])]
            },
            Node::Spoiler {
                reason: None,
                children: vec![text("x")]
            },
        ]
    );
}

#[test]
fn people_become_mentions() {
    for href in [
        "https://matrix.to/#/@a:example.org",
        "https://matrix.to/#/%40a%3Aexample.org",
        "matrix:u/a:example.org",
    ] {
        let nodes = html(&format!("hello <a href=\"{href}\">Anne</a>"));
        assert_eq!(
            nodes,
            vec![
                text("hello "),
                Node::Mention {
                    user_id: "@a:example.org".try_into().expect("an id"),
                    label: "Anne".to_owned()
                }
            ],
            "{href} names a person"
        );
        assert_eq!(
            mentioned(&nodes).len(),
            1,
            "whose display name is to be fetched"
        );
    }
}

#[test]
fn everybody_is_mentioned_only_when_the_event_says_so() {
    assert_eq!(
        plain("a @room b"),
        vec![text("a @room b")],
        "m.mentions does not say so"
    );
    assert_eq!(
        nodes("a @room b", None, true),
        vec![text("a "), Node::RoomMention, text(" b")],
        "it does"
    );
}

#[test]
fn plain_text_finds_its_links() {
    let nodes = plain("see https://example.org/a_(b), or\nwrite to a@example.org.");
    assert!(
        matches!(&nodes[1], Node::Link { target: LinkTarget::Web(url), .. } if url.as_str() == "https://example.org/a_(b)"),
        "the comma is no part of it: {nodes:?}"
    );
    assert_eq!(nodes[3], Node::Break);
    assert!(
        matches!(&nodes[5], Node::Link { target: LinkTarget::Web(url), .. } if url.as_str() == "mailto:a@example.org"),
        "{nodes:?}"
    );
}

#[test]
fn plain_text_keeps_its_spaces_and_markup() {
    assert_eq!(
        plain("a   <b>b</b>"),
        vec![text("a   <b>b</b>")],
        "plain is plain"
    );
}

#[test]
fn dangerous_links_become_text() {
    for href in [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "&#106;avascript:alert(1)",
        "java\tscript:x",
    ] {
        assert_eq!(
            html(&format!("<a href=\"{href}\">x</a>")),
            vec![text("x")],
            "{href} must not open"
        );
    }
}

#[test]
fn active_content_goes_with_its_text() {
    for markup in [
        "<script>alert(1)</script>",
        "<style>body{display:none}</style>",
        "<svg onload=alert(1)><text>x</text></svg>",
        "<math><mtext>x</mtext></math>",
        "<iframe src=https://example.org>x</iframe>",
        "<template>x</template>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    ] {
        let seen = visible(&html(&format!("a{markup}")));
        for word in ["alert", "display", "onerror", "\"x\""] {
            assert!(!seen.contains(word), "{markup} left {seen}");
        }
    }
}

#[test]
fn images_are_words_only() {
    assert_eq!(
        html("<img src=\"mxc://a/b\" alt=\":wave:\">"),
        vec![text(":wave:")]
    );
    assert_eq!(
        html("x<img src=\"https://tracker.example/\">"),
        vec![text("x")],
        "nothing is fetched"
    );
}

#[test]
fn reply_fallback_is_dropped() {
    assert_eq!(
        html("<mx-reply><blockquote>old</blockquote></mx-reply>new"),
        vec![text("new")],
        "the quote is drawn from the event itself"
    );
}

#[test]
fn empty_or_foreign_formats_fall_back_to_the_body() {
    assert_eq!(html(""), vec![text("plain")]);
    assert_eq!(html("<script>x</script>"), vec![text("plain")]);
    let foreign = FormattedBody {
        format: "org.example.tex".into(),
        body: "\\x".to_owned(),
    };
    assert_eq!(nodes("plain", Some(&foreign), false), vec![text("plain")]);
}

#[test]
fn deep_html_neither_overflows_nor_hides_its_neighbours() {
    let depth = 10_000;
    for tag in ["b", "div", "blockquote", "ul", "span", "a", "foo"] {
        let body = format!(
            "{}x{}",
            format!("<{tag}>").repeat(depth),
            format!("</{tag}>").repeat(depth)
        );
        assert_eq!(
            html(&body),
            vec![text("plain")],
            "{tag} nested {depth} deep"
        );
    }
    let body = format!("a{}x{}b", "<div>".repeat(100), "</div>".repeat(100));
    let seen = visible(&html(&body));
    assert!(
        seen.contains('a') && seen.contains('b'),
        "what is too deep goes alone: {seen}"
    );
    let unclosed = "<li>".repeat(10_000);
    assert_eq!(html(&unclosed), vec![text("plain")], "too many tags");
}

#[test]
fn misnested_formatting_stays_quick() {
    let body = "<a><b><i>".repeat(5_000);
    assert_eq!(html(&body), vec![text("plain")], "quadratic for the parser");
}

#[test]
fn huge_text_is_cut_at_a_character() {
    let seen = plain(&"é".repeat(100_000));
    assert!(
        matches!(&seen[..], [Node::Text(text)] if text.len() <= MAX_TEXT),
        "one capped text"
    );
}
