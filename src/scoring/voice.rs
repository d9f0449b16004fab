// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How much does each group weigh in a total?

use crate::domain::profile::{Profile, Voice};
use crate::domain::score::{Given, Withheld};
use crate::stats::count::real;

/// What a group brings to a total.
#[derive(Clone, Copy, Debug)]
pub struct Weighed<'a> {
    /// Code of the group.
    pub code: &'a str,
    /// Valid units.
    pub n: u64,
    /// Listed, where known.
    pub listed: Option<u64>,
}

/// Weights of the groups under a voice, summing to one.
///
/// # Errors
/// [`Withheld::RosterUnknown`] or [`Withheld::NoAgreedWeights`] where the voice does not exist,
/// [`Withheld::TooFewGroups`] without groups.
pub fn weights(voice: Voice, groups: &[Weighed<'_>], profile: &Profile) -> Given<Vec<f64>> {
    let raw: Vec<f64> = match voice {
        Voice::Equal => groups.iter().map(|_| 1.0).collect(),
        Voice::Head => groups.iter().map(|group| real(group.n)).collect(),
        Voice::Population => listed(groups)?,
        Voice::Participatory => groups.iter().map(|group| profile.group_weight(group.code)).collect(),
    };
    let total: f64 = raw.iter().sum();
    if total > 0.0 {
        return Ok(raw.into_iter().map(|weight| weight / total).collect());
    }
    Err(if voice == Voice::Participatory { Withheld::NoAgreedWeights } else { Withheld::TooFewGroups })
}

fn listed(groups: &[Weighed<'_>]) -> Given<Vec<f64>> {
    groups.iter().map(|group| group.listed.map(real).ok_or(Withheld::RosterUnknown)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> [Weighed<'static>; 2] {
        [Weighed { code: "PUB", n: 6, listed: Some(8) }, Weighed { code: "CIV", n: 2, listed: Some(24) }]
    }

    #[test]
    fn each_voice_has_its_weights() {
        let mut profile = Profile::default();
        profile.group_weights.insert("PUB".to_owned(), 3.0);
        profile.group_weights.insert("CIV".to_owned(), 1.0);
        let of = |voice| weights(voice, &groups(), &profile).unwrap();
        assert_eq!(of(Voice::Equal), [0.5, 0.5]);
        assert_eq!(of(Voice::Head), [0.75, 0.25]);
        assert_eq!(of(Voice::Population), [0.25, 0.75]);
        assert_eq!(of(Voice::Participatory), [0.75, 0.25]);
    }

    #[test]
    fn a_voice_that_does_not_exist_says_why() {
        let profile = Profile::default();
        assert_eq!(weights(Voice::Participatory, &groups(), &profile), Err(Withheld::NoAgreedWeights));
        let unknown = [Weighed { code: "PUB", n: 6, listed: None }];
        assert_eq!(weights(Voice::Population, &unknown, &profile), Err(Withheld::RosterUnknown));
        assert_eq!(weights(Voice::Equal, &[], &profile), Err(Withheld::TooFewGroups));
    }
}
