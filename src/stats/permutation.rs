// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How often would two samples differ as much as these do, if it were drawn by lot who belongs to which?

use std::collections::{BTreeMap, HashMap};
use std::ops::{Add, AddAssign, Mul, Sub};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::Undefined;
use super::brunner_munzel::{Threshold, brunner_munzel};
use super::count::{real, whole};
use super::describe::Sum;
use super::tally::{Tally, place, size};

/// Up to so many distinct arrangements every one is looked at.
pub const EXACT_UP_TO: u64 = 200_000;
/// Up to so many people arrangements are drawn; beyond, t is as good.
pub const DRAWN_UP_TO: u64 = 2_000;

/// Statistics that differ by less are meant to be equal.
const EQUAL: f64 = 1e-9;
/// Draws that have a random stream in common.
const BLOCK: usize = 256;
/// Whole numbers made from one random number; their limits of up to 2,000 multiply to less than 2⁶⁴.
const DICE: usize = 5;
/// Draws that are computed side by side.
const LANES: usize = 8;
/// Bytes of draws that are kept, for each of the two kinds.
const KEPT_BYTES: usize = 1 << 27;

/// How a p-value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// From every arrangement there is.
    Exact,
    /// From arrangements drawn at random.
    MonteCarlo,
    /// From the distribution that many observations come close to.
    Asymptotic,
}

/// A two-sided p-value and how it was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PermutationP {
    /// Above 0, at most 1.
    pub p: f64,
    /// How it was found.
    pub method: Method,
}

impl PermutationP {
    /// A p-value between the smallest float and 1.
    pub(super) const fn new(p: f64, method: Method) -> Self {
        Self { p: p.max(f64::MIN_POSITIVE).min(1.0), method }
    }
}

/// The studentised permutation test of the Brunner–Munzel statistic, with the arrangements drawn so far.
///
/// Tests of samples of the same two sizes share their draws, also between threads; many tests are done soonest in the
/// order of their sizes. A p-value depends on the seed, the number of draws and the [`Tally`] only: not on the tests
/// before it, nor on which sample is called the first.
#[derive(Debug)]
pub struct Permutations {
    seed: u64,
    draws: u32,
    exact_up_to: u64,
    compact: Bank<u8>,
    roomy: Bank<u16>,
}

impl Permutations {
    /// Tests that draw `draws` arrangements where there are more than `exact_up_to`: usually [`EXACT_UP_TO`], and never
    /// more than ten times that.
    #[must_use]
    pub fn new(seed: u64, draws: u32, exact_up_to: u64) -> Self {
        Self { seed, draws, exact_up_to, compact: Bank::default(), roomy: Bank::default() }
    }

    /// Share of the arrangements whose statistic is at least as far from zero as the observed one, less 1e-9.
    ///
    /// Exact up to a number of distinct arrangements (equal values exchanged make no other one) and wherever nothing
    /// overlaps; else from draws up to [`DRAWN_UP_TO`] people, as their share or, if no draw comes that far, as
    /// `1/(draws + 1)`; else from t. An arrangement without overlap counts as infinitely far from zero.
    ///
    /// # Errors
    /// [`Undefined::Empty`] if a sample is empty or nothing may be drawn, [`Undefined::TooFew`] below two observations
    /// on a side, [`Undefined::NoVariability`] if all observations are equal.
    ///
    /// # Source
    /// Neubert & Brunner 2007. Exact values checked against an enumeration with fractions.
    ///
    /// # Example
    /// ```
    /// use insieme::stats::{permutation::{EXACT_UP_TO, Permutations}, tally::Tally};
    /// // Dataset G1, indicator F1, wave 1: PUB and CIV counted over eight distinct scores.
    /// let tally = Tally::of_counts(&[0, 1, 1, 0, 0, 2, 1, 1], &[4, 0, 1, 1, 1, 1, 0, 0]).unwrap();
    /// let found = Permutations::new(0, 20_000, EXACT_UP_TO).p(&tally).unwrap();
    /// assert!((found.p - 98.0 / 3003.0).abs() < 1e-12);
    /// ```
    pub fn p(&self, tally: &Tally) -> Result<PermutationP, Undefined> {
        let observed = match brunner_munzel(tally) {
            Err(Undefined::Separated) => return Ok(PermutationP::new(tally.share_without_overlap(), Method::Exact)),
            observed => observed?,
        };
        let far = observed.statistic.abs() - EQUAL;
        if far <= 0.0 {
            return Ok(PermutationP::new(1.0, Method::Exact));
        }
        let (test, exact_up_to) = (Test::new(tally, far), self.exact_up_to.min(10 * EXACT_UP_TO));
        if tally.arrangements(exact_up_to) <= exact_up_to {
            Ok(PermutationP::new(test.of_all(), Method::Exact))
        } else if test.small + test.large <= DRAWN_UP_TO {
            self.of_draws(&test).map(|p| PermutationP::new(p, Method::MonteCarlo))
        } else {
            Ok(PermutationP::new(observed.p, Method::Asymptotic))
        }
    }

