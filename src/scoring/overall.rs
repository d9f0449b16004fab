// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do all groups together say on one indicator, under each voice?

use crate::domain::profile::{Profile, Voice};
use crate::domain::score::{Flag, Given, Overall, Withheld};

use super::Rules;
use super::band::band;
use super::cell::Cell;
use super::disclosure::{Spread, given};
use super::error::{Errors, Stratum};
use super::group::stratum;
use super::measure::MeasuredIndicator;
use super::voice::{Weighed, weights};

/// The total of one indicator, with what later totals are made from.
#[derive(Debug)]
pub struct Total {
    /// As shown.
    pub overall: Overall,
    /// Weight of every group under the profile's voice, in framework order; zero where it does not enter.
    pub weights: Vec<f64>,
    /// How much of its spread may leave.
    pub spread: Spread,
}

/// Computes the total of one indicator.
pub fn total(measured: &MeasuredIndicator<'_>, rules: Rules<'_>) -> Total {
    let inside: Vec<_> = measured.cells.iter().filter(|cell| measured.release.counts(cell.group)).collect();
    let missing: Vec<_> =
        measured.cells.iter().filter(|cell| cell.expected && !measured.release.counts(cell.group)).collect();
    let possible = possible(measured, &inside, rules).and(measured.release.total);
    let value = |voice| {
        possible?;
        given(measured.release.voices, voice, rules.profile)?;
        mean(voice, &inside, rules.profile)
    };
    let weighed: Vec<_> = inside.iter().map(|cell| cell.weighed()).collect();
    let own = weights(rules.profile.voice, &weighed, rules.profile);
    let (descriptive, process) = errors(value(rules.profile.voice), &inside, own.as_deref().unwrap_or_default());
    let spread = measured.release.spread;
    let mut overall = Overall {
        voice: rules.profile.voice,
        equal: value(Voice::Equal),
        head: value(Voice::Head),
        population: value(Voice::Population),
        participatory: value(Voice::Participatory),
        se: spread.figure(descriptive.se),
        df: spread.figure(descriptive.df),
        interval: spread.interval(descriptive.interval),
        process_se: spread.figure(process.se),
        process_df: spread.figure(process.df),
        process_interval: spread.figure(process.interval),
        valid: inside.iter().map(|cell| cell.valid()).sum(),
        listed: inside.iter().map(|cell| cell.listed).sum(),
        groups_used: codes(&inside),
        groups_missing: codes(&missing),
        band: Err(Withheld::NoValidAnswers),
        flags: Vec::new(),
    };
    overall.band = band(measured.indicator.pillar, overall.value(), overall.interval, rules.profile);
    overall.flags = flags(&overall, &inside, rules.profile);
    Total { weights: spread_out(&measured.cells, &inside, &own), overall, spread }
}

/// Whether the groups that enter make a total.
///
/// # Errors
/// Why they do not.
fn possible(measured: &MeasuredIndicator<'_>, inside: &[&Cell<'_>], rules: Rules<'_>) -> Given<()> {
    if !measured.asked {
        return Err(Withheld::NotAsked);
    }
    let addressed = measured.cells.iter().filter(|cell| cell.addressed).map(|cell| cell.code);
    enough(&inside.iter().map(|cell| cell.code).collect::<Vec<_>>(), addressed, rules)
}

/// Whether these groups are enough for a total: two, and among them every essential group that was addressed.
///
/// # Errors
/// Why they are not.
pub fn enough<'a>(inside: &[&str], addressed: impl Iterator<Item = &'a str>, rules: Rules<'_>) -> Given<()> {
    let mut essential = addressed.filter(|code| rules.profile.essential_groups.contains(*code));
    if essential.any(|code| !inside.contains(&code)) {
        return Err(Withheld::EssentialGroupMissing);
    }
    match inside.len() {
        0 if rules.groups_needed() < 2 => Err(Withheld::NoValidAnswers),
        groups if groups < rules.groups_needed() => Err(Withheld::TooFewGroups),
        _ => Ok(()),
    }
}

