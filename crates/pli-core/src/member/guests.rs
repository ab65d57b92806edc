//! The guests of a room.

use std::sync::Arc;

use eyeball_im::Vector;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{
    Member,
    list::{self, Who},
};
use crate::{account::Account, room::RoomError, timeline::Person};

impl Account {
    /// The guests, other than the user, who are in a room or invited to it, in the order of the member list, now and
    /// from now on.
    ///
    /// # Errors
    ///
    /// When the room is unknown.
    pub async fn room_guests(
        &self,
        room_id: &str,
    ) -> Result<impl Stream<Item = Vec<Person>> + Send + use<>, RoomError> {
        let room = self.known_room(room_id).map_err(|_| RoomError::NoRoom)?;
        let guests = self.guests();
        if guests.are_unknown() {
            // Nobody is watched for nothing; the stream stays open, as the other does.
            let nobody = stream::once(std::future::ready(Vec::new()));
            return Ok(nobody.chain(stream::pending()).left_stream());
        }
        let (sender, receiver) = mpsc::channel(8);
        self.spawn_until_over(list::watch(room, guests, Who::Guests, sender));
        let told = (Vector::new(), None);
        let people = ReceiverStream::new(receiver).scan(told, |(members, last), diffs| {
            for diff in diffs {
                diff.apply(members);
            }
            let people = people(members);
            let changed = last.as_ref() != Some(&people);
            *last = Some(people.clone());
            std::future::ready(Some(changed.then_some(people)))
        });
        Ok(people.filter_map(std::future::ready).right_stream())
    }
}

fn people(members: &Vector<Arc<Member>>) -> Vec<Person> {
    // One who is a guest knows.
    let others = members.iter().filter(|member| !member.own);
    let people = others.map(|member| Person {
        user_id: member.user_id.clone(),
        name: member.name.clone(),
        ambiguous: member.ambiguous,
        avatar: member.avatar.clone(),
    });
    people.collect()
}
