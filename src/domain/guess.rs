// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does one group believe that another said, and how far is that from what it did say?
//!
//! Everything here is made from scores that may be shown to whoever guesses: in whole points, and of no indicator whose
//! score is withheld.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::score::WaveScores;

/// How many of the highest, and of the lowest, are guessed.
pub const GUESSED: usize = 3;

/// What a participant believes that another group scored highest and lowest. It is made once, before looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The body that owns the wave.
    pub organisation_id: Uuid,
    /// The wave.
    pub wave_id: Uuid,
    /// Code of the group of whoever guesses.
    pub group: String,
    /// Their key.
    pub key: String,
    /// Code of the group that is guessed about.
    pub about: String,
    /// Codes of the indicators thought to be highest.
    pub high: Vec<String>,
    /// Codes of those thought to be lowest.
    pub low: Vec<String>,
}

/// Which indicators a group scored highest and lowest; those level with the third are among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extremes {
    /// Codes of the highest.
    pub high: BTreeSet<String>,
    /// Codes of the lowest.
    pub low: BTreeSet<String>,
}

/// How many of the three highest and of the three lowest were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// Of the highest, 0 to 3.
    pub high: usize,
    /// Of the lowest, 0 to 3.
    pub low: usize,
}

/// How near the guesses of a group are to another, on average.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearness {
    /// Code of the group that guesses.
    pub group: String,
    /// Code of the group that is guessed about.
    pub about: String,
    /// How many guessed.
    pub guesses: usize,
    /// Of the three highest, how many right on average, 0 to 3.
    pub high: f64,
    /// Of the three lowest, how many right on average, 0 to 3.
    pub low: f64,
}

/// The indicators of a group whose scores are given, each with its score in whole points, in framework order.
#[must_use]
pub fn known(scores: &WaveScores, group: &str) -> Vec<(String, f64)> {
    let of_group = scores.indicators.iter().filter_map(|one| {
        let mean = one.groups.iter().find(|known| known.group == group)?.mean.ok()?;
        Some((one.indicator.clone(), mean.round()))
    });
    of_group.collect()
}

/// The extremes of some scores; none of fewer than six, nor where highest and lowest are level.
#[must_use]
pub fn extremes(scores: &[(String, f64)]) -> Option<Extremes> {
    let mut sorted: Vec<f64> = scores.iter().map(|(_, score)| *score).collect();
    sorted.sort_by(f64::total_cmp);
    let low = *sorted.get(GUESSED - 1)?;
    let high = *sorted.get(sorted.len().checked_sub(GUESSED)?)?;
    if sorted.len() < 2 * GUESSED || high <= low {
        return None;
    }
    let those = |is: &dyn Fn(f64) -> bool| {
        scores.iter().filter(|(_, score)| is(*score)).map(|(code, _)| code.clone()).collect()
    };
    Some(Extremes { high: those(&|score| score >= high), low: those(&|score| score <= low) })
}

impl Guess {
    /// How much of it is right.
    #[must_use]
    pub fn right(&self, extremes: &Extremes) -> Right {
        let among = |guessed: &[String], found: &BTreeSet<String>| {
            guessed.iter().collect::<BTreeSet<_>>().into_iter().filter(|code| found.contains(*code)).count()
        };
        Right { high: among(&self.high, &extremes.high), low: among(&self.low, &extremes.low) }
    }
}

/// How near the guesses of each group are to each other one, where at least `k_show` of it guessed.
#[must_use]
pub fn nearness(guesses: &[Guess], scores: &WaveScores, k_show: u32) -> Vec<Nearness> {
    let pairs: BTreeSet<(&str, &str)> = guesses.iter().map(|one| (one.group.as_str(), one.about.as_str())).collect();
    let least = usize::try_from(k_show).unwrap_or(usize::MAX);
    let near = |(group, about): (&str, &str)| {
        let extremes = extremes(&known(scores, about))?;
        let of_pair = guesses.iter().filter(|one| one.group == group && one.about == about);
        let right: Vec<Right> = of_pair.map(|one| one.right(&extremes)).collect();
        let mean = |side: fn(&Right) -> usize| {
            let sum: usize = right.iter().map(side).sum();
            f64::from(u32::try_from(sum).unwrap_or(u32::MAX))
                / f64::from(u32::try_from(right.len()).unwrap_or(u32::MAX))
        };
        (right.len() >= least.max(1)).then(|| Nearness {
            group: group.to_owned(),
            about: about.to_owned(),
            guesses: right.len(),
            high: mean(|one| one.high),
            low: mean(|one| one.low),
        })
    };
    pairs.into_iter().filter_map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(values: &[f64]) -> Vec<(String, f64)> {
        values.iter().enumerate().map(|(place, score)| (format!("I{place}"), *score)).collect()
    }

    fn guess(high: [&str; 3], low: [&str; 3]) -> Guess {
        Guess {
            organisation_id: Uuid::nil(),
            wave_id: Uuid::nil(),
            group: "PA".to_owned(),
            key: "k".to_owned(),
            about: "SOC".to_owned(),
            high: high.map(str::to_owned).into(),
            low: low.map(str::to_owned).into(),
        }
    }

    #[test]
    fn there_is_nothing_to_guess_where_little_is_shown_or_all_is_level() {
        assert_eq!(extremes(&scores(&[])), None);
        assert_eq!(extremes(&scores(&[1.0, 2.0, 3.0, 4.0, 5.0])), None);
        assert_eq!(extremes(&scores(&[50.0; 9])), None);
    }

    #[test]
    fn what_is_level_with_the_third_counts_too() {
        let found = extremes(&scores(&[10.0, 20.0, 30.0, 30.0, 80.0, 90.0, 95.0, 80.0])).unwrap();
        assert_eq!(found.low.into_iter().collect::<Vec<_>>(), ["I0", "I1", "I2", "I3"]);
        assert_eq!(found.high.into_iter().collect::<Vec<_>>(), ["I4", "I5", "I6", "I7"]);
    }

    #[test]
    fn a_guess_counts_what_is_right_in_any_order_and_the_same_only_once() {
        let found = extremes(&scores(&[10.0, 20.0, 30.0, 40.0, 50.0, 60.0])).unwrap();
        assert_eq!(guess(["I5", "I3", "I0"], ["I2", "I0", "I1"]).right(&found), Right { high: 2, low: 3 });
        assert_eq!(guess(["I5", "I5", "I5"], ["I4", "I4", "I5"]).right(&found), Right { high: 1, low: 0 });
    }
}
