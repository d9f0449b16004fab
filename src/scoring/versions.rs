// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What changed between two waves that were answered on different versions of a framework?

use crate::domain::comparability::{Comparability, Continued, common, continued};
use crate::domain::comparison::{Change, ChangeFlag};
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::response::{Response, Responses, Roster};

use super::WaveAnswers;
use super::change::change;

/// A wave with the framework version it was answered on.
#[derive(Clone, Copy, Debug)]
pub struct VersionedWave<'a> {
    /// The version.
    pub framework: &'a Framework,
    /// The answers.
    pub answers: WaveAnswers<'a>,
}

/// The change of every indicator that the later version continues, on the items and groups both versions have.
///
/// Indicators that are not the same in every item are flagged [`ChangeFlag::CommonCore`].
#[must_use]
pub fn change_between_versions(
    from: VersionedWave<'_>,
    to: VersionedWave<'_>,
    profile: &Profile,
    view: ScoreView,
) -> Vec<Change> {
    let links = continued(from.framework, to.framework);
    let shared = common(to.framework, &links);
    let positions = |side: fn(&(usize, usize)) -> usize| -> Vec<usize> {
        let mut pairs: Vec<(usize, usize)> = links.iter().flat_map(|link| link.items.iter().copied()).collect();
        pairs.sort_by_key(|(_, later)| *later);
        pairs.iter().map(side).collect()
    };
    let earlier = onto(&shared, from, &positions(|pair| pair.0));
    let later = onto(&shared, to, &positions(|pair| pair.1));
    let answers = |(responses, roster)| WaveAnswers { responses, roster };
    let mut changes = change(&shared, answers((&earlier.0, &earlier.1)), answers((&later.0, &later.1)), profile, view);
    for change in &mut changes {
        flag(change, &links);
    }
    changes
}

fn flag(change: &mut Change, links: &[Continued]) {
    let core = links.iter().any(|link| link.indicator == change.indicator && link.comparability == Comparability::Core);
    if let (true, Ok(estimate)) = (core, &mut change.estimate) {
        estimate.flags.push(ChangeFlag::CommonCore);
    }
}

/// A wave's answers to the items at `positions`, and its roster, in the groups of the shared framework.
fn onto(shared: &Framework, wave: VersionedWave<'_>, positions: &[usize]) -> (Responses, Roster) {
    let from = wave.answers.responses;
    let codes = wave.framework.groups.iter();
    let groups: Vec<Option<usize>> =
        codes.map(|group| shared.groups.iter().position(|other| other.code == group.code)).collect();
    let mut responses = Responses::new(shared, from.wave()).of_type(from.wave_type());
    let mut letters = Vec::new();
    for (row, ((group, answers), organisation)) in from.rows().zip(from.organisations()).enumerate() {
        let Some(group) = groups.get(group).copied().flatten() else { continue };
        letters.clear();
        letters.extend(positions.iter().map(|position| answers.get(*position).copied().unwrap_or(b'.')));
        let organisation = organisation.and_then(|one| from.organisation_names().get(usize::try_from(one).ok()?));
        let response = Response {
            group,
            answers: &letters,
            respondent: from.respondent(row),
            organisation,
            ..Response::default()
        };
        // The items are those of the shared framework on equal scales: every letter fits.
        let _fits = responses.push(response);
    }
    let listed = |group: usize| {
        let own = groups.iter().position(|place| *place == Some(group))?;
        wave.answers.roster.listed(own)
    };
    (responses, Roster::new((0..shared.groups.len()).map(listed).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::domain::framework::{Relation, Replaces};

    #[test]
    fn waves_on_two_versions_are_compared_on_the_common_core() {
        let one = samples::framework(&[1, 2, 3, 4, 5], &[("R1", &[("R1a", false), ("R1b", false), ("R1c", false)])]);
        let items: &[(&str, bool)] = &[("R1c", false), ("R1a", false)];
        let mut two = samples::framework(&[1, 2, 3, 4, 5], &[("R9", &[("R9a", false)]), ("R1", items)]);
        two.version = "2.0.0".to_owned();
        two.indicators[1].replaces =
            vec![Replaces { framework: "1.0.0".to_owned(), code: "R1".to_owned(), relation: Relation::Comparable }];
        let before =
            samples::wave(&one, "1", &[(0, "152"), (0, "253"), (0, "354"), (1, "152"), (1, "253"), (1, "254")]);
        let after = samples::wave(&two, "2", &[(0, "532"), (0, "543"), (0, "554"), (1, "533"), (1, "544"), (1, "554")]);
        let roster = Roster::unknown();
        let wave =
            |framework, responses| VersionedWave { framework, answers: WaveAnswers { responses, roster: &roster } };
        let changes =
            change_between_versions(wave(&one, &before), wave(&two, &after), &Profile::default(), ScoreView::Full);
        assert_eq!(changes.len(), 1, "an indicator without a past has no change");
        let estimate = changes[0].estimate.as_ref().unwrap();
        assert_eq!(estimate.flags, [ChangeFlag::Partial, ChangeFlag::CommonCore]);
        // By hand, on items a and c: earlier means 37.5 and 33.33, later means 62.5 and 70.83.
        let groups: Vec<f64> = changes[0].groups.iter().map(|one| one.difference).collect();
        assert!((groups[0] - 25.0).abs() < 1e-9, "{groups:?}");
        assert!((groups[1] - 37.5).abs() < 1e-9, "{groups:?}");
    }
}
