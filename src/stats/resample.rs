// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How would the means of many columns have come out with other units from the same strata?
//!
//! The stratified rescaled bootstrap for everything that is made from means. Weighted means only need, for each stratum,
//! how often each row came out, so a replicate is one sweep over the rows.

use rand_chacha::ChaCha20Rng;
use rayon::prelude::*;

use super::bootstrap::{below, stream};
use super::count::length;
use super::{Undefined, finite};

/// The units of one stratum: a row of values for each, one value per column, `None` where it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    units: usize,
    columns: usize,
    keep: f64,
    /// Row after row: the values, then for each gappy column 1 where there is a value and 0 where there is none.
    lanes: Vec<f64>,
    width: usize,
    /// For each column, the lane that counts its values; none where every unit has one.
    counted: Vec<Option<usize>>,
    sums: Vec<f64>,
}

impl Block {
    /// A stratum from its rows, with the share of the listed population that is left to chance (1 for the process).
    ///
    /// # Errors
    /// [`Undefined::TooFew`] for fewer than two units, [`Undefined::OutOfRange`] if rows differ in length or a value is
    /// not finite.
    pub fn new(rows: &[Vec<Option<f64>>], left_to_chance: f64) -> Result<Self, Undefined> {
        let columns = rows.first().map_or(0, Vec::len);
        let sound = |row: &Vec<Option<f64>>| row.len() == columns && row.iter().flatten().all(|one| one.is_finite());
        if rows.len() < 2 {
            return Err(Undefined::TooFew);
        }
        if !rows.iter().all(sound) || !left_to_chance.is_finite() {
            return Err(Undefined::OutOfRange);
        }
        let gappy = |column: usize| rows.iter().any(|row| row.get(column).copied().flatten().is_none());
        let mut width = columns;
        let mut counted = Vec::new();
        for column in 0..columns {
            counted.push(gappy(column).then_some(width));
            width += usize::from(gappy(column));
        }
        let mut lanes = Vec::with_capacity(rows.len() * width);
        for row in rows {
            lanes.extend(row.iter().map(|value| value.unwrap_or(0.0)));
            let gaps = row.iter().zip(&counted).filter(|(_, lane)| lane.is_some());
            lanes.extend(gaps.map(|(value, _)| if value.is_some() { 1.0 } else { 0.0 }));
        }
        let mut sums = vec![0.0; width];
        lanes.chunks_exact(width.max(1)).for_each(|row| add(&mut sums, row));
        let keep = left_to_chance.clamp(0.0, 1.0).sqrt();
        Ok(Self { units: rows.len(), columns, keep, lanes, width, counted, sums })
    }

    /// Draws n − 1 of the n units with replacement and gives the weighted mean of every column.
    ///
    /// Counting first and adding up unit by unit reads the rows in their order, which is faster than jumping.
    fn draw(&self, random: &mut ChaCha20Rng, workspace: &mut Workspace, means: &mut Vec<Option<f64>>) {
        let Workspace { counts, drawn } = workspace;
        counts.clear();
        counts.resize(self.units, 0.0);
        for _ in 1..self.units {
            if let Some(count) = counts.get_mut(below(self.units, random)) {
                *count += 1.0;
            }
        }
        drawn.clear();
        drawn.resize(self.width, 0.0);
        for (count, row) in counts.iter().zip(self.lanes.chunks_exact(self.width.max(1))) {
            if *count > 0.0 {
                drawn.iter_mut().zip(row).for_each(|(sum, one)| *sum += count * one);
            }
        }
        let n = length(self.units);
        let (still, moved) = (1.0 - self.keep, self.keep * n / (n - 1.0));
        let weighted = |lane: usize| match (self.sums.get(lane), drawn.get(lane)) {
            (Some(all), Some(some)) => still * all + moved * some,
            _ => 0.0,
        };
        means.clear();
        means.extend(self.counted.iter().enumerate().map(|(column, lane)| {
            let units = lane.map_or(n, weighted);
            (units > 1e-9).then(|| weighted(column) / units)
        }));
    }
}

/// What a draw writes into, kept from one draw to the next.
#[derive(Default)]
struct Workspace {
    counts: Vec<f64>,
    drawn: Vec<f64>,
}

fn add(sums: &mut [f64], row: &[f64]) {
    sums.iter_mut().zip(row).for_each(|(sum, one)| *sum += one);
}

/// One replicate: the mean of every column in every stratum; none where no unit with a value came out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replicate {
    /// `means[stratum][column]`.
    pub means: Vec<Vec<Option<f64>>>,
}

