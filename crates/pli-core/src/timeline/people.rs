//! Names and pictures of the people in a room.

use std::collections::HashMap;

use matrix_sdk::{
    Room,
    ruma::{OwnedMxcUri, OwnedUserId, UserId},
};
use matrix_sdk_ui::timeline::Profile;

/// A person, as the room knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Matrix user id.
    pub user_id: OwnedUserId,
    /// Display name, or the id's local part.
    pub name: String,
    /// Another member has the same name.
    pub ambiguous: bool,
    /// Of the avatar.
    pub avatar: Option<OwnedMxcUri>,
}

impl Person {
    /// A person by what the timeline knows of them.
    pub fn new(user_id: &UserId, profile: Option<&Profile>) -> Self {
        let name = profile
            .and_then(|profile| profile.display_name.as_deref())
            .filter(|name| !name.trim().is_empty());
        Self {
            user_id: user_id.to_owned(),
            name: name.unwrap_or_else(|| user_id.localpart()).to_owned(),
            ambiguous: profile.is_some_and(|profile| profile.display_name_ambiguous),
            avatar: profile.and_then(|profile| profile.avatar_url.clone()),
        }
    }
}

/// People looked up so far.
pub(super) struct People {
    room: Room,
    known: HashMap<OwnedUserId, Person>,
}

impl People {
    pub(super) fn new(room: Room) -> Self {
        Self {
            room,
            known: HashMap::new(),
        }
    }

    pub(super) async fn get(&mut self, user_id: &UserId) -> Person {
        if let Some(person) = self.known.get(user_id) {
            return person.clone();
        }
        let profile = Profile::load(&self.room, user_id).await;
        let person = Person::new(user_id, profile.as_ref());
        self.known.insert(user_id.to_owned(), person.clone());
        person
    }

    /// Their membership or profile changed.
    pub(super) fn forget(&mut self, user_id: &UserId) {
        self.known.remove(user_id);
    }

    pub(super) fn forget_all(&mut self) {
        self.known.clear();
    }
}
