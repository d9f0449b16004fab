// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are weights told: those of the profile beside those that people chose, set by set and group by group?

use serde::Serialize;

use super::numbers::{self, Precision};
use super::render::Page;
use super::telling::{Telling, value};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::robustness::Gate;
use crate::domain::score::{Composite, Given, PillarScore, WaveScores};
use crate::domain::settled_weights::{GroupPart, GroupSpread, SetSpread, WeightedScores};
use crate::domain::text::Language;
use crate::domain::weights::WeightSet;

/// Pillars and composite with equal weights and with those that people chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedWeights {
    /// The three pillars, then the composite.
    pub rows: Vec<ComparedRow>,
    /// Whether the composite holds with the chosen weights, and between which numbers it lies; else why it is not given.
    pub verdict: String,
    /// How often each pillar is the lowest, for those who evaluate; empty for the others.
    pub lowest: String,
}

/// A number with equal weights and with those that people chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedRow {
    /// What it is.
    pub name: String,
    /// With the weights of the profile, or why not.
    pub equal: String,
    /// With the weights that people chose, or why not.
    pub chosen: String,
}

/// The weights of one set of things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetSection {
    /// What is weighed.
    pub title: String,
    /// Which weights are used, and why.
    pub basis: String,
    /// How far people agree; empty where that is not told.
    pub agreement: String,
    /// Whether the weights of the profile stand beside.
    pub compared: bool,
    /// Names of the groups: heads of the columns.
    pub groups: Vec<String>,
    /// Thing by thing.
    pub rows: Vec<ThingRow>,
    /// Groups of which nothing is told, each with the reason.
    pub withheld: Vec<String>,
    /// Between which shares the middle half of large groups lies; a line a group.
    pub middles: Vec<String>,
}

/// How much one thing counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThingRow {
    /// Its name.
    pub name: String,
    /// With equal weights; empty where they do not stand beside.
    pub equal: String,
    /// In what is reckoned with; empty where they do not stand beside.
    pub chosen: String,
    /// What everybody gave together, groups equal.
    pub together: String,
    /// What each group gave.
    pub groups: Vec<ShareCell>,
}

/// What one group gave one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShareCell {
    /// Name of the group.
    pub group: String,
    /// The share in percent.
    pub share: String,
}

/// Who took part, of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartRow {
    /// Name of the group.
    pub group: String,
    /// How it said what counts.
    pub method: String,
    /// How many of how many.
    pub people: String,
    /// How many in the second round.
    pub again: u32,
}

/// The weights of one wave.
#[derive(Clone, Debug, Serialize)]
pub struct WeightsPage {
    /// Name of the project.
    pub project: String,
    /// Where the project is.
    pub project_href: String,
    /// Code and name of the wave.
    pub wave: String,
    /// Where its results are.
    pub results_href: String,
    /// Who froze the weights, and when.
    pub frozen: String,
    /// Why, in their words; empty: nothing.
    pub note: String,
    /// The numbers with both.
    pub compared: ComparedWeights,
    /// Set by set.
    pub sets: Vec<SetSection>,
    /// Who took part.
    pub parts: Vec<PartRow>,
    /// Where the profile with these weights is.
    pub profile_href: String,
}

/// The shares of a thing by the profile and in what is reckoned with, with its code.
pub type Shares = (String, f64, f64);

impl ComparedWeights {
    /// The numbers of a wave with both weights.
    #[must_use]
    pub fn new(telling: Telling, equal: &WaveScores, chosen: &WeightedScores) -> Self {
        let pillar = |scores: &[PillarScore], pillar: Pillar| {
            let found = scores.iter().find(|one| one.pillar == pillar);
            found.map_or_else(String::new, |one| telling.score_or_reason(one.value))
        };
        let of_pillar = |which: Pillar| ComparedRow {
            name: telling.pillar(which),
            equal: pillar(&equal.pillars, which),
            chosen: pillar(&chosen.pillars, which),
        };
        let Composite { linear, .. } = &equal.composite;
        let composite = ComparedRow {
            name: telling.words().say("weights-composite"),
            equal: telling.score_or_reason(*linear),
            chosen: telling.score_or_reason(chosen.composite),
        };
        let rows = Pillar::ALL.into_iter().map(of_pillar).chain([composite]).collect();
        Self { rows, verdict: verdict(telling, chosen), lowest: lowest(telling, chosen) }
    }