/// What `chain` makes of each replicate, in the order of the draws; what it cannot make is left out.
///
/// Each draw has a random stream of its own, so results depend on the seed only, not on the number of threads.
///
/// # Errors
/// [`Undefined::Empty`] without strata, columns or draws.
///
/// # Source
/// Rao & Wu 1988; Rao, Wu & Yue 1992. Checked against the plain form in [`super::bootstrap::rescaled`].
///
/// # Example
/// ```
/// use insieme::stats::resample::{Block, replicate};
/// let block = Block::new(&[vec![Some(50.0)], vec![Some(75.0)], vec![Some(100.0)]], 1.0).unwrap();
/// let means = replicate(&[block], 100, 7, |one| one.means[0][0]).unwrap();
/// assert!(means.iter().all(|mean| (50.0..=100.0).contains(mean)));
/// ```
pub fn replicate<T: Send>(
    blocks: &[Block],
    draws: u32,
    seed: u64,
    chain: impl Fn(&Replicate) -> Option<T> + Sync,
) -> Result<Vec<T>, Undefined> {
    if draws == 0 || blocks.is_empty() || blocks.iter().all(|block| block.columns == 0) {
        return Err(Undefined::Empty);
    }
    let workspace = || (Replicate { means: vec![Vec::new(); blocks.len()] }, Workspace::default());
    let one = |(replicate, workspace): &mut (Replicate, Workspace), draw: u32| {
        let mut random = stream(seed, draw);
        for (block, means) in blocks.iter().zip(&mut replicate.means) {
            block.draw(&mut random, workspace, means);
        }
        chain(replicate)
    };
    Ok((0..draws).into_par_iter().map_init(workspace, one).collect::<Vec<_>>().into_iter().flatten().collect())
}

/// Puts rows in an order that depends on their values only.
pub fn sort_rows(rows: &mut [Vec<Option<f64>>]) {
    let order = |one: &Option<f64>, other: &Option<f64>| match (one, other) {
        (Some(one), Some(other)) => one.total_cmp(other),
        (one, other) => one.is_some().cmp(&other.is_some()),
    };
    rows.sort_by(|one, other| {
        let pairs = one.iter().zip(other).map(|(one, other)| order(one, other));
        pairs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
}

/// The replicates of one number in ascending order, with what is not finite left out.
///
/// # Errors
/// [`Undefined::Empty`] if none is left.
pub fn sorted(replicates: Vec<f64>) -> Result<Vec<f64>, Undefined> {
    let mut kept: Vec<f64> = replicates.into_iter().filter(|one| finite(*one).is_ok()).collect();
    kept.sort_by(f64::total_cmp);
    if kept.is_empty() { Err(Undefined::Empty) } else { Ok(kept) }
}

#[cfg(test)]
mod tests {
    use super::super::bootstrap::{self, standard_error};
    use super::super::describe::of_values;
    use super::*;

    fn rows(columns: &[&[Option<f64>]]) -> Vec<Vec<Option<f64>>> {
        let units = columns[0].len();
        (0..units).map(|unit| columns.iter().map(|column| column[unit]).collect()).collect()
    }

    const FULL: [Option<f64>; 5] = [Some(10.0), Some(40.0), Some(55.0), Some(80.0), Some(95.0)];
    const GAPS: [Option<f64>; 5] = [Some(10.0), None, Some(55.0), None, Some(95.0)];

    #[test]
    fn none_and_one_unit_cannot_be_drawn_from() {
        assert_eq!(Block::new(&[], 1.0), Err(Undefined::TooFew));
        assert_eq!(Block::new(&[vec![Some(1.0)]], 1.0), Err(Undefined::TooFew));
        assert_eq!(Block::new(&[vec![Some(1.0)], vec![]], 1.0), Err(Undefined::OutOfRange));
        assert_eq!(Block::new(&[vec![Some(f64::NAN)], vec![None]], 1.0), Err(Undefined::OutOfRange));
        assert_eq!(replicate(&[], 10, 0, |_| Some(1.0)), Err(Undefined::Empty));
    }

    #[test]
    fn the_replicates_are_those_of_the_plain_form() {
        let values: Vec<f64> = FULL.into_iter().flatten().collect();
        let stratum = bootstrap::Stratum { units: 5, left_to_chance: 0.3 };
        let plain =
            bootstrap::rescaled(&[stratum], 300, 9, |weights| bootstrap::weighted_mean(&values, &weights[0])).unwrap();
        let block = Block::new(&rows(&[&FULL]), 0.3).unwrap();
        let fast = sorted(replicate(&[block], 300, 9, |one| one.means[0][0]).unwrap()).unwrap();
        assert!(plain.iter().zip(&fast).all(|(one, other)| (one - other).abs() < 1e-9));
    }

    #[test]
    fn a_gap_leaves_its_unit_out_of_that_column_only() {
        let block = Block::new(&rows(&[&FULL, &GAPS]), 1.0).unwrap();
        let pairs = replicate(&[block], 2000, 3, |one| Some((one.means[0][0]?, one.means[0][1]?))).unwrap();
        let second: Vec<f64> = pairs.iter().map(|(_, second)| *second).collect();
        let mean = of_values(&second).unwrap().mean;
        assert!((mean - 160.0 / 3.0).abs() < 3.0, "{mean}");
        assert!(pairs.len() > 1900, "now and then nobody with a value comes out: {}", pairs.len());
    }

    #[test]
    fn the_same_seed_gives_the_same_digits_on_any_number_of_threads() {
        let block = Block::new(&rows(&[&FULL, &GAPS]), 0.5).unwrap();
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| replicate(std::slice::from_ref(&block), 200, 5, |one| one.means[0][1]).unwrap())
        };
        let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<_>>();
        assert_eq!(bits(run(1)), bits(run(3)));
    }

    #[test]
    fn a_census_does_not_vary() {
        let block = Block::new(&rows(&[&FULL]), 0.0).unwrap();
        let means = replicate(&[block], 50, 1, |one| one.means[0][0]).unwrap();
        assert!(standard_error(&means).unwrap() < 1e-12);
        assert!((means[0] - 56.0).abs() < 1e-12);
    }
}
