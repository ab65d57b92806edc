//! The member list as a table for spreadsheets.

use std::{fmt::Write as _, io, path::Path, sync::Arc};

use super::{
    Member, MemberState, Role,
    list::{self, Who},
};
use crate::{account::Account, file::write_whole, room::RoomError};

/// The words of the table, and what stands between its cells.
#[derive(Debug, Clone)]
pub struct TableWords {
    /// Between cells: `;` where spreadsheets expect it, as in French.
    pub separator: char,
    /// Heads of the columns: name, address, server, role, state, guest.
    pub heads: [String; 6],
    /// Creator, administrator, moderator, anybody else.
    pub roles: [String; 4],
    /// Joined, invited, banned.
    pub states: [String; 3],
    /// For a guest; the cell of others is empty.
    pub guest: String,
}

/// Why the member list was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The room is unknown, or its members cannot be had.
    #[error(transparent)]
    Room(#[from] RoomError),
    /// The file could not be written.
    #[error("the file could not be written")]
    Write(#[source] io::Error),
}

impl Account {
    /// Writes who is in a room, invited or banned, as CSV (RFC 4180, with a byte order mark).
    ///
    /// # Errors
    ///
    /// When the room is unknown, the server does not tell who is there, or the file cannot be
    /// written.
    pub async fn room_members_export(
        &self,
        room_id: &str,
        path: &Path,
        words: &TableWords,
    ) -> Result<(), ExportError> {
        let room = self.known_room(room_id).map_err(|_| RoomError::NoRoom)?;
        room.sync_members().await.map_err(RoomError::from)?;
        let members = list::members(&room, &self.guests(), Who::Everybody).await;
        let table = table(&members, words);
        let written = write_whole(path, table.as_bytes()).await;
        written.map_err(ExportError::Write)
    }
}

fn table(members: &[Arc<Member>], words: &TableWords) -> String {
    // Spreadsheets take it for Latin-1 otherwise.
    let mut table = String::from('\u{feff}');
    line(
        &mut table,
        words.separator,
        words.heads.each_ref().map(String::as_str),
    );
    let [creator, administrator, moderator, user] = &words.roles;
    let [joined, invited, banned] = &words.states;
    for member in members {
        let role = match member.role {
            Role::Creator => creator,
            Role::Administrator => administrator,
            Role::Moderator => moderator,
            Role::User => user,
        };
        let state = match member.state {
            MemberState::Joined => joined,
            MemberState::Invited => invited,
            MemberState::Banned => banned,
            MemberState::Left => continue,
        };
        let guest = if member.guest {
            words.guest.as_str()
        } else {
            ""
        };
        let cells = [
            member.name.as_str(),
            member.user_id.as_str(),
            member.user_id.server_name().as_str(),
            role,
            state,
            guest,
        ];
        line(&mut table, words.separator, cells);
    }
    table
}

fn line(table: &mut String, separator: char, cells: [&str; 6]) {
    for (index, text) in cells.into_iter().enumerate() {
        if index > 0 {
            table.push(separator);
        }
        // Writing to a string does not fail.
        let _ = write!(table, "\"{}\"", cell(text));
    }
    table.push_str("\r\n");
}

/// A text that a spreadsheet takes for a text: what begins like a formula gets an apostrophe
/// before it, as spreadsheets themselves do.
fn cell(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let begins = clean.trim_start().chars().next();
    let formula = begins.is_some_and(|c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠'
        )
    });
    let guard = if formula { "'" } else { "" };
    format!("{guard}{}", clean.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::UserId;

    use super::*;

    fn words() -> TableWords {
        let all = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        TableWords {
            separator: ';',
            heads: all(&["Nom", "Adresse", "Serveur", "Rôle", "État", "Externe"])
                .try_into()
                .unwrap(),
            roles: all(&["Création", "Administration", "Modération", "Membre"])
                .try_into()
                .unwrap(),
            states: all(&["Membre", "Invité", "Banni"]).try_into().unwrap(),
            guest: "oui".to_owned(),
        }
    }

    fn member(id: &str, name: &str, state: MemberState, guest: bool) -> Arc<Member> {
        Arc::new(Member {
            user_id: UserId::parse(id).unwrap(),
            name: name.to_owned(),
            ambiguous: false,
            avatar: None,
            state,
            role: Role::User,
            power_level: 0,
            own: false,
            guest,
            ignored: false,
            can_change: false,
        })
    }

    #[test]
    fn a_line_for_everybody_who_is_there() {
        let members = [
            member(
                "@ines:a.example",
                "Inès \"la\" Haddad",
                MemberState::Joined,
                false,
            ),
            member("@ana:ext.example", "Ana; B", MemberState::Invited, true),
            member("@gone:a.example", "Parti", MemberState::Left, false),
        ];
        assert_eq!(
            table(&members, &words()),
            "\u{feff}\"Nom\";\"Adresse\";\"Serveur\";\"Rôle\";\"État\";\"Externe\"\r\n\
             \"Inès \"\"la\"\" Haddad\";\"'@ines:a.example\";\"a.example\";\"Membre\";\"Membre\";\"\"\r\n\
             \"Ana; B\";\"'@ana:ext.example\";\"ext.example\";\"Membre\";\"Invité\";\"oui\"\r\n"
        );
    }

    #[test]
    fn no_name_is_a_formula() {
        for name in [
            "=1+1",
            "+33 1",
            "-1",
            "@SUM(A1)",
            " =HYPERLINK(\"http://evil.test\")",
            "\t=1",
            "\r=1",
            "|cmd",
            "％".replace('％', "%").as_str(),
            "＝1",
        ] {
            assert!(cell(name).starts_with('\''), "{name:?}");
        }
        assert_eq!(cell("Anne-Marie = chef"), "Anne-Marie = chef");
        assert_eq!(cell("a\r\nb"), "a  b", "one line a person");
    }
}