    fn of_draws(&self, test: &Test) -> Result<f64, Undefined> {
        if self.draws == 0 {
            return Err(Undefined::Empty);
        }
        let lot = Lot { seed: self.seed, draws: self.draws, small: test.small, large: test.large };
        let steps = test.steps();
        // No sum of differences exceeds 15 bits and no sum of squares 31, not even where a column is empty.
        let reached = if test.small * (test.small + test.large) < 1 << 15 {
            self.compact.count(&lot, |block| test.reached::<u8, i16, i32>(&steps, block))
        } else {
            self.roomy.count(&lot, |block| test.reached::<u16, f64, f64>(&steps, block))
        };
        let draws = f64::from(self.draws);
        Ok(if reached == 0 { 1.0 / (draws + 1.0) } else { f64::from(reached) / draws })
    }
}

/// One test: people up to and with each distinct value, the two sizes, and how far an arrangement must come.
struct Test {
    values: Vec<(u64, u64)>,
    small: u64,
    large: u64,
    threshold: Threshold,
}

impl Test {
    fn new(tally: &Tally, far: f64) -> Self {
        let (n_a, n_b) = tally.sizes();
        let (small, large) = (n_a.min(n_b), n_a.max(n_b));
        Self { values: tally.running().collect(), small, large, threshold: Threshold::new(small, large, far) }
    }

    /// The share over all arrangements. Those of the lower half of the values are listed, then those of the upper half
    /// that complete them, so that a pair of them is two sums and one comparison.
    fn of_all(&self) -> f64 {
        let categories = self.categories();
        let (lower, upper) = categories.split_at(categories.len() / 2);
        let none = Half { difference: 0.0, squares: 0.0, chance: 1.0 };
        let mut halves: BTreeMap<u64, Vec<Half>> = BTreeMap::new();
        self.extend(lower, 0, none, &mut |taken, half| halves.entry(taken).or_default().push(half));
        let (mut reached, mut all) = (Sum::default(), Sum::default());
        for (taken, halves) in halves {
            let mut others = Vec::new();
            self.extend(upper, taken, none, &mut |_, half| others.push(half));
            for half in halves {
                let (far, any) = others.iter().fold((0.0, 0.0), |(far, any), other| {
                    let Half { difference, squares, chance } = half.and(*other);
                    (far + if self.threshold.is_reached(difference, squares) { chance } else { 0.0 }, any + chance)
                });
                reached.add(far);
                all.add(any);
            }
        }
        reached.total() / all.total()
    }

    fn categories(&self) -> Vec<Category> {
        let category = |(up_to, count): (u64, u64)| {
            let least = count.saturating_sub(self.large);
            Category { up_to, count, least, chances: self.chances(count, least, self.small.min(count)) }
        };
        self.values.iter().copied().map(category).collect()
    }

    /// Binomial chances that so many of a value are in the smaller sample, on any scale.
    fn chances(&self, count: u64, least: u64, most: u64) -> Vec<f64> {
        let odds = real(self.small) / real(self.large);
        let usual = size(whole(real(count) * odds / (1.0 + odds))).clamp(least, most);
        let step = |taken: u64| real(count - taken) / real(taken + 1) * odds;
        let mut chances = vec![1.0];
        let end = |chances: &[f64]| chances.last().copied().unwrap_or(0.0);
        (least..usual).rev().for_each(|taken| chances.push(end(&chances) / step(taken)));
        chances.reverse();
        (usual..most).for_each(|taken| chances.push(end(&chances) * step(taken)));
        chances
    }

