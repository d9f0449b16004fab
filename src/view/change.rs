// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What changed between two waves, in words first?

use serde::Serialize;

use super::numbers;
use super::render::Page;
use super::telling::{Telling, tone, value};
use super::words::Value;
use crate::chart::{self, Anchor, Figure, Reading, Series, Slope, SlopeLine, SlopeWords, Tone};
use crate::domain::comparison::{Change, ChangeEstimate, ChangeFlag, Verdict};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::score::{WaveScores, Withheld};

/// Change between two waves of a project.
#[derive(Clone, Debug, Serialize)]
pub struct ChangePage {
    /// Name of the project.
    pub project: String,
    /// Where the project is.
    pub project_href: String,
    /// Which two waves.
    pub between: String,
    /// In a sentence.
    pub lead: String,
    /// The other pairs of waves.
    pub pairs: Vec<PairLink>,
    /// The three pillars.
    pub pillars: Vec<ChangeSection>,
    /// The smallest difference agreed to matter, as written.
    pub threshold: String,
}

/// A pair of waves to look at.
#[derive(Clone, Debug, Serialize)]
pub struct PairLink {
    /// The two waves.
    pub text: String,
    /// Where their change is.
    pub href: String,
    /// Whether it is this page.
    pub current: bool,
}

/// Change in one pillar.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeSection {
    /// `facilitators`, `obstacles`, `results`.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// What it means and which way is better.
    pub what: String,
    /// Lines over all waves; nothing where fewer than two waves asked.
    pub figure: Option<Figure>,
    /// One row an indicator.
    pub rows: Vec<ChangeRow>,
}

/// Change of one indicator.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where it is told how its change comes about.
    pub href: String,
    /// In words.
    pub verdict: Option<String>,
    /// The difference as written, with its sign.
    pub difference: Option<String>,
    /// Its interval as written; nothing where it cannot be published.
    pub interval: Option<String>,
    /// On which groups it rests.
    pub groups: String,
    /// How many answered in both waves.
    pub pairs: Option<String>,
    /// Why there is no number.
    pub reason: Option<String>,
}

/// Tells change.
pub struct ChangeTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the waves.
    pub framework: &'a Framework,
    /// Scores of all waves that lines join, by first day; none where the two are on different versions.
    pub waves: Vec<&'a WaveScores>,
    /// Change between the two waves of the page.
    pub changes: Vec<&'a Change>,
    /// Where the project is.
    pub href: &'a str,
}

impl ChangeTelling<'_> {
    /// The three pillars.
    #[must_use]
    pub fn pillars(&self) -> Vec<ChangeSection> {
        Pillar::ALL.into_iter().map(|pillar| self.pillar(pillar)).collect()
    }

    /// How many indicators improved, worsened, or cannot be told.
    #[must_use]
    pub fn lead(&self) -> String {
        let told = self.changes.iter().filter_map(|change| change.estimate.as_ref().ok());
        let (mut better, mut worse, mut stable, mut unsure) = (0_usize, 0_usize, 0_usize, 0_usize);
        for estimate in told {
            match estimate.verdict {
                Verdict::Improved | Verdict::SlightlyImproved => better += 1,
                Verdict::Worsened | Verdict::SlightlyWorsened => worse += 1,
                Verdict::Stable => stable += 1,
                Verdict::NotEnoughEvidence => unsure += 1,
            }
        }
        let counts = [
            ("better", better.into()),
            ("worse", worse.into()),
            ("stable", stable.into()),
            ("unsure", Value::from(unsure)),
        ];
        self.telling.words().say_with("change-lead", counts)
    }

    fn pillar(&self, pillar: Pillar) -> ChangeSection {
        let changes: Vec<&Change> =
            self.changes.iter().copied().filter(|change| change.pillar == pillar && is_asked(change)).collect();
        ChangeSection {
            code: pillar.code(),
            name: self.telling.pillar(pillar),
            what: self.telling.words().say(&format!("pillar-{pillar}-what")),
            figure: self.figure(pillar, &changes),
            rows: changes.iter().map(|change| self.row(change)).collect(),
        }
    }

    fn row(&self, change: &Change) -> ChangeRow {
        let written = |interval| numbers::difference_interval(interval, self.telling.precision, self.telling.language);
        let estimate = change.estimate.as_ref().ok();
        ChangeRow {
            code: change.indicator.clone(),
            name: self.telling.indicator(self.framework, &change.indicator),
            href: change_href(self.href, change),
            verdict: estimate.map(|found| verdict(self.telling, found)),
            difference: estimate
                .map(|found| numbers::difference(found.difference, self.telling.precision, self.telling.language)),
            interval: estimate.and_then(|found| found.interval.ok()).map(written),
            groups: self.telling.groups(self.framework, &change.groups_used),
            pairs: estimate
                .and_then(|found| found.pairs.ok())
                .map(|pairs| self.telling.words().say_with("pairs-count", [("count", pairs.into())])),
            reason: change.estimate.as_ref().err().map(|withheld| self.telling.reason(*withheld)),
        }
    }

    fn figure(&self, pillar: Pillar, changes: &[&Change]) -> Option<Figure> {
        if changes.is_empty() {
            return None;
        }
        let waves = self.waves.iter().map(|wave| chart::Wave { label: wave.wave.clone(), position: None }).collect();
        let lines = changes.iter().enumerate().map(|(place, change)| SlopeLine {
            label: self.telling.indicator(self.framework, &change.indicator),
            tone: if changes.len() == 1 { tone(pillar) } else { Tone::Series(Series::at(place)) },
            readings: self.waves.iter().map(|wave| self.reading(wave, &change.indicator)).collect(),
            verdict: change.estimate.as_ref().ok().map(|found| line_of(found.verdict)),
        });
        let slope = Slope::new(waves, lines.collect(), self.slope_words()).ok()?;
        let title = self.telling.words().say_with("figure-change", [("pillar", value(self.telling.pillar(pillar)))]);
        let caption = self.telling.caption(title, self.sentence(changes));
        Some(slope.figure(&Anchor::new(&format!("{pillar}-change")), &caption))
    }

    fn reading(&self, wave: &WaveScores, indicator: &str) -> Reading {
        wave.indicators.iter().find(|one| one.indicator == indicator).map_or_else(
            || self.telling.reading(Err(Withheld::NotAsked), Err(Withheld::NotAsked)),
            |one| self.telling.reading(one.overall.value(), one.overall.process_interval),
        )
    }

    /// The change that stands out among those that can be told, in words.
    fn sentence(&self, changes: &[&Change]) -> String {
        let told = changes.iter().filter_map(|change| {
            let estimate = change.estimate.as_ref().ok()?;
            (estimate.verdict != Verdict::NotEnoughEvidence && estimate.verdict != Verdict::Stable)
                .then_some((change.indicator.as_str(), estimate))
        });
        let widest = told.max_by(|a, b| a.1.difference.abs().total_cmp(&b.1.difference.abs()));
        let Some((indicator, estimate)) = widest else { return self.telling.words().say("sentence-no-change") };
        let written = numbers::difference(estimate.difference, self.telling.precision, self.telling.language);
        self.telling.words().say_with(
            "sentence-change",
            [
                ("indicator", value(self.telling.indicator(self.framework, indicator))),
                ("difference", value(written)),
                ("verdict", value(verdict(self.telling, estimate))),
            ],
        )
    }

    fn slope_words(&self) -> SlopeWords {
        let words = self.telling.words();
        SlopeWords {
            axis: Some(words.say("chart-axis")),
            row: words.say("column-indicator"),
            verdict: words.say("column-verdict"),
            improved: words.say("line-improved"),
            worsened: words.say("line-worsened"),
            uncertain: words.say("line-uncertain"),
            absent: words.say("line-absent"),
        }
    }
}

