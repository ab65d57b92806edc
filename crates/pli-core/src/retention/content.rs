//! The end of a message, inside its content.

use std::collections::BTreeMap;

use matrix_sdk::ruma::{events::AnyMessageLikeEventContent, serde::Raw};
use pli_store::END;
use serde_json::value::{RawValue, to_raw_value};

use super::number;

/// What an edit puts in place of the content (`m.replace`).
const NEW_CONTENT: &str = "m.new_content";

type Object = BTreeMap<String, Box<RawValue>>;

/// A content that says when it ends.
pub(crate) fn lasting(
    content: &AnyMessageLikeEventContent,
    end: Option<u64>,
) -> serde_json::Result<Raw<AnyMessageLikeEventContent>> {
    let raw = Raw::new(content)?;
    let Some(end) = end else { return Ok(raw) };
    with(raw.json(), |object| put(object, end))
}

/// An edit that ends when what it edits does, whoever reads it as a message of its own.
pub(crate) fn lasting_edit(
    edit: &AnyMessageLikeEventContent,
    end: Option<u64>,
) -> serde_json::Result<Raw<AnyMessageLikeEventContent>> {
    let raw = Raw::new(edit)?;
    let Some(end) = end else { return Ok(raw) };
    with(raw.json(), |object| {
        put(object, end)?;
        if let Some(new) = object.get(NEW_CONTENT) {
            let new: Raw<AnyMessageLikeEventContent> = with(new, |object| put(object, end))?;
            object.insert(NEW_CONTENT.to_owned(), new.into_json());
        }
        Ok(())
    })
}

fn put(object: &mut Object, end: u64) -> serde_json::Result<()> {
    if let Some(end) = number(end) {
        object.insert(END.to_owned(), end);
    }
    Ok(())
}

fn with(
    json: &RawValue,
    change: impl FnOnce(&mut Object) -> serde_json::Result<()>,
) -> serde_json::Result<Raw<AnyMessageLikeEventContent>> {
    let mut object: Object = serde_json::from_str(json.get())?;
    change(&mut object)?;
    Ok(Raw::from_json(to_raw_value(&object)?))
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::{
        event_id,
        events::room::message::{ReplacementMetadata, RoomMessageEventContent},
    };
    use serde_json::{Value, json};

    use super::*;

    fn text(text: &str) -> RoomMessageEventContent {
        RoomMessageEventContent::text_plain(text)
    }

    fn value(raw: &Raw<AnyMessageLikeEventContent>) -> Value {
        serde_json::from_str(raw.json().get()).expect("JSON")
    }

    #[test]
    fn a_message_says_when_it_ends() {
        let content = text("a").into();
        let lasting = value(&lasting(&content, Some(17)).expect("JSON"));
        assert_eq!(lasting[END], json!(17));
        assert_eq!(lasting["body"], json!("a"), "the rest is as it was");
        let endless = super::lasting(&content, None).expect("JSON");
        assert!(value(&endless).get(END).is_none());
    }

    #[test]
    fn an_edit_ends_with_what_it_edits() {
        let edit = text("b").make_replacement(ReplacementMetadata::new(
            event_id!("$a:example.org").to_owned(),
            None,
        ));
        let edit = value(&lasting_edit(&edit.into(), Some(17)).expect("JSON"));
        assert_eq!(edit[END], json!(17), "as a message of its own");
        assert_eq!(edit["m.new_content"][END], json!(17), "and once applied");
        assert_eq!(edit["m.relates_to"]["event_id"], json!("$a:example.org"));
    }
}