    /// Every way to go on from `half` over these categories, with how many it takes into the smaller sample.
    fn extend(&self, categories: &[Category], taken: u64, half: Half, found: &mut dyn FnMut(u64, Half)) {
        let Some((category, rest)) = categories.split_first() else { return found(taken, half) };
        let least = category.up_to.saturating_sub(self.large + taken).max(category.least);
        let chances = category.chances.iter().skip(place(least - category.least));
        for (more, chance) in (least..=self.small - taken).zip(chances) {
            let (a, b) = (real(more), real(category.count - more));
            let of_a = 2.0 * real(category.up_to - taken - more) - b - real(self.large);
            let of_b = 2.0 * real(taken) + a - real(self.small);
            let squares = self.threshold.weigh(a * of_a * of_a, b * of_b * of_b);
            let longer = half.and(Half { difference: a * of_a, squares, chance: *chance });
            self.extend(rest, taken + more, longer, found);
        }
    }

    fn steps(&self) -> Vec<Step> {
        let short = |number: u64| i16::try_from(number).unwrap_or(i16::MAX);
        let step = |(up_to, count): (u64, u64)| Step {
            row: place(up_to - 1),
            middle: short(2 * up_to - count) - short(self.large),
            count: short(count),
        };
        self.values.iter().copied().map(step).collect()
    }

    /// How many of a block's draws come far enough. `Narrow` holds the sums of differences, `Wide` those of squares.
    fn reached<Count, Narrow, Wide>(&self, steps: &[Step], block: &[Count]) -> u32
    where
        Count: Copy,
        Narrow: Whole + From<Count> + From<i16>,
        Wide: Whole + From<Narrow>,
        f64: From<Narrow> + From<Wide>,
    {
        let small = Narrow::from(i16::try_from(self.small).unwrap_or(i16::MAX));
        let (rows, _) = block.as_chunks::<LANES>();
        let mut reached = 0;
        for lane in 0..BLOCK / LANES {
            let (mut before, mut sums) = ([Narrow::default(); LANES], [Narrow::default(); LANES]);
            let (mut squares, mut others) = ([Wide::default(); LANES], [Wide::default(); LANES]);
            for step in steps {
                let Some(row) = rows.get(step.row * (BLOCK / LANES) + lane) else { continue };
                let (middle, count) = (Narrow::from(step.middle), Narrow::from(step.count));
                let state = before.iter_mut().zip(&mut sums).zip(&mut squares).zip(&mut others);
                for (now, (((before, sum), square), other)) in row.iter().zip(state) {
                    let now = Narrow::from(*now);
                    let (a, both) = (now - *before, now + *before);
                    let (of_a, of_b) = (middle - both, both - small);
                    let (all_a, all_b) = (a * of_a, (count - a) * of_b);
                    *sum += all_a;
                    *square += Wide::from(all_a) * Wide::from(of_a);
                    *other += Wide::from(all_b) * Wide::from(of_b);
                    *before = now;
                }
            }
            for ((sum, square), other) in sums.into_iter().zip(squares).zip(others) {
                let (sum, square, other) = (f64::from(sum), f64::from(square), f64::from(other));
                reached += u32::from(self.threshold.is_reached(sum, self.threshold.weigh(square, other)));
            }
        }
        reached
    }
}

/// What the loop over draws needs of a kind of number.
trait Whole: Copy + Default + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + AddAssign {}
impl Whole for i16 {}
impl Whole for i32 {}
impl Whole for f64 {}

/// For the exact test a distinct value: people up to it, people with it, and the chances that so many of these are in
/// the smaller sample, from the least number that can be.
struct Category {
    up_to: u64,
    count: u64,
    least: u64,
    chances: Vec<f64>,
}

