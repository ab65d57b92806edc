//! Links in messages: the page opens them by id, and only Rust knows where they lead.

use matrix_sdk::{
    Room,
    ruma::{
        MatrixToUri, MatrixUri, OwnedEventId, OwnedRoomOrAliasId, OwnedUserId, RoomOrAliasId,
        matrix_uri::MatrixId,
    },
};
use url::Url;

use crate::{account::Account, registry::Registry};

/// How many links are remembered.
const CAPACITY: usize = 20_000;

/// Longest URL that becomes a link.
const MAX_URL: usize = 4_096;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// `https`, `http` or `mailto`: the system opens it.
    Web(Url),
    /// A person, by `matrix.to` or `matrix:`.
    User(OwnedUserId),
    /// A room, and perhaps an event in it.
    Room(OwnedRoomOrAliasId, Option<OwnedEventId>),
}

impl LinkTarget {
    /// Reads a URL; `None` for every scheme but https, http, mailto and matrix.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_URL {
            return None;
        }
        if let Some(id) = matrix_id(text) {
            return Self::from_matrix_id(id);
        }
        let url = Url::parse(text).ok()?;
        // In capitals, for instance.
        if let Some(id) = matrix_id(url.as_str()) {
            return Self::from_matrix_id(id);
        }
        match url.scheme() {
            "https" | "http" => url.host_str().filter(|host| !host.is_empty())?,
            "mailto" => plain_address(&url)?,
            _ => return None,
        };
        Some(Self::Web(url)).filter(|target| !target.host().is_empty())
    }

    fn from_matrix_id(id: MatrixId) -> Option<Self> {
        match id {
            MatrixId::User(user) => Some(Self::User(user)),
            MatrixId::Room(room) => Some(Self::Room(room.into(), None)),
            MatrixId::RoomAlias(alias) => Some(Self::Room(alias.into(), None)),
            MatrixId::Event(room, event) => Some(Self::Room(room, Some(event))),
            _ => None,
        }
    }

    /// What is shown beside the link: the host in punycode, the domain of a mail address,
    /// the server of a Matrix id.
    pub fn host(&self) -> String {
        match self {
            Self::Web(url) if url.scheme() == "mailto" => {
                let domain = url.path().rsplit('@').next().unwrap_or_default();
                Url::parse(&format!("http://{domain}/"))
                    .ok()
                    .and_then(|url| url.host_str().map(ToOwned::to_owned))
                    .unwrap_or_default()
            }
            Self::Web(url) => url.host_str().unwrap_or_default().to_owned(),
            Self::User(user) => user.server_name().to_string(),
            Self::Room(room, _) => room
                .server_name()
                .map(ToString::to_string)
                .unwrap_or_default(),
        }
    }

    fn key(&self) -> String {
        match self {
            Self::Web(url) => url.to_string(),
            Self::User(user) => user.to_string(),
            Self::Room(room, event) => {
                format!(
                    "{room} {}",
                    event.as_deref().map(|id| id.as_str()).unwrap_or_default()
                )
            }
        }
    }
}

