// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Would an index say the same with other weights, another formula and other answers?

use super::bootstrap::{below, stream};
use super::composite::{geometric, linear, mazziotta_pareto};
use super::count::length;
use super::interval::Limits;
use super::quantile::quantile;
use super::standing::Standings;
use super::weight_draws::WeightSource;
use super::{Undefined, finite};

/// Share of the draws beyond each end of an interval.
const TAIL: f64 = 0.05;
/// Widest interval, in points, with which an index is published.
const WIDEST: f64 = 20.0;
/// Share of the draws in which one must be above another to be said so.
const DOMINANT: f64 = 0.95;
/// Differences smaller than this are rounding.
const ROUNDING: f64 = 1e-9;

/// How parts become one index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// [`linear`]: what is missing in one part can be made good in another.
    Linear,
    /// [`geometric`]: less so the lower the part.
    Geometric,
    /// [`mazziotta_pareto`]: mean less a penalty for imbalance.
    MazziottaPareto,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Linear, Self::Geometric, Self::MazziottaPareto];

    /// The index of parts from 0 to 100, each with its weight, 0 or more.
    ///
    /// # Errors
    /// As [`linear`].
    pub fn index(self, parts: &[(f64, f64)]) -> Result<f64, Undefined> {
        match self {
            Self::Linear => linear(parts),
            Self::Geometric => geometric(parts),
            Self::MazziottaPareto => mazziotta_pareto(parts),
        }
    }
}

/// What varies from draw to draw beside the parts themselves.
#[derive(Clone, Copy, Debug)]
pub struct Variation<'a> {
    /// Where weights are drawn from.
    pub weights: &'a WeightSource,
    /// Each draw takes one of these, all equally likely.
    pub forms: &'a [Form],
    /// Number of draws.
    pub draws: u32,
    /// Seed of the draws; another one than that of anything else that varies with them.
    pub seed: u64,
}

/// How an index holds when what it is made of could have been otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// Within these 90 % of the draws lie, 5 % beyond each end.
    pub limits: Limits,
    /// For each part, the share of draws in which it was the lowest; equal ones divide the draw.
    pub lowest: Vec<f64>,
    /// Draws that gave an index.
    pub draws: u32,
}

/// Robustness of the index of `parts`, which are given draw by draw: always the same, or with other answers or other
/// weights inside each part.
///
/// Draws in which parts or index are undefined are left out.
///
/// # Errors
/// [`Undefined::Empty`] without forms or without a draw that gave an index, [`Undefined::OutOfRange`] if some draw has
/// another number of parts than weights.
///
/// # Source
/// Saisana, Saltelli & Tarantola 2005.
///
/// # Example
/// ```
/// use insieme::stats::{sensitivity::{Form, Variation, robustness}, weight_draws::WeightSource};
/// let weights = WeightSource::flat(3).unwrap();
/// let variation = Variation { weights: &weights, forms: &[Form::Linear], draws: 1000, seed: 7 };
/// let found = robustness(|_| Ok(vec![70.0, 60.0, 40.0]), &variation).unwrap();
/// assert!(found.limits.0 > 40.0 && found.limits.1 < 70.0);
/// assert_eq!(found.lowest, [0.0, 0.0, 1.0]);
/// ```
pub fn robustness(
    parts: impl Fn(u32) -> Result<Vec<f64>, Undefined>,
    variation: &Variation,
) -> Result<Robustness, Undefined> {
    let mut lowest = vec![0.0; variation.weights.parts()];
    let mut indices = Vec::new();
    let mut used = 0;
    for draw in 0..variation.draws {
        let Ok(parts) = parts(draw) else { continue };
        let Some(index) = variation.indices(draw, std::slice::from_ref(&parts))? else { continue };
        indices.extend(index);
        count_lowest(&parts, &mut lowest);
        used += 1;
    }
    indices.sort_by(f64::total_cmp);
    let limits = (quantile(&indices, TAIL)?, quantile(&indices, 1.0 - TAIL)?);
    Ok(Robustness { limits, lowest: lowest.into_iter().map(|count| count / f64::from(used)).collect(), draws: used })
}

