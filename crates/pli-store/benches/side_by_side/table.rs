//! Prints what was measured as the table of the design.

use crate::{
    stats::{Estimate, estimate, median},
    work::Rounds,
};

/// What a row must reach.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// A ratio to the peer.
    Ratio(f64),
    /// Milliseconds.
    Below(f64),
    /// A ratio to the SDK's memory stores.
    OfMemory(f64),
    /// Told, not judged.
    None,
}

/// A line of the table.
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) peer: String,
    pub(crate) ours: String,
    pub(crate) value: String,
    pub(crate) goal: String,
    pub(crate) met: Option<bool>,
}

impl Row {
    pub(crate) fn print(&self) {
        let met = match self.met {
            None => "",
            Some(true) => "yes",
            Some(false) => "**no**",
        };
        println!(
            "| {} | {} | {} | {} | {} | {met} |",
            self.title, self.peer, self.ours, self.value, self.goal
        );
    }
}

pub(crate) fn header() {
    println!("| work | encrypted SQLite | pli-store | ratio (95 % interval) | goal | met |");
    println!("|---|---|---|---|---|---|");
}

impl Goal {
    /// A line of medians and of ratios taken round by round.
    pub(crate) fn row(self, title: &str, peer: &[f64], ours: &[f64], ratios: &[f64]) -> Row {
        let ratio = estimate(ratios);
        let (goal, met) = match self {
            Self::Ratio(most) | Self::OfMemory(most) => {
                (format!("≤ {most:.2}"), Some(ratio.median <= most))
            }
            Self::Below(most) => (format!("≤ {most:.0} ms"), Some(median(ours) <= most)),
            Self::None => (String::new(), None),
        };
        Row {
            title: title.to_owned(),
            peer: milliseconds(median(peer)),
            ours: milliseconds(median(ours)),
            value: interval(ratio),
            goal,
            met,
        }
    }
}

pub(crate) fn milliseconds(value: f64) -> String {
    if value < 10.0 {
        format!("{value:.2} ms")
    } else {
        format!("{value:.0} ms")
    }
}

pub(crate) fn interval(estimate: Estimate) -> String {
    let Estimate { median, low, high } = estimate;
    format!("{median:.2} ({low:.2} to {high:.2})")
}

/// One figure of all rounds.
pub(crate) fn figure(rounds: &[Vec<f64>], figure: usize) -> Vec<f64> {
    rounds.iter().map(|round| round[figure]).collect()
}

/// The lines of a work that was done in turns: the judged one, its parts, and beside memory.
pub(crate) fn of_work(title: &str, figures: &[&str], rounds: &Rounds, goal: Goal) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, name) in figures.iter().enumerate() {
        let (title, goal) = if number == 0 {
            (title.to_owned(), goal)
        } else {
            (format!("… {name}"), Goal::None)
        };
        let peer = figure(&rounds.sqlite, number);
        let ours = figure(&rounds.pli, number);
        let ratios = rounds.ratios(&rounds.sqlite, number);
        rows.push(goal.row(&title, &peer, &ours, &ratios));
    }
    rows
}