/// Sums over some of the values.
#[derive(Clone, Copy)]
struct Half {
    difference: f64,
    squares: f64,
    chance: f64,
}

impl Half {
    fn and(self, other: Self) -> Self {
        let (difference, squares) = (self.difference + other.difference, self.squares + other.squares);
        Self { difference, squares, chance: self.chance * other.chance }
    }
}

/// For draws a distinct value: its row in the block, people below and people up to it less the larger sample, and
/// people with it.
struct Step {
    row: usize,
    middle: i16,
    count: i16,
}

/// Draws that may be shared.
#[derive(Debug, Default)]
struct Bank<Count> {
    kept: Mutex<HashMap<(u64, u64), Shared<Count>>>,
}

type Shared<Count> = Arc<OnceLock<Vec<Vec<Count>>>>;

impl<Count: Copy + Default + AddAssign + From<bool>> Bank<Count> {
    fn count(&self, lot: &Lot, reached: impl Fn(&[Count]) -> u32) -> u32 {
        let Some(shared) = self.shared(lot) else {
            return lot.blocks().map(|block| reached(&lot.draw(block))).sum();
        };
        let blocks = shared.get_or_init(|| lot.blocks().map(|block| lot.draw(block)).collect());
        blocks.iter().map(|block| reached(block)).sum()
    }

    /// The place where draws of these sizes are kept, if they are not too many. A full bank forgets all others.
    fn shared(&self, lot: &Lot) -> Option<Shared<Count>> {
        let bytes = size_of::<Count>().saturating_mul(place(lot.draws.into()).next_multiple_of(BLOCK));
        let fits = |people: u64| bytes.saturating_mul(place(people)) <= KEPT_BYTES;
        let (sizes, people) = ((lot.small, lot.large), lot.small + lot.large);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let others = kept.keys().filter(|other| **other != sizes);
        if fits(people) && !fits(people + others.map(|(small, large)| small + large).sum::<u64>()) {
            kept.clear();
        }
        fits(people).then(|| Arc::clone(kept.entry(sizes).or_default()))
    }
}

/// What draws depend on.
struct Lot {
    seed: u64,
    draws: u32,
    small: u64,
    large: u64,
}

impl Lot {
    /// First draw of each block.
    fn blocks(&self) -> impl Iterator<Item = u32> {
        (0..self.draws).step_by(BLOCK)
    }

    /// For each place in the order of all people, and each draw: how many up to there are in the smaller sample.
    /// Columns beyond the last draw stay empty, and an empty smaller sample never comes far.
    fn draw<Count: Copy + Default + AddAssign + From<bool>>(&self, first: u32) -> Vec<Count> {
        let mut random = self.stream(first);
        let (people, small) = (place(self.small + self.large), place(self.small));
        let mut order: Vec<usize> = (0..people).collect();
        let mut block = vec![Count::default(); people * BLOCK];
        for draw in (0..BLOCK).take(place(u64::from(self.draws - first))) {
            for start in (0..small).step_by(DICE) {
                for (chosen, die) in (start..small).zip(dice(people - start, &mut random)) {
                    order.swap(chosen, chosen + die);
                    if let Some(count) = order.get(chosen).and_then(|person| block.get_mut(person * BLOCK + draw)) {
                        *count = Count::from(true);
                    }
                }
            }
        }
        let mut sums = [Count::default(); BLOCK];
        for row in block.chunks_exact_mut(BLOCK) {
            sums.iter_mut().zip(row.iter()).for_each(|(sum, count)| *sum += *count);
            row.copy_from_slice(&sums);
        }
        block
    }

    fn stream(&self, first: u32) -> ChaCha20Rng {
        let mut key = [0; 32];
        for (part, number) in key.as_chunks_mut::<8>().0.iter_mut().zip([self.seed, self.small, self.large]) {
            *part = number.to_le_bytes();
        }
        let mut random = ChaCha20Rng::from_seed(key);
        random.set_stream(u64::from(first));
        random
    }
}

