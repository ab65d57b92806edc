//! People of servers that the policy names as those of guests.

use std::sync::Arc;

use eyeball_im::Vector;
use futures_util::{Stream, StreamExt as _, stream};
use pli_policy::Policy;

use super::{Member, MemberState};
use crate::{account::Account, room::RoomError, timeline::Person};

impl Account {
    /// The guests who are in a room or invited to it, in the order of the member list, now and
    /// from now on.
    ///
    /// # Errors
    ///
    /// When the room is unknown.
    pub async fn room_guests(
        &self,
        room_id: &str,
    ) -> Result<impl Stream<Item = Vec<Person>> + Send + use<>, RoomError> {
        let policy = Arc::clone(self.policy());
        if policy.guest_servers.is_empty() {
            // Nobody is watched for nothing; the stream stays open, as the other does.
            let nobody = stream::once(std::future::ready(Vec::new()));
            return Ok(nobody.chain(stream::pending()).left_stream());
        }
        let members = self.room_members(room_id).await?;
        let told = (Vector::new(), None);
        let guests = members.scan(told, move |(members, last), diffs| {
            for diff in diffs {
                diff.apply(members);
            }
            let guests = guests(&policy, members);
            let changed = last.as_ref() != Some(&guests);
            *last = Some(guests.clone());
            std::future::ready(Some(changed.then_some(guests)))
        });
        Ok(guests.filter_map(std::future::ready).right_stream())
    }
}

fn guests(policy: &Policy, members: &Vector<Arc<Member>>) -> Vec<Person> {
    let here = members.iter().filter(|member| {
        matches!(member.state, MemberState::Joined | MemberState::Invited)
            && policy.is_guest_server(member.user_id.server_name().as_str())
    });
    here.map(|member| Person {
        user_id: member.user_id.clone(),
        name: member.name.clone(),
        ambiguous: member.ambiguous,
        avatar: member.avatar.clone(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::UserId;

    use super::*;
    use crate::member::Role;

    fn member(id: &str, state: MemberState) -> Arc<Member> {
        let user_id = UserId::parse(id).unwrap();
        Arc::new(Member {
            name: user_id.localpart().to_owned(),
            user_id,
            ambiguous: false,
            avatar: None,
            state,
            role: Role::User,
            power_level: 0,
            own: false,
            ignored: false,
            can_change: false,
        })
    }

    #[test]
    fn guests_are_those_of_their_servers_who_will_read() {
        let policy = Policy {
            guest_servers: vec!["externe.example".to_owned()],
            ..Policy::default()
        };
        let members: Vector<_> = [
            member("@agent:armees.example", MemberState::Joined),
            member("@ana:externe.example", MemberState::Joined),
            member("@bruno:EXTERNE.example", MemberState::Invited),
            member("@gone:externe.example", MemberState::Left),
            member("@banned:externe.example", MemberState::Banned),
            member("@like:externe.example.evil.test", MemberState::Joined),
            member("@externe.example:evil.test", MemberState::Joined),
        ]
        .into_iter()
        .collect();
        let names: Vec<_> = guests(&policy, &members)
            .into_iter()
            .map(|person| person.name)
            .collect();
        assert_eq!(names, ["ana", "bruno"]);
        assert_eq!(guests(&Policy::default(), &members), []);
    }
}
