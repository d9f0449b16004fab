// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Of which pieces are reports put together? Each says one thing, for every kind in the same words.

use super::super::numbers;
use super::super::telling::value;
use super::super::waves::PillarSection;
use super::told::Told;
use super::{Block, Report, ReportKind};
use crate::domain::framework::Status;
use crate::domain::profile::ScoreView;
use crate::domain::wave::Collection;
use crate::print::{Head, Line, Said};

/// A report without sections: what it is about.
pub(super) fn opening(kind: ReportKind, told: &Told<'_>) -> Report {
    let source = told.source;
    let (project, wave) = (&source.project.name, source.wave_name());
    let name = told.say(&format!("report-kind-{}", kind.code()));
    let title = told.say_with(
        "report-title",
        [("kind", name.clone()), ("project", project.clone()), ("wave", source.wave.code.clone())],
    );
    let programme = source.edition.map(|(_, programme)| programme.name.as_str());
    let kicker: Vec<&str> = [Some(source.organisation.name.as_str()), programme].into_iter().flatten().collect();
    Report {
        head: Head { title, language: source.telling.language, day: source.day() },
        kicker: kicker.join(" · "),
        title: project.clone(),
        subtitle: format!("{wave}, {}", told.dates()),
        kind: name,
        running: format!("{project} · {wave}"),
        page: told.words().say_with(
            "print-paper-page",
            [("page", value("{page}".to_owned())), ("pages", value("{pages}".to_owned()))],
        ),
        one_sheet: kind == ReportKind::Summary,
        notices: notices(told),
        facts: facts(told, kind),
        sections: Vec::new(),
    }
}

fn notices(told: &Told<'_>) -> Vec<String> {
    let source = told.source;
    let unpublished = source.wave.published_on.is_none().then(|| told.say("report-unpublished"));
    let evaluator = (source.scores.view == ScoreView::Evaluator).then(|| told.say("report-evaluator"));
    let invented = source.organisation.data == crate::domain::programme::Origin::Fictional;
    let invented = invented.then(|| told.say("report-invented"));
    [invented, unpublished, evaluator].into_iter().flatten().collect()
}

fn facts(told: &Told<'_>, kind: ReportKind) -> Vec<Line> {
    let source = told.source;
    let language = source.telling.language;
    let edition = source.edition.map(|(edition, programme)| {
        let name = edition.name.get(language);
        let years = if name.contains(&edition.years) { String::new() } else { format!(" ({})", edition.years) };
        format!("{} · {name}{years}", programme.name)
    });
    let line = |key: &str, text: Option<String>| {
        text.filter(|text| !text.trim().is_empty()).map(|text| Line::new(told.say(key), text))
    };
    let long = kind != ReportKind::Summary;
    let lines = [
        line("report-body", Some(source.organisation.name.clone())),
        line("report-edition", edition),
        line("project-territory", Some(source.project.territory.clone()).filter(|_| long)),
        line("project-lead", Some(source.project.lead.clone()).filter(|_| long)),
        line("report-state", Some(told.state())),
        line("report-contact", Some(told.contacts())),
    ];
    lines.into_iter().flatten().collect()
}