fn mean(voice: Voice, inside: &[&Cell<'_>], profile: &Profile) -> Given<f64> {
    let weighed: Vec<Weighed<'_>> = inside.iter().map(|cell| cell.weighed()).collect();
    let weights = weights(voice, &weighed, profile)?;
    let terms = inside.iter().zip(weights).filter_map(|(cell, weight)| Some(cell.summary?.mean * weight));
    Ok(crate::stats::describe::sum(terms))
}

/// Errors for the listed (finite population) and for the process.
fn errors(value: Given<f64>, inside: &[&Cell<'_>], weights: &[f64]) -> (Errors, Errors) {
    let value = match value {
        Ok(value) => value,
        Err(reason) => return (Errors::withheld(reason), Errors::withheld(reason)),
    };
    let strata: Vec<_> = inside.iter().zip(weights).map(|(cell, weight)| stratum(cell, *weight)).collect();
    let process: Vec<_> = strata.iter().copied().map(Stratum::of_process).collect();
    (Errors::of(value, &strata), Errors::of(value, &process))
}

fn codes(cells: &[&Cell<'_>]) -> Vec<String> {
    cells.iter().map(|cell| cell.code.to_owned()).collect()
}

fn spread_out(cells: &[Cell<'_>], inside: &[&Cell<'_>], own: &Given<Vec<f64>>) -> Vec<f64> {
    let mut weights = vec![0.0; cells.len()];
    for (cell, weight) in inside.iter().zip(own.as_deref().unwrap_or_default()) {
        if let Some(place) = weights.get_mut(cell.group) {
            *place = *weight;
        }
    }
    weights
}

fn flags(overall: &Overall, inside: &[&Cell<'_>], profile: &Profile) -> Vec<Flag> {
    if overall.value().is_err() {
        return Vec::new();
    }
    let below = |share: f64| inside.iter().filter_map(|cell| cell.coverage()).any(|coverage| coverage < share);
    let between = inside.iter().filter_map(|cell| cell.coverage()).any(|coverage| (0.3..0.5).contains(&coverage));
    let forgotten =
        !profile.group_weights.is_empty() && inside.iter().any(|cell| profile.group_weight(cell.code) <= 0.0);
    let found = [
        (!overall.groups_missing.is_empty() || below(0.3), Flag::Partial),
        (between, Flag::CoverageAmber),
        (below(0.3), Flag::CoverageRed),
        (forgotten, Flag::GroupWithoutAgreedWeight),
        (voices_in_different_bands(overall, profile), Flag::VoiceSensitive),
    ];
    found.into_iter().filter_map(|(holds, flag)| holds.then_some(flag)).collect()
}

fn voices_in_different_bands(overall: &Overall, profile: &Profile) -> bool {
    let values = Voice::ALL.into_iter().filter_map(|voice| overall.voice_value(voice).ok());
    let bands = values.map(|value| profile.bands.iter().filter(|limit| value >= **limit).count());
    let (low, high) = bands.fold((usize::MAX, 0), |(low, high), band| (low.min(band), high.max(band)));
    low < high
}

#[cfg(test)]
mod tests {
    use super::super::{WaveAnswers, measure::Measured, samples};
    use super::*;
    use crate::domain::profile::ScoreView;
    use crate::domain::response::Roster;

    fn overall(rows: &[(usize, &str)], profile: &Profile, listed: &[u32]) -> Overall {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", &[("Fa", false)])]);
        let wave = samples::wave(&framework, "1", rows);
        let roster = Roster::new(listed.iter().map(|listed| Some(*listed)).collect());
        let rules = Rules::of(&framework, profile, ScoreView::Full);
        let answers = WaveAnswers { responses: &wave, roster: &roster };
        total(&Measured::new(answers, rules, &[]).indicators[0], rules).overall
    }

    const TWO_GROUPS: [(usize, &str); 7] = [(0, "5"), (0, "4"), (0, "3"), (1, "2"), (1, "3"), (1, "4"), (1, "3")];

    #[test]
    fn nobody_or_one_group_is_no_total() {
        let none = overall(&[], &Profile::default(), &[]);
        assert_eq!(none.equal, Err(Withheld::TooFewGroups));
        let one = overall(&TWO_GROUPS[..3], &Profile::default(), &[]);
        assert_eq!((one.equal, one.se), (Err(Withheld::TooFewGroups), Err(Withheld::TooFewGroups)));
    }

    #[test]
    fn two_groups_are_one_voice_each() {
        let two = overall(&TWO_GROUPS, &Profile::default(), &[5, 8, 0, 0]);
        assert_eq!(two.equal, Ok(62.5));
        assert!((two.head.unwrap() - (75.0 * 3.0 + 50.0 * 4.0) / 7.0).abs() < 1e-12);
        assert_eq!(two.participatory, Err(Withheld::NoAgreedWeights));
        assert_eq!((two.valid, two.listed), (7, Some(13)));
        assert_eq!(two.flags, []);
    }

    #[test]
    fn a_listed_group_that_is_missing_makes_the_total_partial() {
        let partial = overall(&TWO_GROUPS, &Profile::default(), &[5, 8, 4, 0]);
        assert_eq!(partial.groups_missing, ["PRIV"]);
        assert_eq!(partial.flags, [Flag::Partial]);
        let unknown = overall(&TWO_GROUPS, &Profile::default(), &[]);
        assert_eq!(unknown.groups_missing, ["PRIV", "CIV"]);
        assert_eq!(unknown.population, Err(Withheld::RosterUnknown));
    }

    #[test]
    fn coverage_has_two_warnings() {
        let amber = overall(&TWO_GROUPS, &Profile::default(), &[7, 8, 0, 0]);
        assert_eq!(amber.flags, [Flag::CoverageAmber]);
        let red = overall(&TWO_GROUPS, &Profile::default(), &[30, 8, 0, 0]);
        assert_eq!(red.flags, [Flag::Partial, Flag::CoverageRed]);
    }

    #[test]
    fn without_an_essential_group_there_is_no_total() {
        let mut profile = Profile::default();
        profile.essential_groups.insert("CIV".to_owned());
        assert_eq!(overall(&TWO_GROUPS, &profile, &[]).equal, Err(Withheld::EssentialGroupMissing));
    }
}
