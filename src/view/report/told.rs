// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do all reports of a wave have to tell, in the words of its pages?

use super::super::change::{ChangeSection, ChangeTelling};
use super::super::measures::MeasuresSection;
use super::super::numbers;
use super::super::telling::value;
use super::super::wave_telling::WaveTelling;
use super::super::waves::{CoverageRow, PillarSection, WavePage};
use super::super::words::{Value, Words};
use super::ReportSource;
use crate::domain::programme::Organisation;

/// A wave in words.
pub(super) struct Told<'a> {
    pub source: &'a ReportSource<'a>,
    /// The three pillars.
    pub pillars: Vec<PillarSection>,
    /// Who answered, group by group.
    pub coverage: Vec<CoverageRow>,
    /// How many answered.
    pub lead: String,
    /// What changed since the wave before.
    pub change: Option<ToldChange>,
    /// What the project reported.
    pub measures: MeasuresSection,
}

/// Change since the wave before, in words.
pub(super) struct ToldChange {
    /// Which two waves.
    pub between: String,
    /// How many indicators improved, worsened, or cannot be told.
    pub lead: String,
    /// The three pillars.
    pub pillars: Vec<ChangeSection>,
    /// From how many points on one speaks of full change.
    pub threshold: String,
}

impl<'a> Told<'a> {
    pub(super) fn new(source: &'a ReportSource<'a>) -> Self {
        let ReportSource { telling, framework, scores, .. } = *source;
        let listed: Option<u32> = source.answered.iter().map(|row| row.listed).sum();
        let coverage = source
            .answered
            .iter()
            .map(|row| CoverageRow::new(telling, telling.group(framework, row.group), row.submitted, row.listed));
        Self {
            source,
            pillars: WaveTelling { telling, framework, scores, href: "" }.pillars(),
            coverage: coverage.collect(),
            lead: WavePage::lead(telling, scores.respondents, listed),
            change: change(source),
            measures: MeasuresSection::new(source.measures, Some(framework), telling.language),
        }
    }

    pub(super) fn words(&self) -> &'static Words {
        self.source.words()
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.words().say(key)
    }

    pub(super) fn say_with<const N: usize>(&self, key: &str, values: [(&'static str, String); N]) -> String {
        self.words().say_all(key, values.map(|(name, text)| (name, value(text))))
    }

    /// When answers were taken.
    pub(super) fn dates(&self) -> String {
        let day = |date| numbers::day(date, self.source.telling.language);
        self.say_with(
            "dates-from-to",
            [("from", day(self.source.wave.opens_on)), ("to", day(self.source.wave.closes_on))],
        )
    }

    /// Whether and since when everybody can see the results.
    pub(super) fn state(&self) -> String {
        match self.source.wave.published_on {
            Some(day) => {
                self.say_with("report-state-published", [("day", numbers::day(day, self.source.telling.language))])
            }
            None => self.say("report-state-unpublished"),
        }
    }

    /// Below how many answers a group is not shown.
    pub(super) fn rule(&self) -> String {
        let count = Value::from(self.source.profile.k_show);
        format!("{} {}", self.say("info-method-5-1"), self.words().say_with("report-rule", [("count", count)]))
    }

    /// Whom to ask: the contact of the body, then everything else it says of itself.
    pub(super) fn contacts(&self) -> String {
        contacts(self.source.organisation).join(" · ")
    }
}

fn contacts(body: &Organisation) -> Vec<String> {
    let details = &body.details;
    let mut all = vec![body.contact.clone(), details.address.clone(), details.telephone.clone()];
    if !details.registered_email.is_empty() {
        all.push(format!("PEC: {}", details.registered_email));
    }
    all.push(details.website.clone());
    all.retain(|one| !one.trim().is_empty());
    all
}

fn change(source: &ReportSource<'_>) -> Option<ToldChange> {
    let since = source.since.as_ref()?;
    let telling = source.telling;
    let told = ChangeTelling {
        telling,
        framework: source.framework,
        waves: Vec::new(),
        changes: since.changes.clone(),
        href: "",
    };
    let between = [("from", value(since.wave.to_owned())), ("to", value(source.wave.code.clone()))];
    Some(ToldChange {
        between: telling.words().say_with("change-between", between),
        lead: told.lead(),
        pillars: told.pillars(),
        threshold: numbers::quantity(source.profile.mid, telling.language),
    })
}