impl Told<'_> {
    /// Who answered and the three pillars, then what stands out.
    pub(super) fn in_brief(&self) -> Vec<Block> {
        let mut blocks = vec![Block::text(self.lead.clone()), Block::Table(self.pillars_table())];
        blocks.push(Block::points(self.findings()));
        blocks
    }

    /// The strongest, the weakest and the widest gap of each pillar; then the change.
    pub(super) fn findings(&self) -> Vec<String> {
        let mut said: Vec<String> = self.pillars.iter().flat_map(pillar_findings).collect();
        said.extend(self.change.as_ref().map(|change| format!("{} {}", self.since(&change.between), change.lead)));
        if said.is_empty() {
            said.push(self.say("sentence-too-few"));
        }
        said
    }

    fn since(&self, between: &str) -> String {
        self.say_with("report-since", [("between", between.to_owned())])
    }

    pub(super) fn who_answered(&self) -> Vec<Block> {
        vec![Block::text(self.say("results-coverage-what")), Block::Table(self.coverage_table())]
    }

    /// One pillar: what it means, its chart, its table.
    pub(super) fn pillar(&self, pillar: &PillarSection) -> Vec<Block> {
        if !pillar.asked {
            return vec![Block::text(self.say("pillar-not-asked"))];
        }
        let score = pillar.score.score.clone().map(|score| match &pillar.score.interval {
            Some(interval) => format!("{score} ({interval})"),
            None => score,
        });
        let score = score.or_else(|| pillar.score.reason.clone()).unwrap_or_default();
        let mut blocks = vec![Block::text(format!("{} {} {score}.", pillar.what, self.say("pillar-score")))];
        blocks.extend(pillar.figure.clone().map(Block::Figure));
        blocks.extend(pillar.gaps.as_ref().map(|gaps| Block::text(gaps.sentence.clone())));
        blocks.extend(self.score_tables(pillar).into_iter().map(Block::Table));
        blocks
    }

    /// The tables of a pillar under its name.
    pub(super) fn pillar_numbers(&self, code: &str) -> Vec<Block> {
        let Some(pillar) = self.pillars.iter().find(|one| one.code == code) else { return Vec::new() };
        let mut blocks = vec![Block::Heading(pillar.name.clone())];
        if !pillar.asked {
            blocks.push(Block::text(self.say("pillar-not-asked")));
            return blocks;
        }
        blocks.push(Block::text(pillar.what.clone()));
        blocks.push(Block::points(pillar_findings(pillar)));
        blocks.extend(self.score_tables(pillar).into_iter().map(Block::Table));
        blocks
    }

    /// What changed since the wave before, in words first.
    pub(super) fn changes(&self) -> Vec<Block> {
        let Some(change) = &self.change else { return vec![Block::text(self.say("report-no-change"))] };
        let mut blocks = vec![Block::text(format!("{} {}", self.since(&change.between), change.lead))];
        blocks.push(Block::text(self.say_with("change-threshold", [("points", change.threshold.clone())])));
        let asked = change.pillars.iter().filter(|pillar| !pillar.rows.is_empty());
        blocks.extend(asked.map(|pillar| Block::Table(self.change_table(pillar))));
        blocks
    }

    /// What the project reported, apart from what people think.
    pub(super) fn reported(&self) -> Vec<Block> {
        if self.measures.rows.is_empty() {
            return vec![Block::text(self.say("project-no-measures"))];
        }
        let what = Some(self.say("project-measures-what")).into_iter().chain(self.measures.points_from.clone());
        what.map(Block::text).chain([Block::Table(self.measures_table())]).collect()
    }

    /// How numbers are made and what may be shown.
    pub(super) fn how_to_read(&self) -> Vec<Block> {
        let keys = ["info-method-1-1", "info-method-1-2", "info-method-3-1", "info-method-4-1"];
        let mut points: Vec<String> = keys.into_iter().map(|key| self.say(key)).collect();
        points.push(self.rule());
        let [low, high] = self.source.profile.bands;
        let written = |number| numbers::quantity(number, self.source.telling.language);
        points.push(self.say_with("report-bands", [("low", written(low)), ("high", written(high))]));
        vec![Block::points(points)]
    }

    /// What these numbers do not say.
    pub(super) fn limits(&self) -> Vec<Block> {
        let mut points: Vec<String> = (1..=3).map(|n| self.say(&format!("report-limit-{n}"))).collect();
        if self.source.framework.status == Status::Draft {
            points.push(self.say("report-limit-draft"));
        }
        vec![Block::points(points)]
    }

    /// From which version of what the numbers come, and on which terms they may be used.
    pub(super) fn provenance(&self) -> Vec<Block> {
        let source = self.source;
        let framework = source.framework;
        let version = format!("{} {}", framework.title.get(source.telling.language), framework.version);
        let licence = if source.wave.published_on.is_some() { "report-licence-open" } else { "report-licence-closed" };
        let lines = [
            ("report-framework", version),
            ("report-framework-hash", source.wave.framework_sha256.clone()),
            ("results-profile", source.profile.sha256()),
            ("results-voice", self.say(&format!("voice-{}", source.profile.voice.code()))),
            ("report-program", format!("Insieme {}", env!("CARGO_PKG_VERSION"))),
            ("report-source", source.source.clone().unwrap_or_default()),
            ("report-address", source.address.clone()),
            ("report-licence", self.say(licence)),
            ("report-contact", self.contacts()),
        ];
        let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
        vec![Block::Facts(lines.map(|(key, text)| Line::new(self.say(key), text)).collect())]
    }

    /// Why the wave was asked, in the words of the body.
    pub(super) fn purpose(&self) -> Option<Block> {
        self.written(&self.source.wave.purpose)
    }

    /// What the project is, in its own words.
    pub(super) fn summary(&self) -> Option<Block> {
        self.written(&self.source.project.summary)
    }

    fn written(&self, text: &crate::domain::text::Text) -> Option<Block> {
        let language = self.source.telling.language;
        let shown = text.shown(language);
        (!shown.text.trim().is_empty()).then(|| Block::Text(Said::new(shown, language)))
    }

    /// How answers and persons are kept apart.
    pub(super) fn mode(&self) -> Block {
        Block::text(self.say(match self.source.wave.collection {
            Collection::Anonymous => "print-mode-anonymous",
            Collection::Confidential => "print-mode-confidential",
            Collection::Named => "print-mode-named",
        }))
    }

    /// What was judged: the families of each pillar in which something was asked.
    pub(super) fn dimensions(&self) -> Block {
        let (language, framework) = (self.source.telling.language, self.source.framework);
        let asked = |code: &str| self.pillars.iter().flat_map(|one| &one.rows).any(|row| row.code == code);
        let families = |pillar: &PillarSection| {
            let of_pillar = framework.families.iter().filter(|family| family.pillar.code() == pillar.code);
            let used = of_pillar
                .filter(|family| framework.indicators.iter().any(|one| one.family == family.code && asked(&one.code)));
            used.map(|family| family.name.get(language)).collect::<Vec<_>>().join(", ")
        };
        let asked = self.pillars.iter().filter(|pillar| pillar.asked);
        Block::points(asked.map(|pillar| format!("{}: {}.", pillar.name, families(pillar))))
    }

    /// What whoever files the report has to add.
    pub(super) fn to_add(&self, key: &str) -> Block {
        Block::ToAdd(self.say_with("report-to-add", [("what", self.say(key))]))
    }
}

/// The sentences of a pillar: its strongest and weakest indicator, its widest gap.
fn pillar_findings(pillar: &PillarSection) -> Vec<String> {
    let figures = [pillar.figure.as_ref(), pillar.gaps.as_ref()];
    figures.into_iter().flatten().map(|figure| figure.sentence.clone()).collect()
}
