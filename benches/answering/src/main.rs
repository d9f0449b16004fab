// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How many people can answer at the same time, beside what the database alone can keep?
//!
//! Starts the program itself (`insieme serve`) on a fresh database, lets many respondents answer over kept-open loopback
//! connections, and in the same run writes the same rows without the service: that is the ceiling. Usually started by
//! `tests/load/answering`, which says what the figures mean.

#![expect(
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measurement that cannot go on has nothing to say; counts stay far below 2^52"
)]

mod ceiling;
mod connection;
mod journey;
mod load;
mod options;
mod place;
mod running;

use std::time::Duration;

use insieme::store::Location;

use journey::{Journey, Way};
use load::{Load, RESPONDENTS};
use options::Options;
use place::{Place, Questions};
use running::Running;

fn main() {
    let options = Options::read();
    let seconds = options.seconds.as_secs_f64();
    println!("{RESPONDENTS} respondents at a time, {seconds} s each, {} rounds, the best counts", options.rounds);
    let folder = tempfile::tempdir_in(&options.folder).expect("a folder");
    let sqlite = |name: &str| Location::Sqlite(folder.path().join(format!("{name}.db")));
    for questions in [Questions::Shipped, Questions::OnePage] {
        if options.sqlite {
            measure(&options, &sqlite(questions.name()), questions);
        }
        if let Some(server) = &options.postgres {
            measure(&options, &place::fresh_database(server, questions.name()), questions);
        }
    }
    if options.sqlite {
        memory(&options, &sqlite("memory"));
    }
}

/// Full submissions a second through the service and beside it, in turns, and how long a request takes at half of it.
fn measure(options: &Options, location: &Location, questions: Questions) {
    let place = Place::prepare(location, questions);
    println!("\n{:?}, {}", location.engine(), questions.described(&place));
    let running = Running::start(&options.binary, location);
    let (mut best, mut ceiling, mut shares, mut costs) = (0.0_f64, 0.0_f64, Vec::new(), Vec::new());
    for _ in 0..options.rounds {
        let (before, begun) = (running.processor_ms(), running.acknowledged());
        let through = Load::new(&running, &place, Way::Sending).for_seconds(options.seconds);
        costs.push((running.processor_ms() - before) / (running.acknowledged() - begun) as f64);
        let beside = ceiling::submissions_a_second(&place, options.seconds);
        best = best.max(through);
        ceiling = ceiling.max(beside);
        shares.push(through / beside);
    }
    let (share, cost) = (median(shares), median(costs));
    println!("  full submissions, sending only     {best:>8.0} /s");
    println!("  the same rows without the service  {ceiling:>8.0} /s   share {share:.2} (median of the rounds)");
    println!("  processor time of the service      {cost:>8.2} ms a submission");
    let as_browser = Load::new(&running, &place, Way::Looking).for_seconds(options.seconds);
    println!("  full submissions, every page seen  {as_browser:>8.0} /s");
    for (way, rate) in [(Way::Sending, best), (Way::Looking, as_browser)] {
        let waits = Load::new(&running, &place, way).at_rate(rate / 2.0, options.seconds);
        println!("  at half load, {:<20} p50 {:.1} ms   p99 {:.1} ms", way.name(), waits.at(0.5), waits.at(0.99));
    }
    let acknowledged = running.acknowledged();
    running.stop();
    let stored = place.responses();
    assert_eq!(stored, acknowledged + ceiling::written(), "acknowledged = stored");
    println!("  acknowledged through the service {acknowledged}: all stored, once");
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// Memory of the service before anybody came, and after many have answered.
fn memory(options: &Options, location: &Location) {
    let place = Place::prepare(location, Questions::OnePage);
    let running = Running::start(&options.binary, location);
    std::thread::sleep(Duration::from_secs(1));
    let rest = running.resident_mib();
    Journey::new(&running, &place).answer(Way::Looking, &mut |_| {});
    let after_one = running.resident_mib();
    Load::new(&running, &place, Way::Sending).count(options.submissions);
    let after = running.resident_mib();
    println!("\nSqlite, resident memory of the service");
    println!("  at rest {rest:.1} MiB; after one respondent {after_one:.1} MiB");
    println!("  after {} submissions {after:.1} MiB, at most {:.1} MiB", options.submissions, running.peak_mib());
    running.stop();
}