    fn sample() -> Self {
        let row = |name: &str| ComparedRow { name: name.to_owned(), equal: "55".to_owned(), chosen: "58".to_owned() };
        let rows = vec![row("Fattori facilitanti"), row("Indice di sintesi")];
        Self { rows, verdict: "Con altri pesi starebbe tra 52 e 61.".to_owned(), lowest: String::new() }
    }

    /// For evaluators and for others.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![Self { lowest: "Il pilastro più basso: Risultati 80%.".to_owned(), ..Self::sample() }, Self::sample()]
    }
}

/// Whether the composite holds with the chosen weights.
fn verdict(telling: Telling, chosen: &WeightedScores) -> String {
    let words = telling.words();
    match (chosen.gate, chosen.interval) {
        (Ok(Gate::TooWide), _) => words.say("weights-gate-too-wide"),
        (Ok(Gate::SpansBands), _) => words.say("weights-gate-spans-bands"),
        (Ok(Gate::Publish), Ok(interval)) => {
            let limits = numbers::interval(interval, telling.precision, telling.language);
            words.say_with("weights-gate-interval", [("interval", value(limits))])
        }
        (Ok(Gate::Publish), Err(_)) => words.say("weights-gate-holds"),
        (Err(reason), _) => words.say_with("weights-gate-none", [("reason", value(telling.reason(reason)))]),
    }
}

/// How often each pillar is the lowest.
fn lowest(telling: Telling, chosen: &WeightedScores) -> String {
    let Ok(shares) = &chosen.lowest else { return String::new() };
    let share = |(pillar, share): &(Pillar, f64)| {
        let percent = numbers::score(share * 100.0, Precision::Whole, telling.language);
        format!("{} {percent}%", telling.pillar(*pillar))
    };
    let told: Vec<String> = shares.iter().map(share).collect();
    telling.words().say_with("weights-lowest", [("shares", value(told.join(", ")))])
}

/// Tells weights in one language, with the names of one framework version.
#[derive(Clone, Copy)]
pub struct WeightsTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the wave.
    pub framework: &'a Framework,
}

impl WeightsTelling<'_> {
    /// Name of a set.
    #[must_use]
    pub fn set(self, set: WeightSet) -> String {
        let words = self.telling.words();
        match set {
            WeightSet::Pillars => words.say("weights-set-pillars"),
            WeightSet::Families(pillar) => {
                words.say_with("weights-set-families", [("pillar", value(self.telling.pillar(pillar)))])
            }
        }
    }

    /// Name of a thing of a set.
    #[must_use]
    pub fn thing(self, set: WeightSet, code: &str) -> String {
        match set {
            WeightSet::Pillars => {
                let pillar = Pillar::ALL.into_iter().find(|pillar| pillar.code() == code);
                pillar.map_or_else(|| code.to_owned(), |pillar| self.telling.pillar(pillar))
            }
            WeightSet::Families(_) => {
                let family = self.framework.family(code);
                family.map_or_else(|| code.to_owned(), |family| family.name.get(self.telling.language).to_owned())
            }
        }
    }

    /// Who took part, row by row.
    #[must_use]
    pub fn parts(self, parts: &[GroupPart]) -> Vec<PartRow> {
        let row = |part: &GroupPart| PartRow {
            group: self.telling.group(self.framework, &part.group),
            method: self.telling.words().say(&format!("weights-method-{}", part.method.code())),
            people: self.telling.n_of_n(part.people, part.listed),
            again: part.again,
        };
        parts.iter().map(row).collect()
    }

    /// What people gave one set, with the shares of the profile beside where they are known.
    #[must_use]
    pub fn section(self, spread: &SetSpread, shares: Option<&[Shares]>) -> Option<SetSection> {
        let set = WeightSet::from_code(&spread.set)?;
        let shown: Vec<(&GroupSpread, &Vec<f64>)> =
            spread.groups.iter().filter_map(|group| Some((group, group.weights.as_ref().ok()?))).collect();
        let row = |(place, code): (usize, &String)| {
            let beside = shares.and_then(|shares| shares.iter().find(|(known, ..)| known == code));
            let at = |weights: &[f64]| weights.get(place).map_or_else(String::new, |share| self.percent(*share));
            ThingRow {
                name: self.thing(set, code),
                equal: beside.map_or_else(String::new, |(_, equal, _)| self.percent(*equal)),
                chosen: beside.map_or_else(String::new, |(_, _, chosen)| self.percent(*chosen)),
                together: spread.together.as_ref().map_or_else(|why| self.telling.reason(*why), |all| at(all)),
                groups: shown
                    .iter()
                    .map(|(group, weights)| ShareCell { group: self.group(group), share: at(weights) })
                    .collect(),
            }
        };
        Some(SetSection {
            title: self.set(set),
            basis: self.telling.words().say(&format!("weights-basis-{}", spread.basis.code())),
            agreement: self.agreement(spread),
            compared: shares.is_some(),
            groups: shown.iter().map(|(group, _)| self.group(group)).collect(),
            rows: spread.things.iter().enumerate().map(row).collect(),
            withheld: spread.groups.iter().filter_map(|group| self.withheld(group)).collect(),
            middles: spread.groups.iter().filter_map(|group| self.middle(set, spread, group)).collect(),
        })
    }

    fn group(self, group: &GroupSpread) -> String {
        self.telling.group(self.framework, &group.group)
    }

    fn withheld(self, group: &GroupSpread) -> Option<String> {
        let reason = group.weights.as_ref().err()?;
        Some(format!("{}: {}", self.group(group), self.telling.reason(*reason)))
    }

    fn middle(self, set: WeightSet, spread: &SetSpread, group: &GroupSpread) -> Option<String> {
        let middle = group.middle.as_ref().ok()?;
        let things = spread.things.iter().zip(middle).map(|(code, one)| {
            format!("{} {}–{}", self.thing(set, code), self.percent(one.low), self.percent(one.high))
        });
        Some(format!("{}: {}", self.group(group), things.collect::<Vec<_>>().join("; ")))
    }

    fn agreement(self, spread: &SetSpread) -> String {
        let words = self.telling.words();
        let hundredths = |given: Given<f64>| given.ok().map(|agreement| two_decimals(agreement, self.telling.language));
        let Some(agreement) = hundredths(spread.agreement) else { return String::new() };
        let told = words.say_with("weights-agreement", [("agreement", value(agreement))]);
        match spread.concordance.and_then(hundredths) {
            Some(w) => format!("{told} {}", words.say_with("weights-concordance", [("w", value(w))])),
            None => told,
        }
    }

    /// A share in whole percent.
    #[must_use]
    pub fn percent(self, share: f64) -> String {
        format!("{}%", numbers::score(share * 100.0, Precision::Whole, self.telling.language))
    }
}

