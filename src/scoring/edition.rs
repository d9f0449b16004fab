// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do the projects of an edition compare, and one edition with the next?

use crate::domain::comparison::LeftOut;
use crate::domain::edition_comparison::{ComparedProject, EditionChange, EditionComparison};
use crate::domain::score::{Given, Interval, Withheld};
use crate::stats::Undefined;
use crate::stats::adjust::benjamini_hochberg;
use crate::stats::analysis_of_variance::{GroupSize, OneWay, one_way};
use crate::stats::heterogeneity::{Estimate, LEAST_ESTIMATES, Pooled, cochran, paule_mandel, pooled};
use crate::stats::shrinkage::{Shrunken, places, shrunken};

use super::error::reason;
use super::projects::ProjectAnswers;
use super::side_by_side::{Beside, BesideEntry, Compared, beside};
use super::{Rules, WaveAnswers};

/// Below this reliability of the projects' means nothing can be said of their differences.
const LEAST_ICC: f64 = 0.50;
/// From here on an order may be spoken of.
const ORDER_ICC: f64 = 0.70;

/// The projects of every edition that has at least two, wave by wave and indicator by indicator.
pub fn comparisons(projects: &[ProjectAnswers<'_>], rules: Rules<'_>) -> Vec<EditionComparison> {
    let mut found = Vec::new();
    for members in editions(projects) {
        for wave in waves(&members) {
            let entries = entries(&members, wave);
            if entries.len() >= 2 {
                let compared = beside(&entries, rules);
                found.extend(
                    compared
                        .iter()
                        .map(|one| Edition { members: &members, entries: &entries, wave, one, rules }.comparison()),
                );
            }
        }
    }
    found
}

/// Every edition of a programme against the one before, in the order of the projects.
pub fn changes(projects: &[ProjectAnswers<'_>], rules: Rules<'_>) -> Vec<EditionChange> {
    let editions = editions(projects);
    let mut found = Vec::new();
    for (place, earlier) in editions.iter().enumerate() {
        let programme = name(earlier).0;
        let next = editions.iter().skip(place + 1).find(|one| name(one).0 == programme);
        if let (Some(later), false) = (next, programme.is_empty()) {
            found.extend(super::edition_change::between(earlier, later, rules));
        }
    }
    found
}

/// The projects of one edition.
pub(super) type Members<'p> = Vec<&'p ProjectAnswers<'p>>;

/// Programme and edition of some projects of one edition.
pub(super) fn name<'p>(members: &[&'p ProjectAnswers<'p>]) -> (&'p str, &'p str) {
    members.first().map_or(("", ""), |one| (one.programme, one.edition))
}

/// Projects by edition, in the order of first appearance.
fn editions<'p>(projects: &'p [ProjectAnswers<'p>]) -> Vec<Members<'p>> {
    let mut editions: Vec<Members<'p>> = Vec::new();
    for project in projects {
        let of = |members: &&mut Members<'p>| name(members) == (project.programme, project.edition);
        match editions.iter_mut().find(of) {
            Some(members) => members.push(project),
            None => editions.push(vec![project]),
        }
    }
    editions
}

/// Names of the waves of some projects, in the order of first appearance.
pub(super) fn waves<'p>(members: &[&'p ProjectAnswers<'p>]) -> Vec<&'p str> {
    let mut names: Vec<&str> = Vec::new();
    for name in members.iter().flat_map(|project| &project.waves).map(|wave| wave.responses.wave()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The projects that have a wave of this name.
pub(super) fn entries<'p>(members: &[&'p ProjectAnswers<'p>], wave: &str) -> Vec<Compared<'p>> {
    members.iter().filter_map(|project| Some(compared(project, of_name(project, wave)?))).collect()
}

pub(super) fn of_name<'p>(project: &'p ProjectAnswers<'p>, wave: &str) -> Option<WaveAnswers<'p>> {
    project.waves.iter().find(|one| one.responses.wave() == wave).copied()
}

fn compared<'p>(project: &'p ProjectAnswers<'p>, answers: WaveAnswers<'p>) -> Compared<'p> {
    Compared { label: project.project, framework_sha256: "", answers }
}

/// One indicator over the projects of an edition.
struct Edition<'e> {
    members: &'e [&'e ProjectAnswers<'e>],
    entries: &'e [Compared<'e>],
    wave: &'e str,
    one: &'e Beside,
    rules: Rules<'e>,
}