/// Places of several by their index, with `parts` given draw by draw as a row for each.
///
/// Each draw takes the same weights and form for all. Shifts are counted from the places of the indices of
/// `reference`. Draws in which some index is undefined are left out.
///
/// # Errors
/// [`Undefined::TooFew`] below two, [`Undefined::Empty`] without forms or without a draw that gave all indices,
/// [`Undefined::OutOfRange`] if some draw has another number of rows than the reference, or of parts than weights.
///
/// # Source
/// As [`robustness`].
pub fn standings(
    reference: &[f64],
    parts: impl Fn(u32) -> Result<Vec<Vec<f64>>, Undefined>,
    variation: &Variation,
) -> Result<Standings, Undefined> {
    let mut standings = Standings::new(reference)?;
    for draw in 0..variation.draws {
        let Ok(rows) = parts(draw) else { continue };
        let Some(indices) = variation.indices(draw, &rows)? else { continue };
        standings.add(&indices)?;
    }
    if standings.draws() == 0 { Err(Undefined::Empty) } else { Ok(standings) }
}

/// Whether an index may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// Its interval is narrow enough.
    Published,
    /// Its interval is wider than 20 points.
    TooWide,
    /// Its interval reaches from the lowest band into the highest.
    AllBands,
}

/// Whether an index with these limits may be published, with bands that begin at `bands`, e.g. 50 and 75.
///
/// Limits that are no numbers are too wide.
#[must_use]
pub fn publication(limits: Limits, bands: Limits) -> Publication {
    let narrow = limits.1 - limits.0 <= WIDEST + ROUNDING;
    if !narrow {
        Publication::TooWide
    } else if limits.0 < bands.0 && limits.1 >= bands.1 {
        Publication::AllBands
    } else {
        Publication::Published
    }
}

/// What may be said of two by how often the first was above the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first is above the second.
    Above,
    /// The first is below the second.
    Below,
    /// Which is above is not known.
    Open,
}

/// What may be said of two by the dominance of the first over the second, 0 to 1: an order from 0.95 either way.
#[must_use]
pub fn order(dominance: f64) -> Order {
    if dominance >= DOMINANT {
        Order::Above
    } else if dominance <= 1.0 - DOMINANT {
        Order::Below
    } else {
        Order::Open
    }
}

/// In which form several may be shown beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// With their places.
    Places,
    /// With bands only.
    Bands,
}

/// Whether the places of all may be shown: none has an interval from 5 % to 95 % wider than a third of how many they
/// are.
///
/// # Errors
/// As [`Standings::standing`].
pub fn ranking(standings: &Standings) -> Result<Ranking, Undefined> {
    let widest = length(standings.size()) / 3.0 + ROUNDING;
    for one in 0..standings.size() {
        let standing = standings.standing(one)?;
        if standing.high - standing.low > widest {
            return Ok(Ranking::Bands);
        }
    }
    Ok(Ranking::Places)
}

impl Variation<'_> {
    /// The index of each row with the weights and the form of one draw; none if some index is undefined.
    fn indices(&self, draw: u32, rows: &[Vec<f64>]) -> Result<Option<Vec<f64>>, Undefined> {
        let mut random = stream(self.seed, draw);
        let weights = self.weights.next(&mut random);
        let form = match self.forms {
            [] => return Err(Undefined::Empty),
            [form] => form,
            forms => forms.get(below(forms.len(), &mut random)).ok_or(Undefined::Empty)?,
        };
        if rows.iter().any(|row| row.len() != weights.len()) {
            return Err(Undefined::OutOfRange);
        }
        if rows.iter().flatten().any(|part| !part.is_finite()) {
            return Ok(None);
        }
        let index = |row: &Vec<f64>| {
            let parts: Vec<(f64, f64)> = row.iter().copied().zip(weights.iter().copied()).collect();
            form.index(&parts).and_then(finite)
        };
        Ok(rows.iter().map(index).collect::<Result<_, _>>().ok())
    }
}

