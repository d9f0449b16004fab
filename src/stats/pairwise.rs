// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which weights follow from comparing things two by two, and do the comparisons contradict each other?

use super::count::length;
use super::describe::sum;
use super::{Undefined, finite};

/// Above this consistency ratio the judgements contradict each other too much to be used (Saaty 1980).
pub const LARGEST_RATIO: f64 = 0.10;

/// Mean consistency index of random judgements of 1 to 10 things (Saaty 1980).
const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];
/// Judgements outside this and its inverse are a slip of the pen: Saaty's scale ends at 9.
const LARGEST_JUDGEMENT: f64 = 1000.0;
/// A judgement and its inverse may differ by this share, from rounding.
const ROUNDING: f64 = 1e-6;
/// Relative width of the bounds of the eigenvalue at which it is known.
const NARROW: f64 = 1e-13;
/// Judgements of people settle within a few hundred steps.
const MOST_STEPS: u32 = 10_000;
const MOST_THINGS: usize = 100;

/// How many times as important one thing is as another, for each two of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgements {
    /// For each thing its importance against each other; the inverse on the other side of the diagonal of ones.
    rows: Vec<Vec<f64>>,
}

/// Weights from judgements, and how consistent these are.
#[derive(Clone, Debug, PartialEq)]
pub struct Priorities {
    /// One weight per thing, above 0; they sum to 1.
    pub weights: Vec<f64>,
    /// λ: the largest eigenvalue; the number of things if no judgement contradicts another, else more.
    pub eigenvalue: f64,
}

/// Whether weights from judgements may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consistency {
    /// The judgements contradict each other little or not at all.
    Accepted,
    /// They contradict each other too much: ask again.
    Refused,
}

impl Judgements {
    /// From all judgements as rows of a square: 1 on the diagonal, and each judgement's inverse on the other side.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without rows, [`Undefined::OutOfRange`] if they make no such square, or a judgement is not
    /// between 1/1000 and 1000, or there are more than 100 things.
    pub fn of_rows(rows: &[Vec<f64>]) -> Result<Self, Undefined> {
        let size = rows.len();
        if rows.iter().any(|row| row.len() != size) {
            return Err(Undefined::OutOfRange);
        }
        let upper = rows.iter().enumerate().flat_map(|(place, row)| row.iter().skip(place + 1));
        let found = Self::of_upper(size, &upper.copied().collect::<Vec<_>>())?;
        let pairs = rows.iter().flatten().zip(found.rows.iter().flatten());
        let same = |(one, other): (&f64, &f64)| (one - other).abs() <= ROUNDING * other;
        if pairs.into_iter().all(same) { Ok(found) } else { Err(Undefined::OutOfRange) }
    }

    /// From the judgements of `size` things above the diagonal, row after row.
    ///
    /// # Errors
    /// [`Undefined::Empty`] for no things, [`Undefined::OutOfRange`] for another number of judgements than
    /// `size (size − 1)/2` and as [`Judgements::of_rows`].
    pub fn of_upper(size: usize, upper: &[f64]) -> Result<Self, Undefined> {
        if size == 0 {
            return Err(Undefined::Empty);
        }
        let sound = |judgement: &f64| (LARGEST_JUDGEMENT.recip()..=LARGEST_JUDGEMENT).contains(judgement);
        if size > MOST_THINGS || upper.len() != size * (size - 1) / 2 || !upper.iter().all(sound) {
            return Err(Undefined::OutOfRange);
        }
        let mut rows = vec![vec![1.0; size]; size];
        let pairs = (0..size).flat_map(|one| (one + 1..size).map(move |other| (one, other)));
        for ((one, other), judgement) in pairs.zip(upper) {
            for (row, column, value) in [(one, other, *judgement), (other, one, judgement.recip())] {
                rows.iter_mut().skip(row).take(1).flatten().skip(column).take(1).for_each(|cell| *cell = value);
            }
        }
        Ok(Self { rows })
    }