impl Edition<'_> {
    fn comparison(&self) -> EditionComparison {
        let (programme, edition) = name(self.members);
        let reliability = reliability(&self.one.entries);
        let model = model(&self.one.entries, &reliability);
        let (icc1, icc2) = reliability;
        let model = model.as_ref().map_err(|reason| *reason);
        let part = |part: fn(&Model) -> f64| model.map(part);
        EditionComparison {
            programme: programme.to_owned(),
            edition: edition.to_owned(),
            indicator: self.one.frame.indicator.clone(),
            pillar: self.one.frame.pillar,
            wave: self.wave.to_owned(),
            groups_used: self.one.frame.groups_used.clone(),
            tau2: part(|model| model.tau2),
            i2: part(|model| model.i2),
            mean: part(|model| model.pooled.mean),
            mean_se: part(|model| model.pooled.standard_error),
            mean_interval: model.and_then(|model| {
                model.pooled.interval(0.95).map(|(low, high)| Interval { low, high }).map_err(reason)
            }),
            icc1,
            icc2,
            projects: self.projects(model, icc2),
        }
    }

    /// Every project in the order given: compared, or why not.
    fn projects(&self, model: Given<&Model>, icc2: Given<f64>) -> Vec<ComparedProject> {
        let entries = &self.one.entries;
        let outliers = model.map_or_else(|_| vec![None; entries.len()], |model| outliers(entries, model));
        let places = self.places(model, icc2);
        let project = |(place, entry): (usize, &Compared<'_>)| {
            let found = entries.iter().position(|one| one.place == place);
            match found.and_then(|found| Some((entries.get(found)?, found))) {
                Some((one, found)) => {
                    let outlier = outliers.get(found).copied().flatten();
                    let places = places.as_ref().map_err(|reason| *reason);
                    let places = places.and_then(|places| places.get(found).copied().ok_or(Withheld::NoValidAnswers));
                    self.project(one, model, (outlier, places))
                }
                None => absent(entry.label, self.why_absent(entry.label)),
            }
        };
        self.entries.iter().enumerate().map(project).collect()
    }

    fn project(
        &self,
        entry: &BesideEntry,
        model: Given<&Model>,
        (outlier, places): (Option<f64>, Given<[f64; 2]>),
    ) -> ComparedProject {
        let spread = entry.spread(self.rules);
        let drawn = model.and_then(|model| model.draw(entry));
        ComparedProject {
            project: entry.label.clone(),
            value: entry.value,
            se: spread.figure(entry.errors.se),
            shrunken: spread.figure(drawn.map(|one| one.value)),
            shrunken_se: spread.figure(drawn.map(|one| one.standard_error)),
            z: spread.figure(drawn.map(|one| one.z)),
            p_adjusted: spread.figure(model.and_then(|_| outlier.ok_or(Withheld::NoVariance))),
            places: spread.figure(places),
        }
    }

    /// From which to which place each project could be; only where the answers tell projects apart well.
    fn places(&self, model: Given<&Model>, icc2: Given<f64>) -> Given<Vec<[f64; 2]>> {
        let model = model?;
        if icc2? < ORDER_ICC {
            return Err(Withheld::NotToldApart);
        }
        let drawn = self.one.entries.iter().map(|entry| model.draw(entry)).collect::<Result<Vec<_>, _>>()?;
        let statistic = format!("places {} {}", self.one.frame.indicator, name(self.members).1);
        let seed = self.rules.seed(self.wave, &statistic);
        let standings = places(&drawn, self.rules.profile.bootstrap_draws, seed).map_err(reason)?;
        let place = |one| standings.standing(one).map(|one| [one.low, one.high]).map_err(reason);
        (0..drawn.len()).map(place).collect()
    }

    fn why_absent(&self, label: &str) -> Withheld {
        let left_out = self.one.frame.left_out.iter().find_map(|one| match one {
            LeftOut::Entry { label: of, reason } if of == label => Some(*reason),
            LeftOut::Entry { .. } | LeftOut::Group { .. } | LeftOut::Item { .. } => None,
        });
        left_out.unwrap_or(Withheld::NoCommonGroup)
    }
}