/// Where the change of an indicator is told, below the address of its project.
#[must_use]
pub fn change_href(project: &str, change: &Change) -> String {
    format!("{project}/change/{}?from={}&to={}", change.indicator, change.from, change.to)
}

/// A change in words, with what to know beside it.
#[must_use]
pub fn verdict(telling: Telling, estimate: &ChangeEstimate) -> String {
    verdict_words(telling, estimate.verdict, &estimate.flags)
}

/// A verdict in words, with what to know beside it.
#[must_use]
pub fn verdict_words(telling: Telling, verdict: Verdict, flags: &[ChangeFlag]) -> String {
    let words = telling.words();
    let verdict = words.say(&format!("verdict-{}", verdict.code()));
    let notes = [
        (ChangeFlag::BelowAgreedThreshold, "verdict-below-threshold"),
        (ChangeFlag::CommonCore, "verdict-common-core"),
        (ChangeFlag::OtherMode, "verdict-other-mode"),
        (ChangeFlag::ItemDrift, "verdict-item-drift"),
    ];
    let said = notes.into_iter().filter(|(flag, _)| flags.contains(flag)).map(|(_, key)| words.say(key));
    said.fold(verdict, |verdict, note| format!("{verdict} ({note})"))
}

/// Whether the indicator was asked in both waves of at least one group.
#[must_use]
pub fn is_asked(change: &Change) -> bool {
    change.estimate.is_ok() || change.groups_left_out.iter().any(|group| group.reason != Withheld::NotAsked)
}

const fn line_of(verdict: Verdict) -> chart::Verdict {
    match verdict {
        Verdict::Improved | Verdict::SlightlyImproved => chart::Verdict::Improved,
        Verdict::Worsened | Verdict::SlightlyWorsened => chart::Verdict::Worsened,
        Verdict::Stable | Verdict::NotEnoughEvidence => chart::Verdict::Uncertain,
    }
}

impl Page for ChangePage {
    const TEMPLATE: &'static str = "projects/change";

    fn samples() -> Vec<Self> {
        let row = |reason: Option<&str>| ChangeRow {
            code: "FC1".to_owned(),
            name: "Storia".to_owned(),
            href: "/it/projects/1/change/FC1?from=T0&to=T1".to_owned(),
            verdict: reason.is_none().then(|| "migliorato".to_owned()),
            difference: reason.is_none().then(|| "+8".to_owned()),
            interval: reason.is_none().then(|| "+1 a +15".to_owned()),
            groups: "Ente pubblico".to_owned(),
            pairs: reason.is_none().then(|| "12 persone".to_owned()),
            reason: reason.map(str::to_owned),
        };
        let section = |rows, figure| ChangeSection {
            code: "results",
            name: "Risultati".to_owned(),
            what: "Ciò che ne è venuto.".to_owned(),
            figure,
            rows,
        };
        let pair = |current| PairLink { text: "T0–T1".to_owned(), href: "?from=T0&to=T1".to_owned(), current };
        vec![Self {
            project: "Orto".to_owned(),
            project_href: "/it/projects/1".to_owned(),
            between: "T0 e T1".to_owned(),
            lead: "Un indicatore è migliorato.".to_owned(),
            pairs: vec![pair(true), pair(false)],
            pillars: vec![
                section(vec![row(None), row(Some("nessun gruppo in comune"))], Slope::samples().into_iter().next()),
                section(Vec::new(), None),
            ],
            threshold: "10".to_owned(),
        }]
    }
}