    /// One set of judgements for a group: the geometric mean of its members', so that it does not matter which way
    /// round a question was put.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without members, [`Undefined::OutOfRange`] if they compared different numbers of things.
    ///
    /// # Source
    /// Aczél & Saaty 1983.
    pub fn together(members: &[Self]) -> Result<Self, Undefined> {
        let size = members.first().ok_or(Undefined::Empty)?.rows.len();
        if members.iter().any(|member| member.rows.len() != size) {
            return Err(Undefined::OutOfRange);
        }
        let mean = |place: usize| {
            let cells = members.iter().filter_map(|member| member.rows.iter().flatten().nth(place));
            let mut logarithms: Vec<f64> = cells.map(|cell| cell.ln()).collect();
            // In ascending order, so that rounding does not depend on the order of the members.
            logarithms.sort_by(f64::total_cmp);
            (sum(logarithms.iter().copied()) / length(members.len())).exp()
        };
        let above = (0..size).flat_map(|row| (row + 1..size).map(move |column| row * size + column));
        Self::of_upper(size, &above.map(mean).collect::<Vec<_>>())
    }

    /// Weights by the principal eigenvector, from power iteration.
    ///
    /// # Errors
    /// [`Undefined::NotConverged`] if the judgements contradict each other so much that the iteration does not settle.
    ///
    /// # Source
    /// Saaty 1980; bounds of the eigenvalue after Collatz 1942. Checked against R 4.2.2 `eigen`, `NumPy` 2.4.6 and
    /// `ahpy` 2.1.
    ///
    /// # Example
    /// ```
    /// use insieme::stats::pairwise::{Consistency, Judgements};
    /// let found = Judgements::of_upper(3, &[3.0, 5.0, 3.0]).unwrap().priorities().unwrap();
    /// assert!((found.weights[0] - 0.6370).abs() < 5e-5 && (found.eigenvalue - 3.03851).abs() < 5e-6);
    /// assert!((found.consistency_ratio().unwrap() - 0.0332).abs() < 5e-5);
    /// assert_eq!(found.consistency(), Consistency::Accepted);
    /// ```
    pub fn priorities(&self) -> Result<Priorities, Undefined> {
        let mut weights = self.geometric_means()?;
        for _ in 0..MOST_STEPS {
            let image: Vec<f64> =
                self.rows.iter().map(|row| sum(row.iter().zip(&weights).map(|(cell, weight)| cell * weight))).collect();
            let ratios = image.iter().zip(&weights).map(|(after, before)| after / before);
            let (low, high) =
                ratios.fold((f64::INFINITY, 0.0_f64), |(low, high), ratio| (low.min(ratio), high.max(ratio)));
            weights = shares(&image)?;
            if high - low <= NARROW * high {
                // Less than the number of things it can only be by rounding.
                let eigenvalue = finite(f64::midpoint(low, high))?.max(length(weights.len()));
                return Ok(Priorities { weights, eigenvalue });
            }
        }
        Err(Undefined::NotConverged)
    }

    /// The two things, by their places, whose judgement is the furthest from what all judgements together say: the one to
    /// look at again where they contradict each other. None below three things.
    ///
    /// # Source
    /// Largest deviation of a judgement from the ratio of the weights, in logarithms (Saaty 2003).
    #[must_use]
    pub fn most_contradicted(&self, weights: &[f64]) -> Option<(usize, usize)> {
        if self.rows.len() < 3 {
            return None;
        }
        let rows = self.rows.iter().zip(weights).enumerate();
        let apart = rows.flat_map(|(one, (row, own))| {
            let above = row.iter().zip(weights).enumerate().skip(one + 1);
            above.map(move |(other, (cell, of_other))| ((one, other), (cell.ln() - (own / of_other).ln()).abs()))
        });
        // The first of equal ones, so that it is always the same.
        let furthest = apart.reduce(|best, next| if next.1 > best.1 + 1e-9 { next } else { best });
        furthest.map(|(pair, _)| pair)
    }

    /// Weights by the geometric mean of each row; those of the eigenvector for up to three things or consistent
    /// judgements. They sum to 1.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if a product leaves the floats, which it cannot with judgements in range.
    ///
    /// # Source
    /// Crawford & Williams 1985. Checked against R 4.2.2.
    pub fn geometric_means(&self) -> Result<Vec<f64>, Undefined> {
        let mean = |row: &Vec<f64>| (sum(row.iter().map(|cell| cell.ln())) / length(row.len())).exp();
        shares(&self.rows.iter().map(mean).collect::<Vec<_>>())
    }
}

impl Priorities {
    /// CI: how far the eigenvalue exceeds the number of things, over one less than this. 0 for no contradiction.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] for a single thing.
    pub fn consistency_index(&self) -> Result<f64, Undefined> {
        let n = length(self.weights.len());
        if n < 2.0 { Err(Undefined::TooFew) } else { Ok((self.eigenvalue - n) / (n - 1.0)) }
    }