/// What projects have in common, and how far they differ beyond chance.
pub(super) struct Model {
    tau2: f64,
    i2: f64,
    /// Their mean.
    pub pooled: Pooled,
}

impl Model {
    pub fn new(studies: &[Estimate]) -> Result<Self, Undefined> {
        let tau2 = paule_mandel(studies)?;
        Ok(Self { tau2, i2: cochran(studies)?.beyond_chance, pooled: pooled(studies, tau2)? })
    }

    /// A project drawn towards the mean.
    fn draw(&self, entry: &BesideEntry) -> Given<Shrunken> {
        shrunken(study(entry)?, self.pooled.mean, self.tau2).map_err(reason)
    }
}

/// Variation between projects as a share of all, of single answers and of means.
fn reliability(entries: &[BesideEntry]) -> (Given<f64>, Given<f64>) {
    let units: Vec<_> = entries.iter().filter(|entry| entry.value.is_ok()).filter_map(|entry| entry.units).collect();
    let table = one_way(&units).map_err(few);
    let share = |share: &dyn Fn(&OneWay) -> Result<f64, Undefined>| {
        table.as_ref().map_err(|reason| *reason).and_then(|table| share(table).map_err(few))
    };
    (share(&|table| table.icc1(GroupSize::Adjusted)), share(&OneWay::icc2))
}

/// The random-effects model of an edition, where it may be used.
pub(super) fn model(entries: &[BesideEntry], reliability: &(Given<f64>, Given<f64>)) -> Given<Model> {
    let studies: Vec<Estimate> = entries.iter().filter_map(|entry| study(entry).ok()).collect();
    if studies.len() < LEAST_ESTIMATES {
        return Err(Withheld::TooFewProjects);
    }
    if reliability.1? < LEAST_ICC {
        return Err(Withheld::NotToldApart);
    }
    Model::new(&studies).map_err(reason)
}

/// The model of an edition's projects on their own.
pub(super) fn model_of(beside: &Beside) -> Given<Model> {
    model(&beside.entries, &reliability(&beside.entries))
}

fn study(entry: &BesideEntry) -> Given<Estimate> {
    let (value, se) = (entry.value?, entry.errors.se?);
    if se > 0.0 { Ok(Estimate { value, variance: se * se }) } else { Err(Withheld::NoVariance) }
}

/// Two-sided p of each project's distance from the mean, after Benjamini–Hochberg.
fn outliers(entries: &[BesideEntry], model: &Model) -> Vec<Option<f64>> {
    let p = |entry: &BesideEntry| model.draw(entry).ok().and_then(|one| one.p().ok());
    benjamini_hochberg(&entries.iter().map(p).collect::<Vec<_>>()).unwrap_or_default()
}

fn absent(label: &str, reason: Withheld) -> ComparedProject {
    ComparedProject {
        project: label.to_owned(),
        value: Err(reason),
        se: Err(reason),
        shrunken: Err(reason),
        shrunken_se: Err(reason),
        z: Err(reason),
        p_adjusted: Err(reason),
        places: Err(reason),
    }
}

fn few(undefined: Undefined) -> Withheld {
    match undefined {
        Undefined::Empty | Undefined::TooFew => Withheld::TooFewProjects,
        other => reason(other),
    }
}
