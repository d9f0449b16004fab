// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the items of an indicator hang together?

use crate::domain::consistency::Consistency;
use crate::domain::framework::Model;
use crate::domain::score::{Flag, Given, Interval, Withheld};
use crate::stats::Undefined;
use crate::stats::factor::{Omega, omega};
use crate::stats::matrix::Covariance;
use crate::stats::reliability::{alpha, feldt};

use super::Rules;
use super::complete::Moments;
use super::error::reason;
use super::measure::MeasuredIndicator;

/// Consistency that is shown, or used further, needs so many items; the full view computes it from two on.
const LEAST_ITEMS: usize = 3;
/// Shown from so many people on; from the second figure on without the word "indicative".
const LEAST_PEOPLE: [u64; 2] = [20, 30];
/// Omega is shown from so many people on.
const LEAST_FOR_OMEGA: u64 = 100;
/// The first factor must explain so many times what the second does.
const ONE_FACTOR: f64 = 3.0;

/// The consistency of an indicator over everybody who answered all of its items.
pub fn consistency(measured: &MeasuredIndicator<'_>, rules: Rules<'_>) -> Consistency {
    let protects = rules.view.protects();
    let moments = moments(measured, None, if protects { LEAST_ITEMS } else { 2 });
    let n = moments.as_ref().map_or(0, |moments| moments.n);
    let covariance = moments.as_ref().map_err(|reason| *reason).and_then(covariance);
    let alpha = covariance.as_ref().map_err(|reason| *reason).and_then(|one| alpha(one).map_err(few));
    let interval = alpha.and_then(|alpha| interval(alpha, n, measured.indicator.items.len()));
    let enough = if measured.indicator.items.len() < LEAST_ITEMS { Err(Withheld::TooFewItems) } else { Ok(()) };
    let found = covariance.and_then(|covariance| enough.and(omega(&covariance).map_err(few)));
    let shown = if protects && n < LEAST_PEOPLE[0] { Err(Withheld::TooFewComplete) } else { Ok(()) };
    Consistency {
        alpha: alpha.and_then(|alpha| shown.map(|()| alpha)),
        interval: alpha.and(shown).and(interval),
        n: moments.map(|_| u32::try_from(n).unwrap_or(u32::MAX)).and_then(|n| shown.map(|()| n)),
        omega: found.and_then(|found| displayed(&found, n, protects)),
        flags: alpha.ok().filter(|_| shown.is_ok()).map_or_else(Vec::new, |alpha| flags(alpha, interval, n)),
    }
}

/// Alpha of some groups together, for what needs it.
///
/// # Errors
/// Why there is none.
pub fn alpha_of(measured: &MeasuredIndicator<'_>, groups: &[usize]) -> Given<f64> {
    let moments = moments(measured, Some(groups), LEAST_ITEMS)?;
    covariance(&moments).and_then(|covariance| alpha(&covariance).map_err(few))
}

/// Moments of those who answered every item; of all groups, or of some.
fn moments(measured: &MeasuredIndicator<'_>, groups: Option<&[usize]>, least_items: usize) -> Given<Moments> {
    if !measured.asked {
        return Err(Withheld::NotAsked);
    }
    if measured.indicator.model == Model::Formative {
        return Err(Withheld::Formative);
    }
    if measured.indicator.items.len() < least_items {
        return Err(Withheld::TooFewItems);
    }
    Ok(match groups {
        Some(groups) => measured.complete.together(groups.iter().copied()),
        None => measured.complete.together(0..measured.cells.len()),
    })
}

/// The covariance matrix of complete rows.
///
/// # Errors
/// [`Withheld::TooFewComplete`] for fewer than two rows.
pub fn covariance(moments: &Moments) -> Given<Covariance> {
    Covariance::of_sums(moments.n, &moments.sums, &moments.products).map_err(few)
}

