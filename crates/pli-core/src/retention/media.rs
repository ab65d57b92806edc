//! The media that a message shows, whatever it says it is.

use std::collections::HashSet;

use matrix_sdk::ruma::{OwnedMxcUri, events::AnySyncTimelineEvent, serde::Raw};
use serde_json::Value;

/// Deeper than any content has them.
const DEPTH: usize = 6;

/// Adds every address of a medium in the content of an event.
pub(super) fn collect(event: &Raw<AnySyncTimelineEvent>, found: &mut HashSet<OwnedMxcUri>) {
    if let Ok(Some(content)) = event.get_field::<Value>("content") {
        within(&content, DEPTH, found);
    }
}

/// `url` of a file in clear, `file.url` of an encrypted one; the same of thumbnails, in `info`,
/// and of edits, in `m.new_content`.
fn within(value: &Value, depth: usize, found: &mut HashSet<OwnedMxcUri>) {
    let Some(object) = value.as_object().filter(|_| depth > 0) else {
        return;
    };
    for (name, value) in object {
        match value.as_str() {
            Some(text) if name.ends_with("url") && text.starts_with("mxc://") => {
                found.insert(text.into());
            }
            _ => within(value, depth - 1, found),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn files_and_their_thumbnails_are_found() {
        let event = json!({ "content": {
            "url": "mxc://a/clear",
            "file": { "url": "mxc://a/sealed" },
            "info": {
                "thumbnail_url": "mxc://a/small",
                "thumbnail_file": { "url": "mxc://a/sealed-small" },
            },
            "m.new_content": { "file": { "url": "mxc://a/edited" } },
            "body": "mxc://a/body",
            "external_url": "https://a/",
        }});
        let mut found = HashSet::new();
        let event = Raw::new(&event).expect("JSON").cast_unchecked();
        collect(&event, &mut found);
        let mut found: Vec<&str> = found.iter().map(|uri| uri.as_str()).collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                "mxc://a/clear",
                "mxc://a/edited",
                "mxc://a/sealed",
                "mxc://a/sealed-small",
                "mxc://a/small"
            ]
        );
    }
}
