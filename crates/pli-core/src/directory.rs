//! People known to the server.

use matrix_sdk::{
    HttpError,
    ruma::{
        OwnedMxcUri, OwnedUserId, UserId,
        api::client::profile::{AvatarUrl, DisplayName},
    },
};

use reqwest::StatusCode;

use crate::account::Account;

/// Most people answered.
const MAX_FOUND: u64 = 30;

/// Longest term searched for, in characters.
const MAX_TERM: usize = 255;

/// Longest name drawn, in characters.
const MAX_NAME: usize = 250;

/// Why a search found nobody.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The term is too long.
    #[error("malformed argument")]
    Malformed,
    /// The server refuses, or does not answer.
    #[error("the request failed")]
    Request(#[from] HttpError),
}

/// A person found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Matrix user id.
    pub user_id: OwnedUserId,
    /// Display name, or the id's local part.
    pub name: String,
    /// Of the avatar.
    pub avatar: Option<OwnedMxcUri>,
}

impl Found {
    fn new(user_id: OwnedUserId, name: Option<String>, avatar: Option<OwnedMxcUri>) -> Self {
        let name = name.filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| user_id.localpart().to_owned());
        Self {
            name: name.trim().chars().take(MAX_NAME).collect(),
            user_id,
            avatar,
        }
    }
}

impl Account {
    /// Searches the server's directory. A user id typed in full is found also when the
    /// directory does not list it, and comes first; for a guest there is no directory.
    ///
    /// # Errors
    ///
    /// When the term is too long, or the server refuses.
    pub async fn directory_search_users(&self, term: &str) -> Result<Vec<Found>, SearchError> {
        let term = term.trim();
        if term.chars().count() > MAX_TERM {
            return Err(SearchError::Malformed);
        }
        if term.is_empty() {
            return Ok(Vec::new());
        }
        let own = self.client().user_id();
        let exact = UserId::parse(term).ok().filter(|id| own != Some(&**id));
        if self.is_guest() {
            // Whom they name, they may write to; nobody is listed.
            return Ok(self.exact(exact).await.into_iter().collect());
        }
        let (listed, exact) = futures_util::join!(
            self.client().search_users(term, MAX_FOUND),
            self.exact(exact),
        );
        let listed = match (listed, &exact) {
            (Ok(listed), _) => listed.results,
            // The person typed is found, whatever the directory says.
            (Err(_), Some(_)) => Vec::new(),
            (Err(error), None) => return Err(error.into()),
        };
        let listed = listed
            .into_iter()
            .filter(|user| own != Some(&*user.user_id))
            .map(|user| Found::new(user.user_id, user.display_name, user.avatar_url));
        Ok(exact_first(exact, listed))
    }

    /// The person of a user id: without a name when the server does not tell, and `None` when
    /// it says that there is nobody of this name.
    async fn exact(&self, user_id: Option<OwnedUserId>) -> Option<Found> {
        let user_id = user_id?;
        let profile = self
            .client()
            .account()
            .fetch_user_profile_of(&user_id)
            .await;
        match profile {
            Ok(profile) => {
                let name = profile.get_static::<DisplayName>().ok().flatten();
                let avatar = profile.get_static::<AvatarUrl>().ok().flatten();
                Some(Found::new(user_id, name, avatar))
            }
            Err(error) if is_not_found(&error) => None,
            Err(_) => Some(Found::new(user_id, None, None)),
        }
    }
}

/// Synapse says so by the status alone, with the code `M_UNKNOWN`.
fn is_not_found(error: &matrix_sdk::Error) -> bool {
    let error = error.as_client_api_error();
    error.is_some_and(|error| error.status_code == StatusCode::NOT_FOUND)
}

fn exact_first(exact: Option<Found>, listed: impl Iterator<Item = Found>) -> Vec<Found> {
    let id = exact.as_ref().map(|exact| exact.user_id.clone());
    exact
        .into_iter()
        .chain(listed.filter(|user| Some(&user.user_id) != id.as_ref()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str, name: &str) -> Found {
        let user_id = UserId::parse(id).expect("a user id");
        Found::new(user_id, Some(name.to_owned()), None)
    }

    #[test]
    fn who_is_typed_in_full_comes_first_and_once() {
        let camille = found("@camille:example.org", "Camille");
        let nadia = found("@nadia:example.org", "Nadia");
        let listed = [camille.clone(), nadia.clone()];
        let both = exact_first(Some(nadia.clone()), listed.clone().into_iter());
        assert_eq!(both, [nadia, camille]);
        assert_eq!(exact_first(None, listed.clone().into_iter()), listed);
    }

    #[test]
    fn who_has_no_name_is_called_by_their_id() {
        assert_eq!(found("@camille:example.org", " ").name, "camille");
    }
}
