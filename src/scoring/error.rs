// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far off could a weighted mean of groups be, and what is said where that cannot be told?

use crate::domain::score::{Given, Interval, Withheld};
use crate::stats::Undefined;
use crate::stats::count::real;
use crate::stats::interval::{Part, satterthwaite, t_interval};

/// One group's contribution to the error of a total.
#[derive(Clone, Copy, Debug)]
pub struct Stratum {
    /// Its weight in the total.
    pub weight: f64,
    /// Units.
    pub n: u64,
    /// Variance of the units' values, divisor n − 1; none for a single unit.
    pub variance: Option<f64>,
    /// Share of the listed left to chance; 1 for the process.
    pub left: f64,
}

impl Stratum {
    /// The same group, seen as one draw of a process.
    pub const fn of_process(self) -> Self {
        Self { left: 1.0, ..self }
    }
}

/// Standard error, degrees of freedom and interval of one value.
#[derive(Clone, Copy, Debug)]
pub struct Errors {
    /// Standard error.
    pub se: Given<f64>,
    /// Degrees of freedom.
    pub df: Given<f64>,
    /// 95 % interval.
    pub interval: Given<Interval>,
}

impl Errors {
    /// No figure, for one reason.
    pub const fn withheld(reason: Withheld) -> Self {
        Self { se: Err(reason), df: Err(reason), interval: Err(reason) }
    }

    /// The errors of `value`, a weighted sum of the means of independent groups.
    pub fn of(value: f64, strata: &[Stratum]) -> Self {
        match parts(strata).and_then(|parts| satterthwaite(&parts)) {
            Ok(part) => Self::of_part(value, part),
            Err(Undefined::NoVariability) => {
                let counted = strata.iter().filter(|stratum| stratum.weight > 0.0);
                let census = counted.clone().count() > 0 && counted.into_iter().all(|stratum| stratum.left <= 0.0);
                let reason = if census { Withheld::EveryoneAnswered } else { Withheld::NoVariability };
                Self { se: Ok(0.0), ..Self::withheld(reason) }
            }
            Err(undefined) => Self::withheld(reason(undefined)),
        }
    }

    /// The errors of `value` from a variance and its degrees of freedom.
    pub fn of_part(value: f64, part: Part) -> Self {
        let interval = interval(value, part, 0.95);
        Self { se: Ok(part.variance.sqrt()), df: Ok(part.df), interval }
    }
}

/// An interval at a level, as a result.
pub fn interval(value: f64, part: Part, level: f64) -> Given<Interval> {
    t_interval(value, part, level).map(|(low, high)| Interval { low, high }).map_err(reason)
}

/// The reason a page gives for an undefined number.
pub const fn reason(undefined: Undefined) -> Withheld {
    match undefined {
        Undefined::Empty => Withheld::NoValidAnswers,
        Undefined::TooFew | Undefined::OutOfRange => Withheld::TooFewUnits,
        Undefined::NoVariability => Withheld::NoVariability,
        Undefined::Census => Withheld::EveryoneAnswered,
        Undefined::Separated => Withheld::Separated,
        Undefined::Improper => Withheld::ImproperSolution,
        Undefined::NotConverged => Withheld::NotConverged,
    }
}

/// Variance of each group's share of the total. A group of one or two takes the pooled variance of the larger ones.
fn parts(strata: &[Stratum]) -> Result<Vec<Part>, Undefined> {
    let larger = strata.iter().filter(|stratum| stratum.n > 2);
    let (squares, df) = larger.fold((0.0, 0), |(squares, df), stratum| {
        (squares + stratum.variance.unwrap_or(0.0) * real(stratum.n - 1), df + stratum.n - 1)
    });
    let part = |stratum: &Stratum| {
        let (variance, df) = match (stratum.variance, df) {
            (Some(variance), _) if stratum.n > 2 => (variance, stratum.n - 1),
            (_, 1..) => (squares / real(df), df),
            (Some(variance), 0) => (variance, stratum.n - 1),
            (None, 0) => return Err(Undefined::TooFew),
        };
        let variance = stratum.weight * stratum.weight * stratum.left * variance / real(stratum.n);
        Ok(Part { variance, df: real(df) })
    };
    strata.iter().filter(|stratum| stratum.n > 0).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(n: u64, variance: f64) -> Stratum {
        Stratum { weight: 0.5, n, variance: (n > 1).then_some(variance), left: 1.0 }
    }

    #[test]
    fn without_groups_there_is_no_error() {
        assert_eq!(Errors::of(50.0, &[]).se, Err(Withheld::NoValidAnswers));
        assert_eq!(Errors::of(50.0, &[stratum(1, 0.0)]).se, Err(Withheld::TooFewUnits));
    }

    #[test]
    fn a_small_group_takes_the_variance_of_the_others() {
        let pooled = parts(&[stratum(1, 0.0), stratum(2, 900.0), stratum(5, 100.0)]).unwrap();
        assert!((pooled[0].variance - 25.0).abs() < 1e-12);
        assert!((pooled[1].variance - 12.5).abs() < 1e-12);
        assert!((pooled[1].df - 4.0).abs() < 1e-12);
    }

    #[test]
    fn all_equal_has_no_interval_and_says_so() {
        let errors = Errors::of(50.0, &[stratum(4, 0.0), stratum(6, 0.0)]);
        assert_eq!((errors.se, errors.interval), (Ok(0.0), Err(Withheld::NoVariability)));
    }

    #[test]
    fn everyone_answered_is_another_reason() {
        let census = Stratum { left: 0.0, ..stratum(4, 100.0) };
        assert_eq!(Errors::of(50.0, &[census, census]).interval, Err(Withheld::EveryoneAnswered));
        assert!(Errors::of(50.0, &[census.of_process()]).interval.is_ok());
    }
}
