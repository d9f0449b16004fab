// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do all sheets of a wave say: who asks, whom, until when, and what is promised?

use jiff::civil::Date;

use super::numbers;
use super::questionnaire::minutes;
use super::words::{Value, Words, words};
use crate::domain::framework::{Framework, StakeholderGroup};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Language;
use crate::domain::wave::{Collection, Wave};
use crate::print::{Head, Line, PrintError, QrCode};

/// A wave as its sheets speak of it.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The body that asks.
    pub organisation: &'a str,
    /// Whom to call or write to.
    pub contact: &'a str,
    /// Name of the programme, if any.
    pub programme: Option<&'a str>,
    /// Name of the project.
    pub project: &'a str,
    /// The wave.
    pub wave: &'a Wave,
    /// The framework version that it asks.
    pub framework: &'a Framework,
    /// Language of the sheets.
    pub language: Language,
    /// Day on which they are printed.
    pub printed_on: Date,
}

impl<'a> Asking<'a> {
    /// Name of the wave's type, or its code where the framework does not know it.
    #[must_use]
    pub fn wave_name(&self) -> &'a str {
        let kind = self.framework.wave_type(&self.wave.wave_type);
        kind.map_or(self.wave.code.as_str(), |kind| kind.name.get(self.language))
    }

    /// What a group is asked.
    #[must_use]
    pub fn questionnaire(&self, group: &str) -> Questionnaire {
        Questionnaire::for_group(self.framework, &self.wave.wave_type, self.wave.level, group)
    }

    pub(super) fn words(&self) -> &'static Words {
        words(self.language)
    }

    pub(super) fn head(&self, title: String) -> Head {
        Head { title, language: self.language, day: self.printed_on }
    }

    /// The body, and the programme if any.
    pub(super) fn kicker(&self) -> String {
        let parts = [Some(self.organisation), self.programme];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// About how many minutes a group needs; without a group, the one that is asked most.
    pub(super) fn duration(&self, group: Option<&StakeholderGroup>) -> Line {
        let questions = |group: &StakeholderGroup| self.questionnaire(&group.code).questions().count();
        let most = || self.framework.groups.iter().map(questions).max().unwrap_or(0);
        let minutes = minutes(group.map_or_else(most, questions));
        let words = self.words();
        Line::new(words.say("landing-long"), words.say_with("print-minutes", [("minutes", Value::from(minutes))]))
    }

    pub(super) fn until(&self) -> Line {
        Line::new(self.words().say("landing-until"), numbers::day(self.wave.closes_on, self.language))
    }

    pub(super) fn contact(&self) -> Line {
        Line::new(self.words().say("landing-contact"), self.contact)
    }

    /// How answers and persons are kept apart, in one sentence.
    pub(super) fn mode(&self) -> String {
        self.words().say(match self.wave.collection {
            Collection::Anonymous => "print-mode-anonymous",
            Collection::Confidential => "print-mode-confidential",
            Collection::Named => "print-mode-named",
        })
    }

    /// The picture of an address, with words for whoever does not see it.
    pub(super) fn qr(&self, address: &str) -> Result<QrCode, PrintError> {
        QrCode::new(address, self.words().say_with("print-qr", [("address", Value::from(address))]))
    }
}

#[cfg(test)]
pub(super) mod samples {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::domain::framework::Level;
    use crate::domain::phase::Phase;
    use crate::domain::text::Text;
    use crate::domain::wave::WaveState;

    /// A wave of the framework that is shipped.
    pub(in crate::view) fn wave(collection: Collection) -> Wave {
        Wave {
            organisation_id: Uuid::nil(),
            id: Uuid::nil(),
            project_id: Uuid::nil(),
            code: "T2".to_owned(),
            wave_type: "T2".to_owned(),
            state: WaveState::Open,
            phase: Phase::Open,
            framework_sha256: String::new(),
            level: Level::Extended,
            collection,
            purpose: Text::both(
                "Capire che cosa aiuta e che cosa ostacola il lavoro comune, per decidere insieme che cosa cambiare.",
                "To understand what helps and what hinders joint work, and to decide together what to change.",
            ),
            opens_on: date(2026, 3, 1),
            closes_on: date(2026, 3, 31),
            published_on: None,
            embargo_until: None,
            refusal: String::new(),
            revision: 1,
        }
    }

    /// The framework that is shipped.
    pub(in crate::view) fn framework() -> Framework {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/indicators/pratiche-collaborative/1.0.0");
        crate::catalogue::load(std::path::Path::new(folder)).unwrap().framework
    }

    /// A body asks about a project.
    pub(in crate::view) fn asking<'a>(wave: &'a Wave, framework: &'a Framework, language: Language) -> Asking<'a> {
        Asking {
            organisation: "Comune di Esempio",
            contact: "Ufficio partecipazione, 011 000000",
            programme: Some("Equilibri"),
            project: "Orto di quartiere",
            wave,
            framework,
            language,
            printed_on: date(2026, 3, 1),
        }
    }
}
