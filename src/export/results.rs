// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The results of one closed wave as tables: which row and column holds what? One model for every format.
//!
//! A number that is not given leaves its cell empty, and `motivo_assenza` says why. How many answered is then empty
//! too: a count below the least that is shown never leaves.

use super::book::{Cell, Column, Filled, Kind, Table};
use crate::domain::decision_log::DecisionLog;
use crate::domain::discussion::Restitution;
use crate::domain::framework::Framework;
use crate::domain::place::{Municipality, Region};
use crate::domain::profile::Profile;
use crate::domain::programme::{Edition, Organisation, Programme, Project};
use crate::domain::score::{Band, Flag, Given, Interval, WaveScores, Withheld};
use crate::domain::text::{Language, Text};
use crate::domain::wave::Wave;

/// The results of a wave with everything around them.
#[derive(Clone, Copy, Debug)]
pub struct WaveOf<'a> {
    /// The body that asked.
    pub organisation: &'a Organisation,
    /// Edition and programme, if any.
    pub edition: Option<&'a (Edition, Programme)>,
    /// The project.
    pub project: &'a Project,
    /// Where it works, where that is known.
    pub place: Option<&'a (Municipality, Region)>,
    /// The wave.
    pub wave: &'a Wave,
    /// Its framework version.
    pub framework: &'a Framework,
    /// The rules of its scores.
    pub profile: &'a Profile,
    /// Its scores.
    pub scores: &'a WaveScores,
    /// What was decided about it.
    pub decisions: &'a DecisionLog,
    /// What is said of them.
    pub restitution: &'a Restitution,
}

/// Names that are made once for all rows.
#[derive(Clone, Debug)]
pub struct Words {
    profile_sha256: String,
    edition: String,
    /// What to know about each row of scores, in their order.
    flags: Vec<String>,
}

/// The numbers of a row of scores.
struct Numbers {
    valid: Cell<'static>,
    listed: Option<u32>,
    mean: Given<f64>,
    interval: Given<Interval>,
    band: Option<Given<Band>>,
}

/// Columns that say of which wave a row is, in both tables.
const ABOUT: [(&str, &str); 22] = [
    ("ente", "Ente titolare · Body"),
    ("codice_ipa", "Codice IPA dell'ente · IPA code of the body"),
    ("codice_fiscale", "Codice fiscale dell'ente · Tax code of the body"),
    ("programma", "Programma · Programme"),
    ("edizione", "Edizione · Edition"),
    ("anno_edizione", "Anni dell'edizione · Years of the edition"),
    ("progetto", "Progetto · Project"),
    ("codice_istat_comune", "Codice ISTAT del comune · ISTAT code of the municipality"),
    ("comune", "Comune · Municipality"),
    ("codice_regione", "Codice ISTAT della regione · ISTAT code of the region"),
    ("regione", "Regione · Region"),
    ("rilevazione", "Codice della rilevazione · Code of the wave"),
    ("tipo_rilevazione", "Tipo di rilevazione · Type of wave"),
    ("aperta_il", "Primo giorno · First day"),
    ("chiusa_il", "Ultimo giorno · Last day"),
    ("quadro", "Quadro di indicatori · Framework"),
    ("versione_quadro", "Versione del quadro · Version of the framework"),
    ("sha256_quadro", "Impronta SHA-256 del quadro · SHA-256 of the framework"),
    ("sha256_profilo", "Impronta SHA-256 delle regole di calcolo · SHA-256 of the scoring profile"),
    ("vista", "Per chi sono i numeri · For whose eyes"),
    ("pilastro", "Pilastro · Pillar"),
    ("indicatore", "Codice dell'indicatore · Code of the indicator"),
];

impl Words {
    /// The names of a wave.
    #[must_use]
    pub fn of(wave: &WaveOf<'_>) -> Self {
        let edition = wave.edition.map_or_else(String::new, |(edition, _)| edition.name.get(Language::It).to_owned());
        let mut flags = Vec::new();
        for indicator in &wave.scores.indicators {
            flags.extend(indicator.groups.iter().map(|group| coded(&group.flags)));
            flags.push(coded(&indicator.overall.flags));
        }
        flags.extend(wave.scores.pillars.iter().map(|pillar| coded(&pillar.flags)));
        Self { profile_sha256: wave.profile.sha256(), edition, flags }
    }
}

