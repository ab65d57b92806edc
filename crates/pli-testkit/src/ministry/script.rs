//! Reads the files in `ministry/`: who there is, and what they say to each other.

use anyhow::{Context, Result, bail};

/// One line of `people.txt`.
#[derive(Debug)]
pub(super) struct Person {
    /// Local part of the user id.
    pub(super) local_part: String,
    /// Display name.
    pub(super) name: String,
    /// Never signed in: their first device shows the recovery code.
    pub(super) newcomer: bool,
    /// Belongs to the other ministry, where there are two.
    pub(super) elsewhere: bool,
}

/// What a room is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Encrypted, by invitation.
    Private,
    /// In clear, for everybody.
    Public,
    /// Encrypted, of two.
    Direct,
    /// Encrypted; the last member has not answered the invitation yet.
    Invite,
}

/// A room and what happens in it.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// Local parts, the creator first.
    pub(super) members: Vec<String>,
    pub(super) topic: String,
    pub(super) acts: Vec<Act>,
}

/// One line of a scene.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Say(String, String),
    Reply(String, String),
    Edit(String, String),
    React(String, Vec<String>),
    Image(String, String),
    File(String, String),
    Read(String),
    Favourite(String),
    LowPriority(String),
    NextDay,
}

/// Reads `people.txt`.
pub(super) fn people(text: &str) -> Result<Vec<Person>> {
    lines(text)
        .map(|line| {
            let [local_part, name, traits] = fields(line)?;
            Ok(Person {
                local_part,
                name,
                newcomer: traits.contains("new"),
                elsewhere: traits.contains("elsewhere"),
            })
        })
        .collect()
}

/// Reads `rooms.txt`.
pub(super) fn scenes(text: &str) -> Result<Vec<Scene>> {
    let mut scenes: Vec<Scene> = Vec::new();
    let mut lines = lines(text);
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("room ") {
            scenes.push(scene(heading)?);
            continue;
        }
        let scene = scenes.last_mut().context("a line before the first room")?;
        if let Some(times) = line.strip_prefix("repeat ") {
            let routine: Vec<&str> = lines.by_ref().take_while(|line| *line != "end").collect();
            for n in 1..=times.trim().parse::<usize>()? {
                let number = (n * 7 % 13 + 3).to_string();
                for line in &routine {
                    scene.acts.push(act(&line.replace("{n}", &number))?);
                }
            }
        } else {
            scene.acts.push(act(line)?);
        }
    }
    Ok(scenes)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn fields<const N: usize>(line: &str) -> Result<[String; N]> {
    let fields: Vec<String> = line.split('|').map(|part| part.trim().to_owned()).collect();
    fields
        .try_into()
        .map_err(|_| anyhow::anyhow!("{N} fields wanted: {line}"))
}

fn scene(heading: &str) -> Result<Scene> {
    let [kind, name, members, topic] = fields(heading)?;
    let kind = match kind.as_str() {
        "private" => Kind::Private,
        "public" => Kind::Public,
        "direct" => Kind::Direct,
        "invite" => Kind::Invite,
        other => bail!("no such kind of room: {other}"),
    };
    Ok(Scene {
        kind,
        name,
        members: words(&members),
        topic,
        acts: Vec::new(),
    })
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn act(line: &str) -> Result<Act> {
    if line == "day" {
        return Ok(Act::NextDay);
    }
    if let Some(rest) = line.strip_prefix("+ ") {
        let (emoji, people) = rest.split_once(' ').context("who reacts?")?;
        return Ok(Act::React(emoji.to_owned(), words(people)));
    }
    let (first, rest) = line.split_once(' ').context("an empty act")?;
    let two = || -> Result<(String, String)> {
        let (who, what) = rest.split_once(": ").context("who: what")?;
        Ok((who.to_owned(), what.to_owned()))
    };
    Ok(match first {
        "read" => Act::Read(rest.to_owned()),
        "fav" => Act::Favourite(rest.to_owned()),
        "low" => Act::LowPriority(rest.to_owned()),
        "image" => two().map(|(who, name)| Act::Image(who, name))?,
        "file" => two().map(|(who, name)| Act::File(who, name))?,
        _ => said(first, rest)?,
    })
}

fn said(first: &str, rest: &str) -> Result<Act> {
    let text = |text: &str| text.replace("\\n", "\n");
    if let Some(who) = first.strip_suffix(':') {
        return Ok(Act::Say(who.to_owned(), text(rest)));
    }
    let who = first.to_owned();
    match rest.split_once(' ') {
        Some((">", answer)) => Ok(Act::Reply(who, text(answer))),
        Some(("~", corrected)) => Ok(Act::Edit(who, text(corrected))),
        _ => bail!("not understood: {first} {rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ministry_can_be_played() {
        let people = people(super::super::PEOPLE).unwrap();
        let scenes = scenes(super::super::ROOMS).unwrap();
        assert_eq!((people.len(), scenes.len()), (8, 12));
        let known = |name: &String| people.iter().any(|person| person.local_part == *name);
        for scene in &scenes {
            assert!(scene.members.iter().all(known), "{}", scene.name);
            for act in &scene.acts {
                let actors = match act {
                    Act::Say(who, _) | Act::Reply(who, _) | Act::Edit(who, _) => vec![who],
                    Act::Image(who, _) | Act::File(who, _) => vec![who],
                    Act::Read(who) | Act::Favourite(who) | Act::LowPriority(who) => vec![who],
                    Act::React(_, people) => people.iter().collect(),
                    Act::NextDay => vec![],
                };
                for actor in actors {
                    assert!(scene.members.contains(actor), "{actor} in {}", scene.name);
                }
            }
        }
        let said: usize = scenes
            .iter()
            .flat_map(|scene| &scene.acts)
            .filter(|act| matches!(act, Act::Say(..) | Act::Reply(..)))
            .count();
        assert!(said > 150, "too quiet to look alive: {said}");
    }

    #[test]
    fn a_line_that_is_not_understood_is_refused() {
        assert!(act("camille dit bonjour").is_err());
        assert!(scenes("camille: avant toute pièce").is_err());
    }
}
