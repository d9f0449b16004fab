// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does a wave need an impact assessment before it opens (art. 35 of Regulation (EU) 2016/679)?

use super::framework::Framework;
use super::wave::{Collection, RosterEntry, Wave};

/// The group of those who use the service: people who may depend on whoever asks.
const RECIPIENTS: &str = "BEN";

/// From how many people on the roster a wave counts as large: a town, not a partnership.
pub const LARGE: u32 = 5000;

/// The nine signs of a likely high risk.
///
/// # Source
/// Article 29 Working Party, guidelines WP 248 rev.01 (2017), III.B.a; endorsed by the European Data Protection Board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// People are evaluated or scored.
    Evaluation,
    /// Something is decided about them without anybody.
    Automated,
    /// They are watched systematically.
    Monitoring,
    /// What is asked is sensitive or very personal.
    Sensitive,
    /// Very many people.
    Scale,
    /// Sets of data are joined.
    Matching,
    /// People who cannot easily say no.
    Vulnerable,
    /// New technology.
    Innovative,
    /// It can keep people from a right or a service.
    Barrier,
}

impl Criterion {
    /// Every criterion, in the order of the guidelines.
    pub const ALL: [Self; 9] = [
        Self::Evaluation,
        Self::Automated,
        Self::Monitoring,
        Self::Sensitive,
        Self::Scale,
        Self::Matching,
        Self::Vulnerable,
        Self::Innovative,
        Self::Barrier,
    ];

    /// The end of the keys of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Evaluation => "evaluation",
            Self::Automated => "automated",
            Self::Monitoring => "monitoring",
            Self::Sensitive => "sensitive",
            Self::Scale => "scale",
            Self::Matching => "matching",
            Self::Vulnerable => "vulnerable",
            Self::Innovative => "innovative",
            Self::Barrier => "barrier",
        }
    }
}

/// What a wave's settings say about a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is met.
    Met,
    /// It is not, by the way the service works or by what was set up.
    Absent,
}

impl Sign {
    const fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::Absent }
    }
}

/// What the settings of a wave say about each of the nine criteria. It helps whoever has to decide; it decides nothing.
#[must_use]
pub fn criteria(wave: &Wave, framework: &Framework, roster: &[RosterEntry]) -> Vec<(Criterion, Sign)> {
    let is_asked = |code: &str| roster.iter().any(|entry| entry.group == code);
    let listed: u32 = roster.iter().filter_map(|entry| entry.listed).sum();
    let addressed = |audience: &[String]| audience.is_empty() || audience.iter().any(|code| is_asked(code));
    let has_words = framework.open_questions.iter().any(|question| addressed(&question.audience));
    let sign = |criterion: Criterion| match criterion {
        // Projects are evaluated, not people; nothing is decided, watched or refused by a program; it runs nowhere new.
        Criterion::Evaluation
        | Criterion::Automated
        | Criterion::Monitoring
        | Criterion::Innovative
        | Criterion::Barrier => Sign::Absent,
        Criterion::Sensitive => Sign::of(has_words && is_asked(RECIPIENTS)),
        Criterion::Scale => Sign::of(listed >= LARGE),
        Criterion::Matching => Sign::of(wave.collection == Collection::Confidential),
        Criterion::Vulnerable => Sign::of(is_asked(RECIPIENTS)),
    };
    Criterion::ALL.into_iter().map(|criterion| (criterion, sign(criterion))).collect()
}

/// Whether an assessment is needed as a rule: from two criteria on.
///
/// # Source
/// WP 248 rev.01: in most cases, processing that meets two criteria needs one.
#[must_use]
pub fn needs_assessment(criteria: &[(Criterion, Sign)]) -> bool {
    criteria.iter().filter(|(_, sign)| *sign == Sign::Met).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::framework::{Level, OpenQuestion};
    use crate::domain::phase::Phase;
    use crate::domain::text::Text;
    use jiff::civil::date;
    use uuid::Uuid;

    fn wave(collection: Collection) -> Wave {
        Wave {
            organisation_id: Uuid::nil(),
            id: Uuid::nil(),
            project_id: Uuid::nil(),
            code: "T1".to_owned(),
            wave_type: "T1".to_owned(),
            state: Phase::Draft.state(),
            phase: Phase::Draft,
            framework_sha256: String::new(),
            level: Level::Core,
            collection,
            purpose: Text::default(),
            opens_on: date(2026, 3, 1),
            closes_on: date(2026, 3, 31),
            published_on: None,
            embargo_until: None,
            refusal: String::new(),
            revision: 1,
        }
    }

    fn met(collection: Collection, groups: &[(&str, u32)], audience: &[&str]) -> (Vec<Criterion>, bool) {
        let question =
            |code: &str| OpenQuestion { code: "Q1".to_owned(), audience: vec![code.to_owned()], text: Text::default() };
        let open_questions = audience.iter().map(|code| question(code)).collect();
        let framework = Framework { open_questions, ..Framework::default() };
        let entry = |(group, listed): &(&str, u32)| RosterEntry { group: (*group).to_owned(), listed: Some(*listed) };
        let roster: Vec<RosterEntry> = groups.iter().map(entry).collect();
        let all = criteria(&wave(collection), &framework, &roster);
        let met = all.iter().filter(|(_, sign)| *sign == Sign::Met).map(|(criterion, _)| *criterion).collect();
        (met, needs_assessment(&all))
    }

    #[test]
    fn organisations_that_answer_once_meet_no_criterion() {
        assert_eq!(met(Collection::Named, &[("PA", 9), ("ETS", 20)], &["ETS"]), (Vec::new(), false));
    }

    #[test]
    fn those_who_use_the_service_and_may_write_need_an_assessment() {
        let found = met(Collection::Anonymous, &[("PA", 9), ("BEN", 40)], &["BEN"]);
        assert_eq!(found, (vec![Criterion::Sensitive, Criterion::Vulnerable], true));
        let silent = met(Collection::Anonymous, &[("BEN", 40)], &["ETS"]);
        assert_eq!(silent, (vec![Criterion::Vulnerable], false));
    }

    #[test]
    fn joining_waves_and_very_many_people_count() {
        let found = met(Collection::Confidential, &[("SOC", LARGE)], &[]);
        assert_eq!(found, (vec![Criterion::Scale, Criterion::Matching], true));
        assert!(!met(Collection::Confidential, &[("SOC", LARGE - 1)], &[]).1);
    }
}
