//! Administrative templates for the group policies of Windows.

use std::fmt::Write as _;

use super::{In, escaped, limits};
use crate::{
    Chapter, KEYS, Key,
    kind::{Item, Kind, LONGEST, Words},
    source::registry::{KEY, RECOMMENDED},
};

const NAMESPACE: &str = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions";

/// A key in one of its two strengths.
struct Entry {
    key: &'static Key,
    recommended: bool,
}

impl Entry {
    fn all() -> impl Iterator<Item = Self> {
        let forced = KEYS.iter().map(|key| Self {
            key,
            recommended: false,
        });
        let own = KEYS.iter().filter(|key| key.own);
        forced.chain(own.map(|key| Self {
            key,
            recommended: true,
        }))
    }

    fn id(&self) -> String {
        let end = if self.recommended { "_Recommended" } else { "" };
        format!("{}{end}", self.key.name)
    }

    fn category(&self) -> &'static str {
        if self.recommended {
            "Recommended"
        } else {
            self.key.chapter.name()
        }
    }

    fn registry(&self) -> String {
        if self.recommended {
            format!("{KEY}\\{RECOMMENDED}")
        } else {
            KEY.to_owned()
        }
    }
}

/// The template itself: `pli.admx`.
pub(crate) fn template() -> String {
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions xmlns="{NAMESPACE}" revision="1.0" schemaVersion="1.0">
  <policyNamespaces>
    <target prefix="pli" namespace="Pli.Policies" />
  </policyNamespaces>
  <resources minRequiredRevision="1.0" />
  <supportedOn>
    <definitions>
      <definition name="Supported" displayName="$(string.Supported)" />
    </definitions>
  </supportedOn>
  <categories>
    <category name="Pli" displayName="$(string.Category_Pli)" />
"#
    );
    let chapters = Chapter::ALL.iter().map(|chapter| chapter.name());
    for name in chapters.chain(["Recommended"]) {
        let _ = writeln!(
            xml,
            r#"    <category name="{name}" displayName="$(string.Category_{name})">
      <parentCategory ref="Pli" />
    </category>"#
        );
    }
    xml.push_str("  </categories>\n  <policies>\n");
    for entry in Entry::all() {
        policy(&mut xml, &entry);
    }
    xml.push_str("  </policies>\n</policyDefinitions>\n");
    xml
}