    /// CR: the consistency index over that of random judgements. 0 for no contradiction.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below three things, which cannot contradict each other; [`Undefined::OutOfRange`] above
    /// ten, for which the index of random judgements is not known.
    pub fn consistency_ratio(&self) -> Result<f64, Undefined> {
        let n = self.weights.len();
        let random = n.checked_sub(1).and_then(|place| RANDOM_INDEX.get(place)).ok_or(Undefined::OutOfRange)?;
        if *random <= 0.0 {
            return Err(Undefined::TooFew);
        }
        self.consistency_index().map(|index| index / random)
    }

    /// Whether the judgements may be used: those with a ratio up to [`LARGEST_RATIO`], and those of two things or one.
    #[must_use]
    pub fn consistency(&self) -> Consistency {
        match self.consistency_ratio() {
            Ok(ratio) if ratio <= LARGEST_RATIO => Consistency::Accepted,
            Err(Undefined::TooFew) => Consistency::Accepted,
            Ok(_) | Err(_) => Consistency::Refused,
        }
    }
}

/// Positive numbers as shares of their sum.
fn shares(numbers: &[f64]) -> Result<Vec<f64>, Undefined> {
    let total = finite(sum(numbers.iter().copied()))?;
    numbers.iter().map(|number| finite(number / total)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_judgement_that_stands_out_is_found() {
        let size = 4;
        // Weights 8, 4, 2, 1, but for the last against the first.
        let judgements = Judgements::of_upper(size, &[2.0, 4.0, 0.2, 2.0, 4.0, 2.0]).unwrap();
        let weights = judgements.priorities().unwrap().weights;
        assert_eq!(judgements.most_contradicted(&weights), Some((0, 3)));
        let two = Judgements::of_upper(2, &[9.0]).unwrap();
        assert_eq!(two.most_contradicted(&[0.9, 0.1]), None);
        assert_eq!(judgements.most_contradicted(&[]), None);
    }

    fn all_near(found: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        assert!(
            found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= tolerance),
            "{found:?}, expected {expected:?}"
        );
    }

    fn of_upper(upper: &[f64]) -> Judgements {
        let size = (1..20).find(|size| size * (size - 1) / 2 == upper.len()).unwrap();
        Judgements::of_upper(size, upper).unwrap()
    }

    #[test]
    fn nothing_has_no_weights() {
        assert_eq!(Judgements::of_rows(&[]), Err(Undefined::Empty));
        assert_eq!(Judgements::of_upper(0, &[]), Err(Undefined::Empty));
        assert_eq!(Judgements::together(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn one_thing_has_all_the_weight_and_two_cannot_contradict_each_other() {
        let one = of_upper(&[]).priorities().unwrap();
        all_near(&one.weights, &[1.0], 1e-15);
        assert_eq!(one.consistency_index(), Err(Undefined::TooFew));
        let two = of_upper(&[3.0]).priorities().unwrap();
        all_near(&two.weights, &[0.75, 0.25], 1e-12);
        assert!(two.consistency_index().unwrap() < 1e-12);
        for few in [one, two] {
            assert_eq!(few.consistency_ratio(), Err(Undefined::TooFew));
            assert_eq!(few.consistency(), Consistency::Accepted);
        }
    }

    #[test]
    fn the_worked_judges() {
        let first =
            Judgements::of_rows(&[vec![1.0, 3.0, 5.0], vec![1.0 / 3.0, 1.0, 3.0], vec![1.0 / 5.0, 1.0 / 3.0, 1.0]])
                .unwrap();
        let found = first.priorities().unwrap();
        all_near(&found.weights, &[0.636_985_571_744_757, 0.258_284_994_374_495, 0.104_729_433_880_748], 1e-12);
        assert!((found.eigenvalue - 3.038_511_090_558_17).abs() < 1e-11);
        assert!((found.consistency_ratio().unwrap() - 0.033_199_215_998_422).abs() < 1e-11);
        assert_eq!(found.consistency(), Consistency::Accepted);

        let both = Judgements::together(&[first, of_upper(&[1.0, 3.0, 2.0])]).unwrap().priorities().unwrap();
        all_near(&both.weights, &[0.541_819_096_221_685, 0.322_470_918_415_946, 0.135_709_985_362_369], 1e-12);
    }

    #[test]
    fn the_worked_circle_is_refused() {
        let circle = of_upper(&[3.0, 0.2, 3.0]).priorities().unwrap();
        assert!((circle.consistency_ratio().unwrap() - 1.584_515_108_842_51).abs() < 1e-10);
        assert_eq!(circle.consistency(), Consistency::Refused);
    }

    #[test]
    fn judgements_that_are_all_equal_give_equal_weights() {
        let equal = of_upper(&[1.0; 15]).priorities().unwrap();
        all_near(&equal.weights, &[1.0 / 6.0; 6], 1e-15);
        assert!((equal.eigenvalue - 6.0).abs() < 1e-12);
        assert!(equal.consistency_ratio().unwrap() < 1e-12);
    }

    #[test]
    fn above_ten_things_there_is_no_ratio_and_judgements_are_refused() {
        let many = of_upper(&[1.0; 55]).priorities().unwrap();
        assert_eq!(many.consistency_ratio(), Err(Undefined::OutOfRange));
        assert_eq!(many.consistency(), Consistency::Refused);
    }

    #[test]
    fn what_is_no_judgement_is_refused() {
        for wrong in [0.0, -3.0, 1e-9, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(Judgements::of_upper(2, &[wrong]), Err(Undefined::OutOfRange));
        }
        assert_eq!(Judgements::of_upper(3, &[1.0, 2.0]), Err(Undefined::OutOfRange));
        assert_eq!(Judgements::of_upper(101, &vec![1.0; 5050]), Err(Undefined::OutOfRange));
        assert_eq!(Judgements::of_upper(usize::MAX, &[]), Err(Undefined::OutOfRange));
        assert_eq!(Judgements::of_rows(&[vec![1.0, 2.0]]), Err(Undefined::OutOfRange));
        assert_eq!(Judgements::of_rows(&[vec![1.0, 2.0], vec![2.0, 1.0]]), Err(Undefined::OutOfRange));
        assert_eq!(Judgements::of_rows(&[vec![1.0, 2.0], vec![0.5, 3.0]]), Err(Undefined::OutOfRange));
        assert_eq!(Judgements::of_rows(&[vec![1.0, 2.0], vec![f64::NAN, 1.0]]), Err(Undefined::OutOfRange));
        let (two, three) = (of_upper(&[2.0]), of_upper(&[2.0, 2.0, 2.0]));
        assert_eq!(Judgements::together(&[two, three]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn rounded_inverses_are_inverses() {
        assert!(Judgements::of_rows(&[vec![1.0, 3.0], vec![0.333_333_3, 1.0]]).is_ok());
    }

    #[test]
    fn judgements_as_wild_as_they_may_be_settle_or_say_that_they_do_not() {
        let wild = [1000.0, 0.001, 1000.0];
        let found = of_upper(&wild).priorities().unwrap();
        assert_eq!(found.consistency(), Consistency::Refused);
        for turn in 0..64_u32 {
            let upper: Vec<f64> = (0..6).map(|bit| if turn >> bit & 1 == 1 { 1000.0 } else { 0.001 }).collect();
            match of_upper(&upper).priorities() {
                Ok(found) => assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12),
                Err(undefined) => assert_eq!(undefined, Undefined::NotConverged),
            }
        }
    }

    #[test]
    fn weights_that_exist_come_out_of_consistent_judgements() {
        let own = [0.4, 0.3, 0.2, 0.07, 0.03];
        let upper: Vec<f64> = (0..5).flat_map(|one| (one + 1..5).map(move |other| own[one] / own[other])).collect();
        let judgements = of_upper(&upper);
        all_near(&judgements.priorities().unwrap().weights, &own, 1e-12);
        all_near(&judgements.geometric_means().unwrap(), &own, 1e-12);
        assert!(judgements.priorities().unwrap().consistency_ratio().unwrap() < 1e-12);
    }

    #[test]
    fn the_order_of_members_changes_no_digit() {
        let members = [of_upper(&[3.0, 5.0, 3.0]), of_upper(&[1.0, 3.0, 2.0]), of_upper(&[7.0, 0.2, 1.0 / 9.0])];
        let mut turned = members.clone();
        turned.reverse();
        assert_eq!(Judgements::together(&members), Judgements::together(&turned));
    }
}