/// Whole numbers below `limit`, below `limit − 1` and so on, all combinations equally likely, from one random number:
/// multiplication with rejection (Lemire 2019; Brackett-Rozinsky & Lemire 2024).
fn dice(limit: usize, random: &mut ChaCha20Rng) -> [usize; DICE] {
    let limits: [usize; DICE] = std::array::from_fn(|die| limit.saturating_sub(die).max(1));
    let combinations = limits.iter().fold(1, |product, limit| product * size(*limit));
    loop {
        let mut rest = random.next_u64();
        let dice = limits.map(|limit| {
            let product = u128::from(rest) * u128::from(size(limit));
            rest = u64::try_from(product & u128::from(u64::MAX)).unwrap_or(0);
            usize::try_from(product >> 64).unwrap_or(0)
        });
        if rest >= combinations || rest >= combinations.wrapping_neg() % combinations {
            return dice;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::count::length;
    use super::super::distribution::t_two_sided;
    use super::*;

    const DRAWS: u32 = 20_000;

    fn tally(a: &[u64], b: &[u64]) -> Tally {
        Tally::of_counts(a, b).unwrap()
    }

    fn exact(a: &[u64], b: &[u64]) -> Result<PermutationP, Undefined> {
        Permutations::new(0, 0, u64::MAX).p(&tally(a, b))
    }

    fn drawn(a: &[u64], b: &[u64], seed: u64) -> f64 {
        let found = Permutations::new(seed, DRAWS, 0).p(&tally(a, b)).unwrap();
        assert_eq!(found.method, Method::MonteCarlo);
        found.p
    }

    /// Numbers that look random, the same in every run.
    fn numbers(seed: u64) -> impl FnMut(u64) -> u64 {
        let mut state = seed;
        move |limit| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % limit
        }
    }

    fn random_tally(number: &mut impl FnMut(u64) -> u64, most: u64) -> Tally {
        let (n_a, n_b, values) = (2 + number(most), 2 + number(most), 2 + number(9));
        let mut sample = |n| (0..n).map(|_| real(number(values))).collect::<Vec<_>>();
        let (a, b) = (sample(n_a), sample(n_b));
        Tally::of_values(&a, &b).unwrap()
    }

    /// The statistic by its definition: mean ranks, and variances of ranks less ranks within the sample.
    fn naive(pooled: &[usize], in_a: &[bool]) -> f64 {
        let rank = |of: usize, among: &dyn Fn(usize) -> bool| {
            let of = pooled[of];
            let all = || (0..pooled.len()).filter(|other| among(*other)).map(|other| pooled[other]);
            let (below, equal) =
                (all().filter(|other| *other < of).count(), all().filter(|other| *other == of).count());
            length(below) + f64::midpoint(length(equal), 1.0)
        };
        let side = |side: bool| {
            let members: Vec<usize> = (0..pooled.len()).filter(|one| in_a[*one] == side).collect();
            let n = length(members.len());
            let ranks: Vec<f64> = members.iter().map(|one| rank(*one, &|_| true)).collect();
            let mean = ranks.iter().sum::<f64>() / n;
            let within = members.iter().map(|one| rank(*one, &|other| in_a[other] == side));
            let off =
                ranks.iter().zip(within).map(|(rank, within)| (rank - within - mean + f64::midpoint(n, 1.0)).powi(2));
            (n, mean, off.sum::<f64>() / (n - 1.0))
        };
        let ((n_a, mean_a, variance_a), (n_b, mean_b, variance_b)) = (side(true), side(false));
        let below = n_a * variance_a + n_b * variance_b;
        let above = n_a * n_b * (mean_b - mean_a) / (n_a + n_b);
        if below < 1e-9 { f64::INFINITY * above.abs().ceil() } else { above / below.sqrt() }
    }

    /// Value and sample of each person, in order of value.
    fn people(tally: &Tally) -> (Vec<usize>, Vec<bool>) {
        let counts = tally.a().iter().zip(tally.b()).enumerate();
        let each = counts.flat_map(|(value, (a, b))| {
            let people = std::iter::repeat_n((value, true), place(*a));
            people.chain(std::iter::repeat_n((value, false), place(*b)))
        });
        each.unzip()
    }

    #[test]
    fn none_one_and_equal_values_have_no_p() {
        for permutations in [Permutations::new(0, DRAWS, EXACT_UP_TO), Permutations::new(0, DRAWS, 0)] {
            assert_eq!(permutations.p(&tally(&[], &[])), Err(Undefined::Empty));
            assert_eq!(permutations.p(&tally(&[0, 0], &[1, 2])), Err(Undefined::Empty));
            assert_eq!(permutations.p(&tally(&[1, 0], &[1, 2])), Err(Undefined::TooFew));
            assert_eq!(permutations.p(&tally(&[3], &[2])), Err(Undefined::NoVariability));
        }
        assert_eq!(Permutations::new(0, 0, 0).p(&tally(&[2, 3], &[3, 2])), Err(Undefined::Empty));
    }

    #[test]
    fn the_six_pairs_of_the_worked_indicator() {
        // Dataset G1, F1, wave 1, over the distinct scores of both: arrangements that come far, of all.
        let pairs: [(&[u64], &[u64], f64, f64); 6] = [
            (&[1, 1, 0, 0, 2, 1, 1], &[1, 2, 1, 3, 1, 0, 0], 817.0 / 3003.0, 0.272_061),
            (&[1, 1, 0, 0, 0, 2, 1, 1], &[0, 1, 1, 2, 1, 0, 0, 0], 166.0 / 462.0, 0.359_307),
            (&[0, 1, 1, 0, 0, 2, 1, 1], &[4, 0, 1, 1, 1, 1, 0, 0], 98.0 / 3003.0, 0.032_634),
            (&[1, 2, 0, 1, 3, 1], &[0, 1, 1, 2, 1, 0], 940.0 / 1287.0, 0.730_381),
            (&[0, 1, 2, 1, 3, 1], &[4, 0, 1, 1, 1, 1], 2014.0 / 12_870.0, 0.156_488),
            (&[0, 1, 1, 2, 1, 0], &[4, 1, 0, 1, 1, 1], 361.0 / 1287.0, 0.280_497),
        ];
        let permutations = Permutations::new(0, DRAWS, EXACT_UP_TO);
        for (a, b, p, printed) in pairs {
            let found = permutations.p(&tally(a, b)).unwrap();
            assert_eq!(found.method, Method::Exact);
            assert!((found.p - p).abs() < 1e-12 && (found.p - printed).abs() < 5.1e-7);
            // Four standard errors of a share of 20,000 draws.
            assert!((drawn(a, b, 1) - p).abs() < 4.0 * (p * (1.0 - p) / f64::from(DRAWS)).sqrt());
        }
    }

    #[test]
    fn the_smallest_p_that_so_few_can_give() {
        for (n_a, n_b, smallest) in [(3, 3, 0.1), (3, 4, 0.057), (4, 4, 0.029), (4, 5, 0.016), (5, 5, 0.0079)] {
            // All values differ, and only the two arrangements without overlap come as far.
            let (a, b) = ([vec![1; n_a], vec![0; n_b]].concat(), [vec![0; n_a], vec![1; n_b]].concat());
            let found = exact(&a, &b).unwrap();
            assert_eq!(found.method, Method::Exact);
            assert!((found.p - smallest).abs() < 5e-4, "{n_a} {n_b}: {}", found.p);
        }
    }

    #[test]
    fn without_overlap_there_is_a_p_at_any_size() {
        assert!((exact(&[5, 0], &[0, 5]).unwrap().p - 2.0 / 252.0).abs() < 1e-15);
        assert!((exact(&[3, 0], &[0, 5]).unwrap().p - 1.0 / 56.0).abs() < 1e-15);
        assert!((exact(&[0, 3, 2], &[5, 0, 0]).unwrap().p - 2.0 / 252.0).abs() < 1e-15);
        let far = exact(&[50_000, 0], &[0, 50_000]).unwrap();
        assert_eq!(far, PermutationP { p: f64::MIN_POSITIVE, method: Method::Exact });
    }

    #[test]
    fn all_arrangements_agree_with_the_definition() {
        let mut number = numbers(88_172_645_463_325_252);
        for _ in 0..300 {
            let tally = random_tally(&mut number, 4);
            let (values, in_a) = people(&tally);
            let observed = naive(&values, &in_a).abs();
            let (n, n_a) = (values.len(), in_a.iter().filter(|one| **one).count());
            let arrangements = (0..1_u32 << n).filter(|bits| bits.count_ones() == u32::try_from(n_a).unwrap());
            let far = arrangements.map(|bits| {
                let in_a: Vec<bool> = (0..n).map(|one| bits >> one & 1 == 1).collect();
                naive(&values, &in_a).abs() >= observed - 1e-9
            });
            let far: Vec<bool> = far.collect();
            match Permutations::new(0, 0, u64::MAX).p(&tally) {
                Ok(found) => {
                    let share = length(far.iter().filter(|far| **far).count()) / length(far.len());
                    assert!((found.p - share).abs() < 1e-12, "{tally:?}: {} and {share}", found.p);
                }
                Err(undefined) => assert_eq!(undefined, Undefined::NoVariability, "{tally:?}"),
            }
        }
    }

    #[test]
    fn every_draw_agrees_with_the_definition() {
        let mut number = numbers(2_463_534_242);
        for most in [3, 3, 3, 3, 8, 8, 20, 20, 60] {
            for _ in 0..40 {
                let tally = random_tally(&mut number, most);
                let Ok(observed) = brunner_munzel(&tally) else { continue };
                let far = observed.statistic.abs() - EQUAL;
                if far <= 0.0 {
                    continue;
                }
                let test = Test::new(&tally, far);
                let lot = Lot { seed: 5, draws: 24, small: test.small, large: test.large };
                let (narrow, wide): (Vec<u8>, Vec<u16>) = (lot.draw(0), lot.draw(0));
                assert!(narrow.iter().map(|count| u16::from(*count)).eq(wide.iter().copied()));
                let (values, _) = people(&tally);
                let by_definition = (0..24).filter(|draw| {
                    let up_to = |place: usize| narrow[place * BLOCK + draw];
                    let taken = |place: usize| if place == 0 { up_to(0) } else { up_to(place) - up_to(place - 1) };
                    let members: Vec<bool> = (0..values.len()).map(|place| taken(place) == 1).collect();
                    assert_eq!(members.iter().filter(|one| **one).count(), place(test.small));
                    naive(&values, &members).abs() >= far
                });
                let expected = u32::try_from(by_definition.count()).unwrap();
                assert_eq!(test.reached::<u8, i16, i32>(&test.steps(), &narrow), expected, "{tally:?}");
                assert_eq!(test.reached::<u16, f64, f64>(&test.steps(), &wide), expected, "{tally:?}");
            }
        }
    }

    #[test]
    fn both_kinds_of_numbers_agree_where_both_serve() {
        let mut number = numbers(77);
        for _ in 0..200 {
            let tally = random_tally(&mut number, 126);
            let test = Test::new(&tally, 0.5 + real(number(3)));
            let lot = Lot { seed: number(9), draws: 250, small: test.small, large: test.large };
            let narrow = test.reached::<u8, i16, i32>(&test.steps(), &lot.draw(0));
            assert_eq!(narrow, test.reached::<u16, f64, f64>(&test.steps(), &lot.draw(0)), "{tally:?}");
        }
        let unequal = Test::new(&tally(&[17, 0], &[300, 1593]), 1.0);
        let lot = Lot { seed: 1, draws: 3, small: unequal.small, large: unequal.large };
        let narrow = unequal.reached::<u8, i16, i32>(&unequal.steps(), &lot.draw(0));
        assert_eq!(narrow, unequal.reached::<u16, f64, f64>(&unequal.steps(), &lot.draw(0)));
    }

    #[test]
    fn draws_come_near_to_all_arrangements() {
        let cases: [(&[u64], &[u64]); 3] =
            [(&[4, 6, 8, 2], &[8, 7, 3, 2]), (&[3, 3, 5, 9], &[2, 2, 2, 1]), (&[30, 10, 40, 120], &[20, 30, 50, 100])];
        for (a, b) in cases {
            let (all, some) = (exact(a, b).unwrap().p, drawn(a, b, 3));
            assert!((all - some).abs() < 4.0 * (all * (1.0 - all) / f64::from(DRAWS)).sqrt(), "{all} {some}");
        }
    }

    #[test]
    fn a_seed_gives_the_same_p_whatever_came_before() {
        let (one, other) = (tally(&[5, 9, 8, 3], &[9, 9, 4, 2]), tally(&[9, 5, 3, 8], &[4, 9, 9, 2]));
        let permutations = Permutations::new(7, 3000, 0);
        let alone = Permutations::new(7, 3000, 0).p(&other);
        permutations.p(&one).unwrap();
        assert_eq!(permutations.p(&other), alone);
        assert_ne!(Permutations::new(8, 3000, 0).p(&other), alone);
        assert_eq!(permutations.p(&tally(other.b(), other.a())), alone);
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| permutations.p(&other))).collect();
            assert!(threads.into_iter().all(|thread| thread.join().unwrap() == alone));
        });
    }

    #[test]
    fn a_full_bank_forgets_and_draws_too_many_to_keep_are_not_kept() {
        let bank: Bank<u8> = Bank::default();
        let lot = |draws, large| Lot { seed: 1, draws, small: 20, large };
        for large in [25, 26, 27, 25] {
            // Two of these fit.
            assert!(bank.shared(&lot(1_000_000, large)).is_some());
            assert!(bank.kept.lock().unwrap().len() <= 2);
        }
        assert!(bank.shared(&lot(u32::MAX, 25)).is_none());
        assert_eq!(bank.kept.lock().unwrap().len(), 2);
    }

    #[test]
    fn draws_are_the_same_whether_kept_or_not() {
        let lot = Lot { seed: 1, draws: 300, small: 20, large: 25 };
        let sum = |block: &[u8]| block.iter().map(|count| u32::from(*count)).sum::<u32>();
        let unkept: u32 = lot.blocks().map(|first| sum(&lot.draw::<u8>(first))).sum();
        assert_eq!(Bank::default().count(&lot, sum), unkept);
    }

    #[test]
    fn a_p_is_never_zero() {
        let (a, b): ([u64; 3], [u64; 3]) = ([30, 1, 0], [0, 1, 30]);
        let p = drawn(&a, &b, 0);
        assert!((p - 1.0 / 20_001.0).abs() < 1e-15);
        assert!(exact(&a, &b).unwrap().p > 0.0 && exact(&a, &b).unwrap().p < 1e-12);
    }

    #[test]
    fn samples_alike_have_a_p_of_one() {
        assert_eq!(exact(&[2, 3, 2], &[4, 6, 4]), Ok(PermutationP { p: 1.0, method: Method::Exact }));
    }

    #[test]
    fn many_people_are_left_to_t_unless_few_arrangements_exist() {
        let permutations = Permutations::new(0, 100, EXACT_UP_TO);
        let many = tally(&[300, 300, 300, 300], &[250, 350, 250, 350]);
        let found = permutations.p(&many).unwrap();
        let test = brunner_munzel(&many).unwrap();
        assert_eq!(found.method, Method::Asymptotic);
        assert!((found.p - t_two_sided(test.statistic, test.df).unwrap()).abs() < 1e-15);
        let few = permutations.p(&tally(&[1000, 1100], &[900, 1200])).unwrap();
        assert_eq!(few.method, Method::Exact);
        assert!((few.p - brunner_munzel(&tally(&[1000, 1100], &[900, 1200])).unwrap().p).abs() < 1e-3);
    }

    #[test]
    fn no_two_dice_depend_on_each_other() {
        // Dice of 3, 2 and 1 make six combinations: none far from a sixth.
        let mut random = Lot { seed: 3, draws: 0, small: 0, large: 0 }.stream(0);
        let mut seen = [[0.0; 2]; 3];
        for _ in 0..6000 {
            let [first, second, last, ..] = dice(3, &mut random);
            seen[first][second] += 1.0;
            assert_eq!(last, 0);
        }
        assert!(
            seen.as_flattened()
                .iter()
                .all(|count: &f64| (count - 1000.0).abs() < 4.0 * (6000.0_f64 * 5.0).sqrt() / 6.0)
        );
    }
}