/// 95 % interval of alpha.
fn interval(alpha: f64, n: u64, items: usize) -> Given<Interval> {
    feldt(alpha, n, items, 0.95).map(|(low, high)| Interval { low, high }).map_err(few)
}

/// Omega of a proper solution; in protected views of enough people and one factor only.
fn displayed(found: &Omega, n: u64, protects: bool) -> Given<f64> {
    match protects {
        true if n < LEAST_FOR_OMEGA => Err(Withheld::TooFewComplete),
        true if found.eigenvalue_ratio < ONE_FACTOR => Err(Withheld::NotOneFactor),
        _ => Ok(found.omega),
    }
}

fn flags(alpha: f64, interval: Given<Interval>, n: u64) -> Vec<Flag> {
    let loose = alpha < 0.60 && interval.is_ok_and(|interval| interval.high < 0.70);
    let found = [
        ((LEAST_PEOPLE[0]..LEAST_PEOPLE[1]).contains(&n), Flag::Indicative),
        (loose, Flag::ItemByItem),
        (alpha > 0.95, Flag::FewerItemsWouldDo),
    ];
    found.into_iter().filter_map(|(holds, flag)| holds.then_some(flag)).collect()
}

fn few(undefined: Undefined) -> Withheld {
    match undefined {
        Undefined::Empty | Undefined::TooFew => Withheld::TooFewComplete,
        other => reason(other),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{WaveAnswers, measure::Measured, samples};
    use super::*;
    use crate::domain::profile::{Profile, ScoreView};
    use crate::domain::response::Roster;

    fn of(items: &[(&str, bool)], rows: &[(usize, &str)], view: ScoreView) -> Consistency {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", items)]);
        let wave = samples::wave(&framework, "1", rows);
        let (roster, profile) = (Roster::unknown(), Profile::default());
        let rules = Rules::of(&framework, &profile, view);
        let answers = WaveAnswers { responses: &wave, roster: &roster };
        consistency(&Measured::new(answers, rules, &[]).indicators[0], rules)
    }

    const THREE: &[(&str, bool)] = &[("Fa", false), ("Fb", false), ("Fc", true)];

    #[test]
    fn nobody_one_row_and_two_items_have_no_consistency() {
        assert_eq!(of(THREE, &[], ScoreView::Full).alpha, Err(Withheld::TooFewComplete));
        assert_eq!(of(THREE, &[(0, "552")], ScoreView::Full).alpha, Err(Withheld::TooFewComplete));
        assert_eq!(of(&THREE[..1], &[(0, "5"), (1, "1")], ScoreView::Full).alpha, Err(Withheld::TooFewItems));
    }

    #[test]
    fn two_items_have_an_alpha_in_the_full_view_only() {
        let rows = [(0, "55"), (1, "12"), (1, "43")];
        let full = of(&THREE[..2], &rows, ScoreView::Full);
        assert!(full.alpha.is_ok());
        assert_eq!(full.omega, Err(Withheld::TooFewItems));
        assert_eq!(of(&THREE[..2], &rows, ScoreView::Evaluator).alpha, Err(Withheld::TooFewItems));
    }

    #[test]
    fn equal_answers_have_no_consistency() {
        let same = of(THREE, &[(0, "333"), (0, "333"), (1, "333")], ScoreView::Full);
        assert_eq!((same.alpha, same.n), (Err(Withheld::NoVariability), Ok(3)));
    }

    #[test]
    fn incomplete_rows_do_not_count_and_few_rows_are_not_shown() {
        let rows = [(0, "551"), (0, "422"), (1, "3D3"), (1, "215"), (1, "334")];
        let full = of(THREE, &rows, ScoreView::Full);
        assert_eq!(full.n, Ok(4));
        assert!(full.alpha.unwrap() > 0.9);
        let public = of(THREE, &rows, ScoreView::Public);
        assert_eq!((public.alpha, public.n), (Err(Withheld::TooFewComplete), Err(Withheld::TooFewComplete)));
    }
}
