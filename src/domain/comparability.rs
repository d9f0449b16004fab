// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which indicators of a framework version continue which of an earlier one, and on which items?

use super::framework::{Framework, Indicator, Item, Pillar, Relation};

/// The shared items must make up this share of the larger set, in thirds: two of three.
const SHARED_THIRDS: usize = 2;

/// How far an indicator can be compared with what it continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparability {
    /// Nothing changed but spelling.
    Full,
    /// On the items both versions have: the common core.
    Core,
    /// Not at all: two series with a break between them.
    None(Break),
}

/// Why a series breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Break {
    /// Nothing is said of what it continues.
    NotContinued,
    /// It takes the place of another, and means something else.
    Replaced,
    /// More of it was good and is bad now, or the other way round.
    PolarityChanged,
    /// Points, end labels, direction or wording of the items changed, or too few of them are left.
    ItemsChanged,
}

/// An indicator of the later version with what it continues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continued {
    /// Code in the later version.
    pub indicator: String,
    /// Codes in the earlier version; several where indicators were merged.
    pub earlier: Vec<String>,
    /// How far it can be compared.
    pub comparability: Comparability,
    /// Shared items: position in the earlier version, position in the later one.
    pub items: Vec<(usize, usize)>,
}

/// Every indicator of `later` with what it continues of `earlier`.
///
/// Without a word of what it continues, an indicator of the same code with the very same items continues it.
///
/// # Source
/// `docs/methods.md`, "Versions of an indicator".
#[must_use]
pub fn continued(earlier: &Framework, later: &Framework) -> Vec<Continued> {
    later.indicators.iter().map(|indicator| Link { earlier, later, indicator }.continued()).collect()
}

/// The later version with nothing but what can be compared: shared items of continued indicators, common groups.
#[must_use]
pub fn common(later: &Framework, continued: &[Continued]) -> Framework {
    let kept = |indicator: &Indicator| {
        let link = continued.iter().find(|one| one.indicator == indicator.code)?;
        let positions: Vec<usize> = link.items.iter().map(|(_, position)| *position).collect();
        let item =
            |(position, (_, item)): (usize, (&Indicator, &Item))| positions.contains(&position).then(|| item.clone());
        let items: Vec<Item> = later.items().enumerate().filter_map(item).collect();
        (!items.is_empty()).then(|| Indicator { items, ..indicator.clone() })
    };
    Framework { indicators: later.indicators.iter().filter_map(kept).collect(), ..later.clone() }
}

struct Link<'a> {
    earlier: &'a Framework,
    later: &'a Framework,
    indicator: &'a Indicator,
}

impl Link<'_> {
    fn continued(&self) -> Continued {
        let links = self.indicator.replaces.iter().filter(|link| link.framework == self.earlier.version);
        let (codes, relations): (Vec<String>, Vec<Relation>) =
            links.map(|link| (link.code.clone(), link.relation)).unzip();
        let (codes, declared) = if codes.is_empty() {
            (vec![self.indicator.code.clone()], None)
        } else {
            (codes, Some(weakest(&relations)))
        };
        let before: Vec<&Indicator> = codes.iter().filter_map(|code| self.earlier.indicator(code)).collect();
        let (comparability, items) = self.compare(&before, declared);
        let earlier = before.iter().map(|one| one.code.clone()).collect();
        Continued { indicator: self.indicator.code.clone(), earlier, comparability, items }
    }

    fn compare(&self, before: &[&Indicator], declared: Option<Relation>) -> (Comparability, Vec<(usize, usize)>) {
        let none = |reason| (Comparability::None(reason), Vec::new());
        if before.is_empty() {
            return none(Break::NotContinued);
        }
        if declared == Some(Relation::Replaced) {
            return none(Break::Replaced);
        }
        if before.iter().any(|one| is_bad(one.pillar) != is_bad(self.indicator.pillar)) {
            return none(Break::PolarityChanged);
        }
        let items = self.shared(before, declared == Some(Relation::Same));
        let larger = before.iter().map(|one| one.items.len()).sum::<usize>().max(self.indicator.items.len());
        match (declared, items.len()) {
            (None | Some(Relation::Same), shared) if shared == larger => (Comparability::Full, items),
            (None, _) => none(Break::NotContinued),
            (Some(_), shared) if shared == larger => (Comparability::Full, items),
            (Some(_), shared) if shared > 0 && 3 * shared >= SHARED_THIRDS * larger => (Comparability::Core, items),
            (Some(_), _) => none(Break::ItemsChanged),
        }
    }

    /// Items of the same code whose answers mean the same; `respelled` wording counts as the same.
    fn shared(&self, before: &[&Indicator], respelled: bool) -> Vec<(usize, usize)> {
        let mut shared = Vec::new();
        for item in &self.indicator.items {
            let same = |one: &&Item| one.code == item.code && self.means_the_same(one, item, respelled);
            if before.iter().flat_map(|one| &one.items).any(|one| same(&one)) {
                shared.extend(position(self.earlier, &item.code).zip(position(self.later, &item.code)));
            }
        }
        shared
    }

    fn means_the_same(&self, before: &Item, after: &Item, respelled: bool) -> bool {
        let scales = self.earlier.scale(&before.scale).zip(self.later.scale(&after.scale));
        let same_scale = scales.is_some_and(|(one, other)| {
            one.points == other.points
                && one.labels.first() == other.labels.first()
                && one.labels.last() == other.labels.last()
        });
        same_scale && before.reverse == after.reverse && (respelled || before.text == after.text)
    }
}