/// The one address of a mail link that asks for nothing but a subject and words: programs for mail
/// take further fields for recipients, even for files to attach, and neither would be seen here.
fn plain_address(mail: &Url) -> Option<&str> {
    let fields = mail.query_pairs();
    let plain = fields.into_iter().all(|(name, _)| {
        ["subject", "body"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    });
    let address = Some(mail.path()).filter(|_| plain)?;
    let separated = address.contains([',', ';']) || address.matches('@').count() != 1;
    (!separated && !address.to_ascii_lowercase().contains("%2c")).then_some(address)
}

fn matrix_id(text: &str) -> Option<MatrixId> {
    if text.starts_with("matrix:") {
        MatrixUri::parse(text).ok().map(|uri| uri.id().clone())
    } else {
        let ids = text.strip_prefix("https://matrix.to/#/")?;
        let ids = ids.split('?').next().unwrap_or_default();
        if ids.contains("//") {
            // The library takes the first letter of what is empty, and panics (ruma 0.16).
            return None;
        }
        MatrixToUri::parse(text).ok().map(|uri| uri.id().clone())
    }
}

/// The links on screen, by id.
pub struct Links(Registry<LinkTarget>);

impl Default for Links {
    fn default() -> Self {
        Self(Registry::new(CAPACITY))
    }
}

impl Links {
    /// The id under which the page may open this link.
    pub fn id(&self, target: &LinkTarget) -> String {
        self.0.insert(&target.key(), || target.clone())
    }

    /// Where the link leads; `None` when it was never shown, or too long ago.
    pub fn get(&self, id: &str) -> Option<LinkTarget> {
        self.0.get(id)
    }
}

impl Account {
    /// The id of a room the user is in, by its id or alias.
    pub fn joined_room(&self, room: &RoomOrAliasId) -> Option<String> {
        let is_it = |candidate: &Room| {
            candidate.room_id().as_str() == room.as_str()
                || candidate
                    .canonical_alias()
                    .is_some_and(|alias| alias.as_str() == room.as_str())
                || candidate
                    .alt_aliases()
                    .iter()
                    .any(|alias| alias.as_str() == room.as_str())
        };
        let rooms = self.client().joined_rooms();
        rooms
            .iter()
            .find(|candidate| is_it(candidate))
            .map(|found| found.room_id().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_schemes_are_links() {
        for text in [
            "https://example.org/a",
            "http://example.org",
            "mailto:a@example.org",
            "mailto:a@example.org?Subject=x&body=y",
            "matrix:u/a:example.org",
        ] {
            assert!(LinkTarget::parse(text).is_some(), "{text} may be opened");
        }
        for text in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.org",
            "vbscript:x",
            "ms-msdt:/id",
            "smb://host/share",
            "//example.org",
            "https://",
            "mailto:",
            "mailto:a@",
            "mailto:a@exa\u{13}mple.org",
            "mailto:a@example.org,b@evil.test",
            "mailto:a@example.org%2Cb@evil.test",
            "mailto:a@example.org?attach=/etc/passwd",
            "mailto:a@example.org?bcc=b@evil.test",
            " \u{1}javascript:x",
            "blob:https://example.org/x",
            "tauri://localhost",
            "about:blank",
            "",
        ] {
            assert_eq!(LinkTarget::parse(text), None, "{text:?} must not be opened");
        }
    }

    #[test]
    fn hosts_are_shown_in_punycode() {
        let target = LinkTarget::parse("https://еxample.org/").expect("a URL");
        assert_eq!(
            target.host(),
            "xn--xample-2of.org",
            "the first letter is Cyrillic"
        );
        let target = LinkTarget::parse("https://example.org@evil.test/").expect("a URL");
        assert_eq!(
            target.host(),
            "evil.test",
            "what stands before @ is no host"
        );
        let target = LinkTarget::parse("mailto:a@exämple.org").expect("a mail address");
        assert_eq!(target.host(), "xn--exmple-cua.org", "mail domains too");
    }

    #[test]
    fn matrix_links_name_people_and_rooms() {
        assert_eq!(
            LinkTarget::parse("https://matrix.to/#/@a:example.org"),
            LinkTarget::parse("matrix:u/a:example.org"),
            "two spellings of one person"
        );
        assert_eq!(
            LinkTarget::parse("HTTPS://Matrix.To/#/@a:example.org"),
            LinkTarget::parse("matrix:u/a:example.org"),
            "and another"
        );
        assert!(
            matches!(
                LinkTarget::parse("https://matrix.to/#/!r:example.org/$e"),
                Some(LinkTarget::Room(_, Some(_)))
            ),
            "a link to an event"
        );
    }

    #[test]
    fn links_on_which_the_library_panics_name_nobody() {
        for ids in [
            "//x",
            "///",
            "!r:example.org///",
            "//$e/!r:example.org",
            "//?via=a",
        ] {
            let target = LinkTarget::parse(&format!("https://matrix.to/#/{ids}"));
            assert!(matches!(target, None | Some(LinkTarget::Web(_))), "{ids}");
        }
    }

    #[test]
    fn ids_lead_back() {
        let links = Links::default();
        let target = LinkTarget::parse("https://example.org/").expect("a URL");
        let id = links.id(&target);
        assert_eq!(links.get(&id), Some(target), "the page opens it by id");
        assert_eq!(links.get("0"), None, "nothing else opens");
    }
}