fn policy(xml: &mut String, entry: &Entry) {
    let (id, name, category, key) = (
        entry.id(),
        entry.key.name,
        entry.category(),
        entry.registry(),
    );
    let _ = write!(
        xml,
        r#"    <policy name="{id}" class="Both" displayName="$(string.{id})" explainText="$(string.{id}_Explain)" key="{key}""#
    );
    let truth = entry.key.kind == Kind::Truth;
    let attribute = if truth {
        format!(r#" valueName="{name}">"#)
    } else {
        format!(r#" presentation="$(presentation.{id})">"#)
    };
    let _ = writeln!(
        xml,
        r#"{attribute}
      <parentCategory ref="{category}" />
      <supportedOn ref="Supported" />"#
    );
    match entry.key.kind {
        Kind::Truth => xml.push_str(
            r#"      <enabledValue>
        <decimal value="1" />
      </enabledValue>
      <disabledValue>
        <decimal value="0" />
      </disabledValue>
"#,
        ),
        kind => {
            let _ = writeln!(
                xml,
                "      <elements>\n{}      </elements>",
                element(kind, name, &key)
            );
        }
    }
    xml.push_str("    </policy>\n");
}

fn element(kind: Kind, name: &str, key: &str) -> String {
    match kind {
        Kind::Truth => String::new(),
        Kind::Number { least, most } => format!(
            "        <decimal id=\"{name}\" valueName=\"{name}\" minValue=\"{least}\" maxValue=\"{most}\" required=\"true\" />\n"
        ),
        Kind::One(Item::Text(_)) => {
            format!("        <text id=\"{name}\" valueName=\"{name}\" maxLength=\"{LONGEST}\" />\n")
        }
        Kind::One(Item::Choice(choices)) => {
            let mut xml =
                format!("        <enum id=\"{name}\" valueName=\"{name}\" required=\"true\">\n");
            for choice in choices {
                let value = choice.value;
                let _ = writeln!(
                    xml,
                    r#"          <item displayName="$(string.{name}_{value})">
            <value>
              <string>{value}</string>
            </value>
          </item>"#
                );
            }
            xml.push_str("        </enum>\n");
            xml
        }
        Kind::List(_) => {
            format!("        <list id=\"{name}\" key=\"{key}\\{name}\" valuePrefix=\"\" />\n")
        }
        Kind::Table(..) => {
            format!("        <list id=\"{name}\" key=\"{key}\\{name}\" explicitValue=\"true\" />\n")
        }
    }
}

/// The words of the template in one language: `pli.adml`.
pub(crate) fn words(language: In) -> String {
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources xmlns="{NAMESPACE}" revision="1.0" schemaVersion="1.0">
  <displayName>Pli</displayName>
  <description>{}</description>
  <resources>
    <stringTable>
"#,
        language.of(Words {
            fr: "La politique de Pli.",
            en: "The policy of Pli."
        })
    );
    for (id, text) in strings(language) {
        let _ = writeln!(
            xml,
            r#"      <string id="{id}">{}</string>"#,
            escaped(&text)
        );
    }
    xml.push_str("    </stringTable>\n    <presentationTable>\n");
    for entry in Entry::all().filter(|entry| entry.key.kind != Kind::Truth) {
        let _ = writeln!(
            xml,
            "      <presentation id=\"{}\">\n        {}\n      </presentation>",
            entry.id(),
            presentation(entry.key, language)
        );
    }
    xml.push_str("    </presentationTable>\n  </resources>\n</policyDefinitionResources>\n");
    xml
}

fn strings(language: In) -> Vec<(String, String)> {
    let mut strings = vec![
        ("Supported".to_owned(), "Pli 0.1".to_owned()),
        ("Category_Pli".to_owned(), "Pli".to_owned()),
    ];
    for chapter in Chapter::ALL {
        strings.push((
            format!("Category_{}", chapter.name()),
            language.of(chapter.title()).to_owned(),
        ));
    }
    let recommended = language.of(Words {
        fr: "Valeurs recommandées, que l’utilisateur peut changer",
        en: "Recommended values, which the user may change",
    });
    strings.push(("Category_Recommended".to_owned(), recommended.to_owned()));
    for entry in Entry::all() {
        let title = language.of(entry.key.title).to_owned();
        strings.push((entry.id(), title));
        strings.push((
            format!("{}_Explain", entry.id()),
            explain(entry.key, language),
        ));
    }
    for key in KEYS {
        if let Kind::One(Item::Choice(choices)) = key.kind {
            for choice in choices {
                let means = format!("{} ({})", choice.value, language.of(choice.means));
                strings.push((format!("{}_{}", key.name, choice.value), means));
            }
        }
    }
    strings
}

fn explain(key: &Key, language: In) -> String {
    let mut text = language.of(key.about).to_owned();
    let limits = limits(key.kind, language);
    let _ = match language {
        In::French => write!(text, "\n\nValeurs\u{a0}: {limits}."),
        In::English => write!(text, "\n\nValues: {limits}."),
    };
    if let Some(awaits) = key.awaits {
        let awaits = language.of(awaits);
        let _ = match language {
            In::French => write!(text, "\n\nSans effet avant que Pli n’ait {awaits}."),
            In::English => write!(text, "\n\nWithout effect until Pli has {awaits}."),
        };
    }
    text
}

fn presentation(key: &Key, language: In) -> String {
    let (name, title) = (key.name, escaped(language.of(key.title)));
    match key.kind {
        Kind::Truth => String::new(),
        Kind::Number { .. } => {
            let default = key.default_value();
            format!(
                r#"<decimalTextBox refId="{name}" defaultValue="{default}">{title}</decimalTextBox>"#
            )
        }
        Kind::One(Item::Text(_)) => {
            format!(r#"<textBox refId="{name}"><label>{title}</label></textBox>"#)
        }
        Kind::One(Item::Choice(choices)) => {
            let default = key.default_value();
            let place = choices.iter().position(|choice| choice.value == default);
            let place = place.unwrap();
            format!(
                r#"<dropdownList refId="{name}" noSort="true" defaultItem="{place}">{title}</dropdownList>"#
            )
        }
        Kind::List(_) | Kind::Table(..) => format!(r#"<listBox refId="{name}">{title}</listBox>"#),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use roxmltree::{Document, Node};

    use super::*;

    fn attributes<'a>(document: &'a Document<'a>, tag: &str, name: &str) -> Vec<&'a str> {
        let nodes = document
            .descendants()
            .filter(|node| node.has_tag_name((NAMESPACE, tag)));
        nodes.filter_map(|node| node.attribute(name)).collect()
    }

    fn distinct<'a>(ids: &[&'a str]) -> BTreeSet<&'a str> {
        let set: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(set.len(), ids.len(), "an id is given twice: {ids:?}");
        set
    }

    /// What `$(string.X)` and the like refer to, in any attribute.
    fn referred<'a>(document: &'a Document<'a>, table: &str) -> BTreeSet<&'a str> {
        let start = format!("$({table}.");
        let values = document.descendants().flat_map(|node| node.attributes());
        let referred = values.filter_map(|a| a.value().strip_prefix(&start)?.strip_suffix(')'));
        referred.collect()
    }

    #[test]
    fn the_words_of_each_language_are_those_that_the_template_asks_for() {
        let template = template();
        let template = Document::parse(&template).unwrap();
        for language in [In::French, In::English] {
            let words = words(language);
            let words = Document::parse(&words).unwrap();
            assert_eq!(
                distinct(&attributes(&words, "string", "id")),
                referred(&template, "string")
            );
            assert_eq!(
                distinct(&attributes(&words, "presentation", "id")),
                referred(&template, "presentation")
            );
            let empty = words
                .descendants()
                .filter(|node| node.has_tag_name((NAMESPACE, "string")));
            assert!(
                empty
                    .map(|node| node.text().unwrap_or_default())
                    .all(|text| text.len() > 2)
            );
        }
    }

    #[test]
    fn each_box_shows_the_element_of_its_own_policy() {
        let template = template();
        let template = Document::parse(&template).unwrap();
        let words = words(In::French);
        let words = Document::parse(&words).unwrap();
        let policies = template
            .descendants()
            .filter(|n| n.has_tag_name((NAMESPACE, "policy")));
        let mut seen = 0;
        for policy in policies.filter(|policy| policy.attribute("presentation").is_some()) {
            let elements = child(policy, "elements");
            let ids: Vec<_> = elements
                .children()
                .filter_map(|e| e.attribute("id"))
                .collect();
            let shown = words.descendants().find(|n| {
                n.attribute("id") == policy.attribute("name")
                    && n.has_tag_name((NAMESPACE, "presentation"))
            });
            let refs: Vec<_> = shown
                .unwrap()
                .children()
                .filter_map(|e| e.attribute("refId"))
                .collect();
            assert_eq!(ids, refs, "{:?}", policy.attribute("name"));
            seen += 1;
        }
        assert!(seen > 20, "{seen} policies have a box");
    }

    fn child<'a, 'input>(node: Node<'a, 'input>, tag: &str) -> Node<'a, 'input> {
        node.children()
            .find(|child| child.has_tag_name((NAMESPACE, tag)))
            .unwrap()
    }

    #[test]
    fn every_key_is_there_once_and_in_a_category_that_there_is() {
        let template = template();
        let template = Document::parse(&template).unwrap();
        let names = distinct(&attributes(&template, "policy", "name")).len();
        assert_eq!(
            names,
            KEYS.len() + KEYS.iter().filter(|key| key.own).count()
        );
        let categories = distinct(&attributes(&template, "category", "name"));
        for parent in attributes(&template, "parentCategory", "ref") {
            assert!(categories.contains(parent), "{parent}");
        }
    }
}