/// The relation that allows least.
fn weakest(relations: &[Relation]) -> Relation {
    if relations.contains(&Relation::Replaced) {
        Relation::Replaced
    } else if relations.contains(&Relation::Comparable) {
        Relation::Comparable
    } else {
        Relation::Same
    }
}

const fn is_bad(pillar: Pillar) -> bool {
    match pillar {
        Pillar::Obstacles => true,
        Pillar::Facilitators | Pillar::Results => false,
    }
}

fn position(framework: &Framework, code: &str) -> Option<usize> {
    framework.items().position(|(_, item)| item.code == code)
}

#[cfg(test)]
mod tests {
    use super::super::framework::Replaces;
    use super::*;
    use crate::scoring::samples;

    fn version(number: &str, indicators: &[samples::Sketch<'_>]) -> Framework {
        Framework { version: number.to_owned(), ..samples::framework(&[1, 2, 3, 4, 5], indicators) }
    }

    const THREE: samples::Sketch<'static> = ("F1", &[("F1a", false), ("F1b", false), ("F1c", true)]);

    fn linked(mut later: Framework, links: &[(&str, Relation)]) -> Framework {
        let link = |(code, relation): &(&str, Relation)| Replaces {
            framework: "1.0.0".to_owned(),
            code: (*code).to_owned(),
            relation: *relation,
        };
        later.indicators[0].replaces = links.iter().map(link).collect();
        later
    }

    fn of(earlier: &Framework, later: &Framework) -> (Comparability, usize) {
        let found = continued(earlier, later).remove(0);
        (found.comparability, found.items.len())
    }

    #[test]
    fn the_very_same_indicator_continues_itself() {
        let (one, two) = (version("1.0.0", &[THREE]), version("2.0.0", &[THREE]));
        assert_eq!(of(&one, &two), (Comparability::Full, 3));
        let other = version("2.0.0", &[("F1", &[("F1a", false), ("F1b", false)])]);
        assert_eq!(of(&one, &other), (Comparability::None(Break::NotContinued), 0));
    }

    #[test]
    fn two_of_three_items_are_a_common_core_and_one_is_not() {
        let one = version("1.0.0", &[THREE]);
        let two = version("2.0.0", &[("F1", &[("F1a", false), ("F1c", true)])]);
        assert_eq!(of(&one, &linked(two, &[("F1", Relation::Comparable)])), (Comparability::Core, 2));
        let few = version("2.0.0", &[("F1", &[("F1a", false)])]);
        let broken = Comparability::None(Break::ItemsChanged);
        assert_eq!(of(&one, &linked(few, &[("F1", Relation::Comparable)])), (broken, 0));
    }

    #[test]
    fn a_turned_item_a_new_label_and_another_wording_are_other_items() {
        let one = version("1.0.0", &[THREE]);
        let turned = version("2.0.0", &[("F1", &[("F1a", true), ("F1b", false), ("F1c", true)])]);
        assert_eq!(of(&one, &linked(turned, &[("F1", Relation::Comparable)])), (Comparability::Core, 2));
        let mut labelled = version("2.0.0", &[THREE]);
        labelled.scales[0].points = vec![1, 2, 3, 4];
        let broken = Comparability::None(Break::ItemsChanged);
        assert_eq!(of(&one, &linked(labelled, &[("F1", Relation::Same)])), (broken, 0));
        let mut reworded = version("2.0.0", &[THREE]);
        reworded.indicators[0].items[0].text = crate::domain::text::Text::both("altro", "other");
        let reworded = linked(reworded, &[("F1", Relation::Comparable)]);
        assert_eq!(of(&one, &reworded), (Comparability::Core, 2));
        assert_eq!(of(&one, &linked(reworded, &[("F1", Relation::Same)])), (Comparability::Full, 3));
    }

    #[test]
    fn two_indicators_can_become_one() {
        let one = version("1.0.0", &[("F1", &[("F1a", false), ("F1b", false)]), ("F2", &[("F2a", false)])]);
        let two = version("2.0.0", &[("F3", &[("F1a", false), ("F1b", false), ("F2a", false)])]);
        let merged = linked(two, &[("F1", Relation::Comparable), ("F2", Relation::Comparable)]);
        assert_eq!(of(&one, &merged), (Comparability::Full, 3));
        assert_eq!(continued(&one, &merged)[0].earlier, ["F1", "F2"]);
    }

    #[test]
    fn what_was_replaced_or_changed_its_sign_breaks_the_series() {
        let one = version("1.0.0", &[THREE]);
        let replaced = linked(version("2.0.0", &[THREE]), &[("F1", Relation::Replaced)]);
        assert_eq!(of(&one, &replaced).0, Comparability::None(Break::Replaced));
        let mut turned = linked(version("2.0.0", &[THREE]), &[("F1", Relation::Same)]);
        turned.indicators[0].pillar = Pillar::Obstacles;
        assert_eq!(of(&one, &turned).0, Comparability::None(Break::PolarityChanged));
    }

    #[test]
    fn the_common_framework_has_shared_items_only() {
        let one = version("1.0.0", &[THREE, ("F2", &[("F2a", false)])]);
        let two = version("2.0.0", &[("F1", &[("F1a", false), ("F1c", true)]), ("F9", &[("F9a", false)])]);
        let two = linked(two, &[("F1", Relation::Comparable)]);
        let common = common(&two, &continued(&one, &two));
        assert_eq!(common.items().map(|(_, item)| item.code.as_str()).collect::<Vec<_>>(), ["F1a", "F1c"]);
    }
}
