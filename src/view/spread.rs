// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far do the projects of an edition differ on one indicator, beyond chance? Never a ranking.

use serde::Serialize;

use super::projects::Link;
use super::render::Page;
use super::telling::{Telling, tone, value};
use crate::chart::{
    Anchor, DotHeadings, DotInterval, DotRow, Figure, Funnel, FunnelPoint, FunnelWords, Key, Point, Range, Symbol,
};
use crate::domain::edition_comparison::{ComparedProject, EditionComparison};
use crate::domain::framework::Framework;
use crate::domain::score::{Given, Interval, Withheld};

/// The projects of an edition on one indicator.
#[derive(Clone, Debug, Serialize)]
pub struct SpreadPage {
    /// The edition.
    pub edition: Link,
    /// `facilitators`, `obstacles`, `results`.
    pub pillar_code: &'static str,
    /// What the pillar means and which way is better.
    pub what: String,
    /// Name of the indicator.
    pub name: String,
    /// Code and name of the wave type.
    pub wave_type: String,
    /// What can be said of the differences, in sentences.
    pub sentences: Vec<String>,
    /// The projects as observed.
    pub observed: Option<Figure>,
    /// The projects drawn towards their mean.
    pub drawn: Option<Figure>,
    /// The projects against their uncertainty.
    pub funnel: Option<Figure>,
    /// On which groups it rests.
    pub groups: String,
    /// The other indicators.
    pub others: Vec<Link>,
}

/// Tells one indicator over the projects of an edition.
pub struct SpreadTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version.
    pub framework: &'a Framework,
    /// The comparison.
    pub one: &'a EditionComparison,
}

impl SpreadTelling<'_> {
    /// What can be said, or why nothing can.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let words = self.telling.words();
        let (mean, variance) = match (self.one.mean, self.one.tau2) {
            (Ok(mean), Ok(variance)) => (mean, variance),
            (Err(reason), _) | (_, Err(reason)) => {
                return vec![words.say_with("spread-none", [("reason", value(self.telling.reason(reason)))])];
            }
        };
        let far: Vec<&str> =
            self.one.projects.iter().filter(|one| is_far(one)).map(|one| one.project.as_str()).collect();
        let outliers = if far.is_empty() {
            words.say("spread-nobody-far")
        } else {
            words.say_with("spread-far", [("projects", value(far.join(", ")))])
        };
        let about = [("mean", value(self.telling.score(mean))), ("spread", value(self.telling.score(variance.sqrt())))];
        vec![words.say_with("spread-mean", about), outliers]
    }

    /// Each project as observed, with its interval.
    #[must_use]
    pub fn observed(&self) -> Option<Figure> {
        let interval = |one: &ComparedProject| around(one.value, one.se);
        self.caterpillar("observed", |one| (one.value, interval(one)), None)
    }

    /// Each project drawn towards the mean by as much as it is uncertain.
    #[must_use]
    pub fn drawn(&self) -> Option<Figure> {
        self.one.mean.ok()?;
        let words = self.telling.words();
        let band = self.one.mean_interval.ok();
        let band = band.and_then(|found| {
            Range::new(
                self.telling.rounded(found.low.max(0.0)),
                self.telling.rounded(found.high.min(100.0)),
                words.say("spread-band"),
            )
            .ok()
        });
        self.caterpillar("drawn", |one| (one.shrunken, around(one.shrunken, one.shrunken_se)), band)
    }

    fn caterpillar(
        &self,
        name: &str,
        number: impl Fn(&ComparedProject) -> (Given<f64>, Given<Interval>),
        band: Option<Range>,
    ) -> Option<Figure> {
        let words = self.telling.words();
        let row = |one: &ComparedProject| {
            let (value, interval) = number(one);
            DotRow {
                label: one.project.clone(),
                sublabel: None,
                tone: tone(self.one.pillar),
                reading: self.telling.reading(value, interval),
            }
        };
        let rows: Vec<DotRow> = self.one.projects.iter().map(row).collect();
        let chart = DotInterval {
            rows,
            axis: Some(words.say("chart-axis")),
            band,
            keys: vec![Key { symbol: Symbol::Interval, label: words.say("column-interval") }],
            headings: DotHeadings {
                row: words.say("project-kicker"),
                sublabel: String::new(),
                value: words.say("column-score"),
                interval: words.say("column-interval"),
            },
        };
        let caption =
            self.telling.caption(words.say(&format!("spread-{name}")), words.say(&format!("spread-{name}-what")));
        (self.one.projects.len() > 1).then(|| chart.figure(&Anchor::new(name), &caption))
    }

    /// The projects against their uncertainty, with the limits within which projects like these lie.
    #[must_use]
    pub fn funnel(&self) -> Option<Figure> {
        let words = self.telling.words();
        let (mean, variance) = (self.one.mean.ok()?, self.one.tau2.ok()?);
        let point = |one: &ComparedProject| {
            let (score, error) = (one.value.ok()?, one.se.ok()?);
            Some(FunnelPoint {
                label: one.project.clone(),
                point: Point::new(self.telling.rounded(score.clamp(0.0, 100.0)), self.telling.score(score)).ok()?,
                error: (self.telling.rounded(error).max(1.0), self.telling.score(error)),
            })
        };
        let chart = Funnel {
            points: self.one.projects.iter().filter_map(point).collect(),
            mean: self.telling.rounded(mean),
            spread: self.telling.rounded(variance.max(0.0).sqrt()),
            words: FunnelWords {
                axis: words.say("chart-axis"),
                error: words.say("spread-error"),
                row: words.say("project-kicker"),
                value: words.say("column-score"),
                lines: ["spread-line-mean", "spread-line-95", "spread-line-998"].map(|key| words.say(key)),
            },
        };
        let caption = self.telling.caption(words.say("spread-funnel"), words.say("spread-funnel-what"));
        Some(chart.figure(&Anchor::new("funnel"), &caption))
    }

    /// Names of the groups every project's value is made of.
    #[must_use]
    pub fn groups(&self) -> String {
        self.telling.groups(self.framework, &self.one.groups_used)
    }
}

/// Further from the mean than the false discovery rate of the edition allows: one in ten.
fn is_far(one: &ComparedProject) -> bool {
    one.p_adjusted.is_ok_and(|p| p < 0.10)
}

/// The 95 % interval of a normal error around a value.
fn around(value: Given<f64>, error: Given<f64>) -> Given<Interval> {
    let (value, error) = (value?, error?);
    if error > 0.0 {
        Ok(Interval { low: value - 1.96 * error, high: value + 1.96 * error })
    } else {
        Err(Withheld::NoVariance)
    }
}

impl Page for SpreadPage {
    const TEMPLATE: &'static str = "programmes/spread";

    fn samples() -> Vec<Self> {
        let link = |text: &str| Link { text: text.to_owned(), href: "/it/editions/1".to_owned() };
        let page = |shown: bool| Self {
            edition: link("Seconda edizione"),
            pillar_code: "results",
            what: "Ciò che ne è venuto.".to_owned(),
            name: "Servizi nuovi".to_owned(),
            wave_type: "T2 · In itinere".to_owned(),
            sentences: vec!["La media è 63.".to_owned()],
            observed: DotInterval::samples().into_iter().next(),
            drawn: DotInterval::samples().into_iter().nth(1).filter(|_| shown),
            funnel: Funnel::samples().into_iter().next().filter(|_| shown),
            groups: if shown { "Ente pubblico".to_owned() } else { String::new() },
            others: if shown { vec![link("Fiducia")] } else { Vec::new() },
        };
        vec![page(true), page(false)]
    }
}
