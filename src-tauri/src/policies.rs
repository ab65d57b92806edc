//! `pli --policies`: the rules in force, for the terminal.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    process::ExitCode,
};

use pli_ipc::wire::Language;
use pli_policy::{Ignored, Problem, Reason, Rule, Rules, Source};
use serde_json::Map;

use crate::{shell, words::Words};

/// Prints the rules of this machine. What the user chose in the settings is in the encrypted
/// store, which stays shut.
pub(crate) fn print(mut rules: Rules) -> ExitCode {
    // What cannot be used is given up, as when Pli starts.
    shell::network(&mut rules);
    let told = tell(&rules, &Words::of(Language::System));
    match io::stdout().write_all(told.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn tell(rules: &Rules, words: &Words) -> String {
    let lines: Vec<[String; 4]> = rules
        .in_force(&Map::new())
        .iter()
        .map(|rule| line(rule, words))
        .collect();
    let head = [
        words.say("policies-key", &[]),
        words.say("policies-source", &[]),
        words.say("policies-state", &[]),
        words.say("policies-value", &[]),
    ];
    let mut told = table(&head, &lines);
    for unknown in rules.unknown() {
        let source = source(unknown.source, words);
        let values = [("name", unknown.name.as_str()), ("source", &source)];
        let _ = writeln!(told, "{}", words.say("policies-unknown", &values));
    }
    for refusal in rules.refusals() {
        let reason = reason(refusal.reason, words);
        let values = [("place", refusal.place.as_str()), ("reason", &reason)];
        let _ = writeln!(told, "{}", words.say("policies-refused", &values));
    }
    // The marks that keep a name apart are for pages, not for terminals.
    told.replace(['\u{2068}', '\u{2069}'], "")
}

fn line(rule: &Rule, words: &Words) -> [String; 4] {
    [
        rule.key.name.to_owned(),
        source(rule.source, words),
        state(rule, words),
        rule.value.to_string(),
    ]
}

/// Each column as wide as its widest; the last, which may be long, as it is.
fn table(head: &[String; 4], lines: &[[String; 4]]) -> String {
    let all = || std::iter::once(head).chain(lines);
    let mut widths = [0; 4];
    for line in all() {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut table = String::new();
    for line in all() {
        let mut row = String::new();
        for (width, cell) in widths.iter().zip(line) {
            let _ = write!(row, "{cell:<width$}  ");
        }
        let _ = writeln!(table, "{}", row.trim_end());
    }
    table
}

/// What was ignored; else whether Pli obeys the key.
fn state(rule: &Rule, words: &Words) -> String {
    if rule.ignored.is_empty() {
        return if rule.key.awaits.is_none() {
            words.say("policies-obeyed", &[])
        } else {
            words.say("policies-pending", &[])
        };
    }
    let ignored = rule.ignored.iter().map(
        |Ignored {
             source: by,
             problem: what,
         }| {
            let (source, problem) = (source(*by, words), problem(*what, words));
            words.say(
                "policies-ignored",
                &[("source", &source), ("problem", &problem)],
            )
        },
    );
    ignored.collect::<Vec<_>>().join(", ")
}

fn source(source: Source, words: &Words) -> String {
    match source {
        Source::Default => words.say("policies-source-default", &[]),
        Source::Recommended => words.say("policies-source-recommended", &[]),
        Source::Own => words.say("policies-source-own", &[]),
        Source::User => words.say("policies-source-user", &[]),
        Source::Machine => words.say("policies-source-machine", &[]),
    }
}

fn problem(problem: Problem, words: &Words) -> String {
    match problem {
        Problem::UnknownKey => words.say("policies-problem-unknownKey", &[]),
        Problem::WrongType => words.say("policies-problem-wrongType", &[]),
        Problem::OutOfRange => words.say("policies-problem-outOfRange", &[]),
        Problem::Malformed => words.say("policies-problem-malformed", &[]),
        Problem::Unusable => words.say("policies-problem-unusable", &[]),
    }
}

fn reason(reason: Reason, words: &Words) -> String {
    match reason {
        Reason::Owner => words.say("policies-reason-owner", &[]),
        Reason::Writable => words.say("policies-reason-writable", &[]),
        Reason::Link => words.say("policies-reason-link", &[]),
        Reason::Shape => words.say("policies-reason-shape", &[]),
        Reason::TooLarge => words.say("policies-reason-tooLarge", &[]),
        Reason::Unreadable => words.say("policies-reason-unreadable", &[]),
        Reason::Malformed => words.say("policies-reason-malformed", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_line_under_a_head() {
        let told = tell(&Rules::default(), &Words::of(Language::Fr));
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), pli_policy::KEYS.len() + 1);
        assert!(
            lines.first().is_some_and(|head| head.starts_with("Clé ")),
            "{told}"
        );
        let servers = lines
            .iter()
            .find(|line| line.starts_with("OtherServersAllowed "));
        let words: Vec<&str> = servers
            .unwrap()
            .split("  ")
            .filter(|w| !w.is_empty())
            .collect();
        let words: Vec<&str> = words.iter().map(|word| word.trim()).collect();
        assert_eq!(
            words,
            ["OtherServersAllowed", "par défaut", "en vigueur", "true"]
        );
    }

    #[test]
    fn columns_are_as_wide_as_their_widest() {
        let cells = |cells: [&str; 4]| cells.map(str::to_owned);
        let head = cells(["Clé", "b", "c", "d"]);
        assert_eq!(
            table(&head, &[cells(["x", "été", "", "long"])]),
            "Clé  b    c  d\nx    été     long\n"
        );
    }
}