/// Adds one draw to the parts that are lowest in it.
fn count_lowest(parts: &[f64], lowest: &mut [f64]) {
    let least = parts.iter().copied().fold(f64::INFINITY, f64::min);
    let is_least = |part: &f64| *part <= least + ROUNDING;
    let share = 1.0 / length(parts.iter().filter(|part| is_least(part)).count());
    let least = parts.iter().zip(lowest).filter(|(part, _)| is_least(part));
    least.for_each(|(_, count)| *count += share);
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 3] = [70.0, 60.0, 40.0];
    const B: [f64; 3] = [62.0, 58.0, 55.0];
    const C: [f64; 3] = [55.0, 66.0, 52.0];
    const D: [f64; 3] = [80.0, 45.0, 38.0];
    const E: [f64; 3] = [50.0, 52.0, 49.0];
    const DRAWS: u32 = 20_000;

    fn near(found: f64, expected: f64, tolerance: f64) -> bool {
        (found - expected).abs() <= tolerance
    }

    /// A share of the draws, four standard errors and the rounding of a printed value wide.
    #[track_caller]
    fn share(found: f64, expected: f64, rounding: f64) {
        let error = (expected * (1.0 - expected) / f64::from(DRAWS)).sqrt();
        assert!(near(found, expected, 4.0 * error + rounding), "{found}, expected {expected}");
    }

    fn varied<'a>(weights: &'a WeightSource, forms: &'a [Form], draws: u32) -> Variation<'a> {
        Variation { weights, forms, draws, seed: 2026 }
    }

    fn equally(parts: &[f64], form: Form) -> f64 {
        form.index(&parts.iter().map(|part| (*part, 1.0)).collect::<Vec<_>>()).unwrap()
    }

    fn linear_standings(rows: &[[f64; 3]], weights: &WeightSource) -> Standings {
        let reference: Vec<f64> = rows.iter().map(|row| equally(row, Form::Linear)).collect();
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        standings(&reference, |_| Ok(rows.clone()), &varied(weights, &[Form::Linear], DRAWS)).unwrap()
    }

    #[test]
    fn without_draws_forms_or_parts_there_is_nothing_to_say() {
        let weights = WeightSource::flat(3).unwrap();
        let of_a = |_| Ok(A.to_vec());
        assert_eq!(robustness(of_a, &varied(&weights, &[Form::Linear], 0)), Err(Undefined::Empty));
        assert_eq!(robustness(of_a, &varied(&weights, &[], 10)), Err(Undefined::Empty));
        let none = |_| Err(Undefined::TooFew);
        assert_eq!(robustness(none, &varied(&weights, &[Form::Linear], 10)), Err(Undefined::Empty));
        assert_eq!(standings(&[1.0], |_| Ok(vec![]), &varied(&weights, &Form::ALL, 10)), Err(Undefined::TooFew));
        let undefined = standings(&[1.0, 2.0], |_| Err(Undefined::Empty), &varied(&weights, &Form::ALL, 10));
        assert_eq!(undefined, Err(Undefined::Empty));
    }

    #[test]
    fn another_number_of_parts_or_rows_is_refused() {
        let weights = WeightSource::flat(2).unwrap();
        let variation = varied(&weights, &[Form::Linear], 10);
        assert_eq!(robustness(|_| Ok(A.to_vec()), &variation), Err(Undefined::OutOfRange));
        let rows = |_| Ok(vec![vec![1.0, 2.0]; 3]);
        assert_eq!(standings(&[1.0, 2.0], rows, &variation), Err(Undefined::OutOfRange));
    }

    #[test]
    fn draws_without_a_number_are_left_out() {
        let weights = WeightSource::flat(3).unwrap();
        for form in Form::ALL {
            let parts = |draw: u32| match draw % 4 {
                0 => Ok(A.to_vec()),
                1 => Ok(vec![f64::NAN, 60.0, 40.0]),
                2 => Ok(vec![f64::INFINITY, 60.0, 40.0]),
                _ => Err(Undefined::TooFew),
            };
            assert_eq!(robustness(parts, &varied(&weights, &[form], 40)).unwrap().draws, 10);
        }
    }

    #[test]
    fn fixed_weights_and_parts_leave_a_point() {
        let weights = WeightSource::fixed(&[1.0; 3]).unwrap();
        let found = robustness(|_| Ok(B.to_vec()), &varied(&weights, &[Form::Linear], 20)).unwrap();
        assert!(near(found.limits.0, 58.333_333, 5e-7) && near(found.limits.1, 58.333_333, 5e-7));
        assert_eq!(publication(found.limits, (50.0, 75.0)), Publication::Published);
    }

    #[test]
    fn equal_parts_are_the_index_whatever_the_weights_and_share_the_last_place() {
        let weights = WeightSource::flat(3).unwrap();
        let found = robustness(|_| Ok(vec![64.0; 3]), &varied(&weights, &Form::ALL, 200)).unwrap();
        assert!(near(found.limits.0, 64.0, 1e-9) && near(found.limits.1, 64.0, 1e-9));
        assert!(found.lowest.iter().all(|share| near(*share, 1.0 / 3.0, 1e-9)));
    }

    #[test]
    fn the_limits_are_those_of_the_exact_distribution() {
        // The index of (100, 0, 0) is 100 times a beta(1, 2) number: quantiles 100 (1 − √(1 − p)).
        let weights = WeightSource::flat(3).unwrap();
        let parts = |_| Ok(vec![100.0, 0.0, 0.0]);
        let found = robustness(parts, &varied(&weights, &[Form::Linear], DRAWS)).unwrap();
        for (limit, p) in [(found.limits.0, 0.05_f64), (found.limits.1, 0.95)] {
            let x = 1.0 - (1.0 - p).sqrt();
            let error = (p * (1.0 - p) / f64::from(DRAWS)).sqrt() / (2.0 * (1.0 - x));
            assert!(near(limit, 100.0 * x, 400.0 * error), "{limit}, expected {}", 100.0 * x);
        }
        assert_eq!(publication(found.limits, (50.0, 75.0)), Publication::TooWide);
        assert_eq!(found.lowest, [0.0, 0.5, 0.5]);
    }

    #[test]
    fn parts_that_vary_change_which_is_the_lowest() {
        let weights = WeightSource::fixed(&[1.0; 3]).unwrap();
        let parts = |draw: u32| Ok(if draw.is_multiple_of(4) { vec![30.0, 60.0, 40.0] } else { A.to_vec() });
        let found = robustness(parts, &varied(&weights, &[Form::Linear], 400)).unwrap();
        assert!(near(found.lowest[0], 0.25, 1e-12) && near(found.lowest[2], 0.75, 1e-12));
        assert!(near(found.limits.0, 130.0 / 3.0, 1e-9) && near(found.limits.1, 170.0 / 3.0, 1e-9));
    }

    #[test]
    fn dominance_under_flat_weights_is_the_exact_one() {
        let flat = WeightSource::flat(3).unwrap();
        let found = linear_standings(&[[80.0, 50.0, 50.0], [60.0; 3]], &flat);
        share(found.dominance(0, 1).unwrap(), (20.0_f64 / 30.0).powi(2), 0.0);
        let found = linear_standings(&[A, C], &flat);
        share(found.dominance(0, 1).unwrap(), (15.0 / 21.0) * (15.0 / 27.0), 0.0);
    }

    #[test]
    fn the_worked_five_keep_their_order_in_every_form() {
        let linear = [A, B, C, D, E].map(|row| equally(&row, Form::Linear));
        for (found, expected) in linear.into_iter().zip([56.67, 58.33, 57.67, 54.33, 50.33]) {
            assert!(near(found, expected, 5e-3 + 1e-9));
        }
        for form in Form::ALL {
            let in_order = [B, C, A, D, E].map(|row| equally(&row, form));
            assert!(in_order.windows(2).all(|pair| pair[0] > pair[1]), "{form:?}");
        }
    }

    #[test]
    fn the_worked_pillars_in_every_form() {
        let worked = [
            (A, [56.667, 55.178, 55.769], 5e-4),
            ([63.0339, 55.6680, 47.8762], [55.5260, 55.1780, 55.3036], 1e-4),
            ([66.8601, 61.6369, 55.9226], [61.4732, 61.3101, 61.3612], 1e-4),
        ];
        for (parts, indices, tolerance) in worked {
            for (form, index) in Form::ALL.into_iter().zip(indices) {
                assert!(near(equally(&parts, form), index, tolerance), "{form:?} of {parts:?}");
            }
        }
    }

    #[test]
    fn the_worked_five_under_flat_weights() {
        let found = linear_standings(&[A, B, C, D, E], &WeightSource::flat(3).unwrap());
        let expected = [(1.0, 4.0, 0.11), (1.0, 3.0, 0.32), (1.0, 4.0, 0.33), (1.0, 5.0, 0.25), (3.0, 5.0, 0.0)];
        for (one, (low, high, first)) in expected.into_iter().enumerate() {
            let standing = found.standing(one).unwrap();
            assert_eq!((standing.low, standing.high), (low, high), "{one}");
            share(standing.first, first, 5e-3);
        }
        assert!(near(found.mean_shift().unwrap(), 0.97, 0.03));
        assert_eq!(ranking(&found), Ok(Ranking::Bands));
    }

    #[test]
    fn of_the_worked_five_only_what_is_below_in_every_part_may_be_said_to_be_below() {
        let found = linear_standings(&[A, B, C, D, E], &WeightSource::flat(3).unwrap());
        for (one, other) in (0..5).flat_map(|one| (one + 1..5).map(move |other| (one, other))) {
            let expected = if [(1, 4), (2, 4)].contains(&(one, other)) { Order::Above } else { Order::Open };
            assert_eq!(order(found.dominance(one, other).unwrap()), expected, "{one} {other}");
        }
    }

    #[test]
    fn the_worked_five_under_concentrated_weights() {
        let weights = WeightSource::concentrated(&[1.0; 3], 20.0).unwrap();
        let found = linear_standings(&[A, B, C, D, E], &weights);
        for (one, first) in [(0, 0.12), (1, 0.51), (2, 0.28), (3, 0.09)] {
            share(found.standing(one).unwrap().first, first, 5e-3);
        }
        assert!(near(found.mean_shift().unwrap(), 0.55, 0.03));
    }

    #[test]
    fn the_same_seed_gives_the_same_digits_and_another_seed_others() {
        let weights = WeightSource::flat(3).unwrap();
        let of_seed = |seed| {
            let variation = Variation { weights: &weights, forms: &Form::ALL, draws: 100, seed };
            robustness(|_| Ok(D.to_vec()), &variation).unwrap()
        };
        assert_eq!(of_seed(1), of_seed(1));
        assert_ne!(of_seed(1), of_seed(2));
    }

    #[test]
    fn the_gate_of_an_index_holds_at_its_edge() {
        let bands = (50.0, 75.0);
        assert_eq!(publication((45.0, 65.0), bands), Publication::Published);
        assert_eq!(publication((45.0, 65.1), bands), Publication::TooWide);
        assert_eq!(publication((49.0, 61.0), (50.0, 60.0)), Publication::AllBands);
        assert_eq!(publication((50.0, 61.0), (50.0, 60.0)), Publication::Published);
        assert_eq!(publication((f64::NAN, 61.0), bands), Publication::TooWide);
    }

    #[test]
    fn the_gate_of_an_order_holds_at_its_edge_both_ways() {
        for (dominance, expected) in
            [(1.0, Order::Above), (0.95, Order::Above), (0.949, Order::Open), (0.051, Order::Open), (0.0, Order::Below)]
        {
            assert_eq!(order(dominance), expected);
        }
        assert_eq!(order(f64::NAN), Order::Open);
    }

    #[test]
    fn the_gate_of_places_is_a_third_of_how_many_they_are() {
        let mut steady = Standings::new(&[3.0, 2.0, 1.0]).unwrap();
        assert_eq!(ranking(&steady), Err(Undefined::Empty));
        for draw in 0..10 {
            steady.add(if draw % 2 == 0 { &[3.0, 2.0, 1.0] } else { &[2.0, 3.0, 1.0] }).unwrap();
        }
        assert_eq!(ranking(&steady), Ok(Ranking::Places));
        for _ in 0..10 {
            steady.add(&[1.0, 2.0, 3.0]).unwrap();
        }
        assert_eq!(ranking(&steady), Ok(Ranking::Bands));
    }
}
