// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the parts of a framework hang together as a whole?

use std::collections::{BTreeMap, BTreeSet};

use super::problem::ProblemCode;
use super::reader::Reader;
use super::sections::Section;
use crate::domain::framework::{Framework, Measure};

impl Reader<'_> {
    /// Reports families without indicators, groups nobody asks, and measures that are parts of each other.
    pub fn check_whole(&mut self, framework: &Framework) {
        let filled: BTreeSet<&str> = framework.indicators.iter().map(|indicator| indicator.family.as_str()).collect();
        for family in framework.families.iter().filter(|family| !filled.contains(family.code.as_str())) {
            let what = format!("family “{}” has no indicator", family.code);
            self.add_at(
                (Section::Family, &family.code),
                ProblemCode::EmptyFamily,
                what,
                "add one or remove the family",
            );
        }
        for group in &framework.groups {
            if !framework.items().any(|(_, item)| item.addresses(&group.code)) {
                let what = format!("no item is addressed to group “{}”", group.code);
                let remedy = "add the group to the audience of some items or remove it";
                self.add_at((Section::Group, &group.code), ProblemCode::GroupNotAsked, what, remedy);
            }
        }
        for circle in circles(&framework.measures) {
            let Some(first) = circle.first() else { continue };
            let what = format!("measures are parts of each other in a circle ({} → {first})", circle.join(" → "));
            self.add_at((Section::Measure, first), ProblemCode::Cycle, what, "remove one breakdown_of");
        }
    }

    /// Reports at the place where the code is declared. A table without a code has its own problem.
    fn add_at(&mut self, (section, code): (Section, &str), problem: ProblemCode, what: String, remedy: &str) {
        if let Some(place) = self.codes.place(section, code) {
            self.report.add(problem, place, what, remedy);
        }
    }
}

/// Every circle of `breakdown_of`, once, starting at its first measure in the order of the files.
fn circles(measures: &[Measure]) -> Vec<Vec<&str>> {
    let whole_of: BTreeMap<&str, &str> =
        measures.iter().filter_map(|part| Some((part.code.as_str(), part.breakdown_of.as_deref()?))).collect();
    let mut settled = BTreeSet::new();
    let mut found = Vec::new();
    for measure in measures {
        let mut path = Vec::new();
        let mut next = Some(measure.code.as_str());
        while let Some(code) = next.filter(|code| settled.insert(*code)) {
            path.push(code);
            next = whole_of.get(code).copied();
        }
        if let Some(start) = next.and_then(|code| path.iter().position(|known| *known == code)) {
            found.push(path.split_off(start));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::framework::MeasureKind;
    use crate::domain::text::Text;

    fn measures(parts: &[(&str, Option<&str>)]) -> Vec<Measure> {
        let measure = |(code, whole): &(&str, Option<&str>)| Measure {
            code: (*code).to_owned(),
            kind: MeasureKind::Output,
            unit: "persons".to_owned(),
            name: Text::default(),
            definition: Text::default(),
            breakdown_of: whole.map(str::to_owned),
            goalposts: None,
        };
        parts.iter().map(measure).collect()
    }

    #[test]
    fn parts_of_a_whole_are_no_circle() {
        assert!(circles(&[]).is_empty());
        assert!(circles(&measures(&[("A", None), ("B", Some("A")), ("C", Some("A")), ("D", Some("B"))])).is_empty());
    }

    #[test]
    fn each_circle_is_found_once_however_many_lead_into_it() {
        assert_eq!(circles(&measures(&[("A", Some("A"))])), [["A"]]);
        let two = measures(&[("X", Some("A")), ("A", Some("B")), ("B", Some("A")), ("Y", Some("B")), ("C", Some("C"))]);
        assert_eq!(circles(&two), [vec!["A", "B"], vec!["C"]]);
    }
}