/// A number with two decimals.
fn two_decimals(number: f64, language: Language) -> String {
    let text = format!("{number:.2}");
    match language {
        Language::It => text.replace('.', ","),
        Language::En => text,
    }
}

impl SetSection {
    /// Sections with and without the weights of the profile beside, and with groups that are withheld.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let cell = || ShareCell { group: "Ente pubblico".to_owned(), share: "45%".to_owned() };
        let section = |compared: bool, groups: Vec<ShareCell>| Self {
            title: "I tre pilastri".to_owned(),
            basis: "Valgono i pesi scelti insieme.".to_owned(),
            agreement: if compared { "Accordo 0,87.".to_owned() } else { String::new() },
            compared,
            groups: groups.iter().map(|cell| cell.group.clone()).collect(),
            rows: vec![ThingRow {
                name: "Risultati".to_owned(),
                equal: if compared { "33%".to_owned() } else { String::new() },
                chosen: if compared { "45%".to_owned() } else { String::new() },
                together: "45%".to_owned(),
                groups,
            }],
            withheld: if compared { vec!["Fondazione: meno di cinque".to_owned()] } else { Vec::new() },
            middles: if compared { vec!["Ente pubblico: Risultati 40%–50%".to_owned()] } else { Vec::new() },
        };
        vec![section(true, vec![cell()]), section(false, Vec::new())]
    }
}

impl PartRow {
    /// One row.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![Self {
            group: "Ente pubblico".to_owned(),
            method: "cento punti".to_owned(),
            people: "7 di 9".to_owned(),
            again: 5,
        }]
    }
}

impl Page for WeightsPage {
    const TEMPLATE: &'static str = "waves/weights";

    fn samples() -> Vec<Self> {
        let page = |note: &str| Self {
            project: "Orto".to_owned(),
            project_href: "/it/projects/1".to_owned(),
            wave: "T0 · Ex ante".to_owned(),
            results_href: "/it/waves/1".to_owned(),
            frozen: "Fissati il 3 maggio 2026 da Ada.".to_owned(),
            note: note.to_owned(),
            compared: ComparedWeights::sample(),
            sets: SetSection::samples(),
            parts: PartRow::samples(),
            profile_href: "/it/waves/1/weights/profile.toml".to_owned(),
        };
        vec![page(""), page("Dopo l'assemblea.")]
    }
}