impl<'a> WaveOf<'a> {
    /// The scores: one row per indicator and group, one for all groups together, one per pillar, one of all.
    #[must_use]
    pub fn scores_table(&self, words: &'a Words) -> Filled<'a> {
        let mut columns = about();
        let text = |name, label| Column::text(name, label);
        columns.extend([
            text("nome_indicatore", "Nome dell'indicatore · Name of the indicator, Italian"),
            text("nome_indicatore_en", "Nome dell'indicatore in inglese · Name of the indicator, English"),
            text("riga", "Che cosa è la riga: gruppo, insieme, pilastro, composito · What the row is"),
            text("gruppo", "Codice del gruppo · Code of the group"),
            text("nome_gruppo", "Nome del gruppo · Name of the group, Italian"),
            text("nome_gruppo_en", "Nome del gruppo in inglese · Name of the group, English"),
            text("voce", "Regola che unisce i gruppi · Rule that joins the groups"),
            Column::new("risposte_valide", "Risposte valide (n) · Valid answers", self.count()),
            Column::new("in_elenco", "Persone in elenco (N) · People listed", Kind::Whole { least: 0 }),
            Column::new("media", "Punteggio da 0 a 100 · Score from 0 to 100", Kind::Decimal),
            Column::new("intervallo_inferiore", "Limite inferiore, 95 % · Lower limit", Kind::Decimal),
            Column::new("intervallo_superiore", "Limite superiore, 95 % · Upper limit", Kind::Decimal),
            text("fascia", "Fascia: strength, to_discuss, concern · Band"),
            text("motivo_assenza", "Perché la media manca · Why there is no mean"),
            text("motivo_assenza_intervallo", "Perché l'intervallo manca · Why there is no interval"),
            text("avvertenze", "Che cosa sapere del numero · What to know beside it"),
        ]);
        let mut rows = self.indicator_rows(words);
        self.pillar_rows(words, &mut rows);
        for (row, flags) in rows.iter_mut().zip(&words.flags) {
            row.push(Cell::of(flags));
        }
        rows.push(self.composite_row(words));
        Filled::new(Table { name: "Risultati", columns }, rows)
    }

    fn indicator_rows(&self, words: &'a Words) -> Vec<Vec<Cell<'a>>> {
        let mut rows = Vec::new();
        for score in &self.scores.indicators {
            for group in &score.groups {
                let name = self.framework.group(&group.group).map(|known| &known.name);
                let mut row = self.begun(words, score.pillar.code(), &score.indicator, "gruppo");
                row.extend([Cell::of(&group.group), italian(name), english(name), Cell::Nothing]);
                row.extend(Numbers::cells(&Numbers {
                    valid: shown(group.valid, &group.mean),
                    listed: group.listed,
                    mean: group.mean,
                    interval: group.interval,
                    band: Some(group.band),
                }));
                rows.push(row);
            }
            let overall = &score.overall;
            let mut row = self.begun(words, score.pillar.code(), &score.indicator, "insieme");
            row.extend([Cell::Nothing, Cell::Nothing, Cell::Nothing, Cell::Text(overall.voice.code())]);
            row.extend(Numbers::cells(&Numbers {
                valid: shown(overall.valid, &overall.value()),
                listed: overall.listed,
                mean: overall.value(),
                interval: overall.interval,
                band: Some(overall.band),
            }));
            rows.push(row);
        }
        rows
    }

    fn pillar_rows(&self, words: &'a Words, rows: &mut Vec<Vec<Cell<'a>>>) {
        for score in &self.scores.pillars {
            let mut row = self.begun(words, score.pillar.code(), "", "pilastro");
            row.extend([Cell::Nothing, Cell::Nothing, Cell::Nothing, Cell::Text(self.profile.voice.code())]);
            row.extend(Numbers::cells(&Numbers::alone(score.value, score.interval)));
            rows.push(row);
        }
    }

    fn composite_row(&self, words: &'a Words) -> Vec<Cell<'a>> {
        let composite = &self.scores.composite;
        let mut row = self.begun(words, "", "", "composito");
        row.extend([Cell::Nothing, Cell::Nothing, Cell::Nothing, Cell::Text(self.profile.voice.code())]);
        row.extend(Numbers::cells(&Numbers::alone(composite.linear, composite.interval)));
        row.push(Cell::Nothing);
        row
    }

    /// Both ends of every item's scale: one row per item, everybody together.
    #[must_use]
    pub fn items_table(&self, words: &'a Words) -> Filled<'a> {
        let mut columns = about();
        let share = |name, label| Column::new(name, label, Kind::Whole { least: 0 });
        columns.extend([
            Column::text("domanda", "Codice della domanda · Code of the item"),
            Column::text("testo", "Testo · Text, Italian"),
            Column::text("testo_en", "Testo in inglese · Text, English"),
            Column::new("risposte", "Risposte sulla scala · Answers on the scale", self.count()),
            share("ai_due_punti_alti", "Di queste, ai due punti più alti · Of them, in the two highest points"),
            share("ai_due_punti_bassi", "Di queste, ai due punti più bassi · Of them, in the two lowest points"),
            share("non_so", "Non so · Don't know"),
            Column::text("motivo_assenza", "Perché i conteggi mancano · Why there are no counts"),
        ]);
        let items = self.scores.indicators.iter().flat_map(|score| score.items.iter().map(move |item| (score, item)));
        let rows = items.map(|(score, shares)| {
            let item = self.framework.items().find(|(_, item)| item.code == shares.item);
            let said = item.map(|(_, item)| &item.text);
            let mut row = self.about(words, score.pillar.code(), &score.indicator);
            row.extend([Cell::of(&shares.item), italian(said), english(said)]);
            let counts = [shares.answers, shares.top, shares.bottom, shares.dont_know];
            row.extend(counts.map(|count| count.map_or(Cell::Nothing, Cell::Whole)));
            row.push(reason(counts.iter().find_map(|count| count.err())));
            row
        });
        Filled::new(Table { name: "Domande", columns }, rows.collect())
    }

    /// Whole numbers of people: none below the least that is shown.
    const fn count(&self) -> Kind {
        Kind::Whole { least: self.profile.k_show }
    }

    fn begun(&self, words: &'a Words, pillar: &'static str, indicator: &'a str, what: &'static str) -> Vec<Cell<'a>> {
        let name = self.framework.indicator(indicator).map(|known| &known.name);
        let mut row = self.about(words, pillar, indicator);
        row.extend([italian(name), english(name), Cell::Text(what)]);
        row
    }

    fn about(&self, words: &'a Words, pillar: &'static str, indicator: &'a str) -> Vec<Cell<'a>> {
        let (body, wave) = (self.organisation, self.wave);
        let (municipality, region) = self.place.map(|(municipality, region)| (municipality, region)).unzip();
        vec![
            Cell::of(&body.name),
            Cell::maybe(body.details.ipa_code.as_deref()),
            Cell::maybe(body.details.tax_code.as_deref()),
            Cell::maybe(self.edition.map(|(_, programme)| programme.name.as_str())),
            Cell::of(&words.edition),
            Cell::maybe(self.edition.map(|(edition, _)| edition.years.as_str())),
            Cell::of(&self.project.name),
            Cell::maybe(municipality.map(|one| one.code.as_str())),
            Cell::maybe(municipality.map(|one| one.name.as_str())),
            Cell::maybe(region.map(|one| one.code.as_str())),
            Cell::maybe(region.map(|one| one.name.as_str())),
            Cell::of(&wave.code),
            Cell::of(&wave.wave_type),
            Cell::Day(wave.opens_on),
            Cell::Day(wave.closes_on),
            Cell::of(&self.framework.id),
            Cell::of(&self.framework.version),
            Cell::of(&wave.framework_sha256),
            Cell::of(&words.profile_sha256),
            Cell::Text(self.scores.view.code()),
            Cell::of(pillar),
            Cell::of(indicator),
        ]
    }
}

impl Numbers {
    const fn alone(mean: Given<f64>, interval: Given<Interval>) -> Self {
        Self { valid: Cell::Nothing, listed: None, mean, interval, band: None }
    }

    fn cells(&self) -> [Cell<'static>; 8] {
        let limit = |side: fn(Interval) -> f64| self.interval.map_or(Cell::Nothing, |one| Cell::Decimal(side(one)));
        let band = self.band.and_then(Result::ok).filter(|_| self.mean.is_ok());
        [
            self.valid,
            self.listed.map_or(Cell::Nothing, |listed| Cell::Whole(listed.into())),
            self.mean.map_or(Cell::Nothing, Cell::Decimal),
            limit(|one| one.low),
            limit(|one| one.high),
            band.map_or(Cell::Nothing, |band| Cell::Text(band.code())),
            reason(self.mean.err()),
            reason(self.interval.err()),
        ]
    }
}

fn about() -> Vec<Column> {
    let column = |(name, label): &(&str, &str)| match *name {
        "aperta_il" | "chiusa_il" => Column::new(name, label, Kind::Day),
        _ => Column::text(name, label),
    };
    ABOUT.iter().map(column).collect()
}

/// A count, where what it counts is given.
fn shown(valid: u32, mean: &Given<f64>) -> Cell<'static> {
    mean.as_ref().map_or(Cell::Nothing, |_| Cell::Whole(valid.into()))
}

fn reason(why: Option<Withheld>) -> Cell<'static> {
    why.map_or(Cell::Nothing, |why| Cell::Text(why.code()))
}

pub(super) fn italian(text: Option<&Text>) -> Cell<'_> {
    text.map_or(Cell::Nothing, |text| Cell::of(text.get(Language::It)))
}

pub(super) fn english(text: Option<&Text>) -> Cell<'_> {
    text.map_or(Cell::Nothing, |text| Cell::of(text.get(Language::En)))
}

fn coded(flags: &[Flag]) -> String {
    flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" ")
}
