// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How long does a questionnaire take, as measured? Whole minutes, counted; never the moments of a person.

use jiff::Timestamp;

/// From so many measured questionnaires on, what was measured is said instead of the estimate.
pub const MEASURED_FROM: u32 = 20;
/// What takes longer was interrupted, and says nothing about the questionnaire.
const MOST_MINUTES: i64 = 60;

/// Whole minutes from beginning to end, a begun one counted as one; nothing where they tell nothing: a clock that was
/// turned back, a questionnaire that was put aside. The beginning is given in seconds since 1970, as a device keeps it.
///
/// # Example
/// ```
/// use insieme::domain::duration::whole_minutes;
/// let ended: jiff::Timestamp = "2026-11-25T10:04:00Z".parse().unwrap();
/// assert_eq!(whole_minutes(ended.as_second() - 210, ended), Some(4));
/// ```
#[must_use]
pub fn whole_minutes(begun: i64, ended: Timestamp) -> Option<u32> {
    let seconds = ended.as_second().checked_sub(begun)?;
    let minutes = seconds / 60 + i64::from(seconds % 60 > 0);
    u32::try_from(minutes).ok().filter(|_| (1..=MOST_MINUTES).contains(&minutes))
}

/// The median of minutes with how often each was needed, in any order; nothing before enough were measured.
///
/// The lower median, so that it is a whole number of minutes that somebody needed.
#[must_use]
pub fn median_minutes(counts: &[(u32, u32)]) -> Option<u32> {
    let measured: u32 = counts.iter().map(|(_, count)| count).sum();
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let middle = measured.div_ceil(2);
    let mut passed = 0;
    sorted
        .into_iter()
        .find(|(_, count)| {
            passed += count;
            passed >= middle
        })
        .map(|(minutes, _)| minutes)
        .filter(|_| measured >= MEASURED_FROM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_true_is_counted() {
        let minutes = |seconds: i64| whole_minutes(1_000, Timestamp::from_second(1_000 + seconds).unwrap());
        assert_eq!([1, 60, 61, 3_600].map(minutes), [Some(1), Some(1), Some(2), Some(60)]);
        assert_eq!([0, -5, 3_601, i64::from(u32::MAX)].map(minutes), [None; 4]);
    }

    #[test]
    fn the_median_is_said_from_twenty_on_and_ignores_a_few_slow_ones() {
        assert_eq!(median_minutes(&[]), None);
        assert_eq!(median_minutes(&[(4, 19)]), None);
        assert_eq!(median_minutes(&[(4, 20)]), Some(4));
        assert_eq!(median_minutes(&[(60, 9), (3, 5), (5, 6)]), Some(5));
        assert_eq!(median_minutes(&[(7, 10), (3, 10)]), Some(3), "the lower of the two in the middle");
    }
}
