// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was decided about a wave as a table: a row for each action and effect expected of it, and one for each first
//! priority that is still without an answer.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::book::{Cell, Column, Filled, Kind, Table};
use super::results::WaveOf;
use crate::domain::decision::Decision;
use crate::domain::decision_log::{
    DecisionLog, Effect, LogAction, LogEntry, Number, Observed, ObservedChange, Unanswered,
};
use crate::domain::score::Interval;
use crate::domain::text::{Language, Text};

/// What every row says, of which wave it is.
const ABOUT: [(&str, &str); 5] = [
    ("ente", "Ente titolare · Body"),
    ("progetto", "Progetto · Project"),
    ("rilevazione", "Codice della rilevazione · Code of the wave"),
    ("tipo_rilevazione", "Tipo di rilevazione · Type of wave"),
    ("riga", "Che cosa è la riga: decisione, senza_risposta · What the row is"),
];
/// What was found, with its number.
const FOUND: [(&str, &str); 8] = [
    ("indicatore", "Codice dell'indicatore · Code of the indicator"),
    ("nome_indicatore", "Nome dell'indicatore · Name of the indicator"),
    ("constatazione", "Che cosa è emerso, in parole · What was found, in words"),
    ("punteggio", "Punteggio da 0 a 100, come pubblicato · Score from 0 to 100, as published"),
    ("intervallo_inferiore", "Limite inferiore, 95 % · Lower limit"),
    ("intervallo_superiore", "Limite superiore, 95 % · Upper limit"),
    ("motivo_assenza", "Perché il punteggio manca · Why there is no score"),
    ("priorita", "Posto tra le priorità, se è senza risposta · Place among the priorities, if without an answer"),
];
/// What was decided.
const DECIDED: [(&str, &str); 3] = [
    ("esito", "taken: si agisce; not_taken: non si agisce · Whether something is done"),
    ("motivo", "Perché · Why"),
    ("scritta_il", "Giorno in cui fu scritta o corretta · Day on which it was written or corrected"),
];
/// What is done.
const DONE: [(&str, &str); 11] = [
    ("azione", "Che cosa si fa · What is done"),
    ("responsabile", "Chi ne risponde · Who answers for it"),
    ("gruppo", "Codice del gruppo · Code of the group"),
    ("scadenza", "Entro · By"),
    ("risorse", "Con che cosa · With what"),
    ("stato", "planned, under_way, done, abandoned · How it stands"),
    ("in_ritardo", "si, no: la scadenza è passata · Whether its day has passed"),
    ("nota_stato", "A che punto è, o perché è stata abbandonata · How far it is, or why it was abandoned"),
    ("evidenza", "Che cosa lo mostra · What shows it"),
    ("collegamento", "Indirizzo di un documento · Address of a document"),
    ("torna_al_comitato", "si, no: fatta, ma l'indicatore è peggiorato · Done, but the indicator worsened"),
];
/// What was expected and observed.
const EXPECTED: [(&str, &str); 9] = [
    ("atteso_indicatore", "Codice dell'indicatore che dovrebbe migliorare · Code of the indicator that should improve"),
    ("atteso_punti", "Variazione attesa, con il segno · Change expected, with its sign"),
    ("atteso_entro", "Tipo di rilevazione entro cui · Type of wave by which"),
    ("osservato_in", "Codice della rilevazione in cui · Code of the wave in which"),
    ("osservato_punti", "Variazione osservata · Change observed"),
    ("osservato_inferiore", "Limite inferiore, 95 % · Lower limit"),
    ("osservato_superiore", "Limite superiore, 95 % · Upper limit"),
    ("osservato_giudizio", "Codice del giudizio · Code of the verdict"),
    ("osservato_motivo_assenza", "Perché la variazione manca · Why there is no change"),
];

/// The decisions of a wave.
#[must_use]
pub fn decisions_table<'a>(wave: &WaveOf<'a>, log: &'a DecisionLog) -> Filled<'a> {
    let columns = ABOUT.iter().chain(&FOUND).chain(&DECIDED).chain(&DONE).chain(&EXPECTED);
    let columns = columns.map(|(name, label)| Column::new(name, label, kind(name))).collect();
    let mut rows: Vec<Vec<Cell<'a>>> = log.entries.iter().flat_map(|entry| decided(wave, entry)).collect();
    rows.extend(log.unanswered.iter().map(|one| open(wave, one)));
    Filled::new(Table { name: "Decisioni", columns }, rows)
}

fn kind(name: &str) -> Kind {
    match name {
        "scritta_il" | "scadenza" => Kind::Day,
        "priorita" => Kind::Whole { least: 1 },
        "punteggio"
        | "intervallo_inferiore"
        | "intervallo_superiore"
        | "atteso_punti"
        | "osservato_punti"
        | "osservato_inferiore"
        | "osservato_superiore" => Kind::Decimal,
        _ => Kind::Text { longest: 0 },
    }
}

/// A row for each action and effect; one where there is none.
fn decided<'a>(wave: &WaveOf<'a>, entry: &'a LogEntry) -> Vec<Vec<Cell<'a>>> {
    let decision = &entry.decision.current;
    let begun = || {
        let mut row = about(wave, "decisione");
        row.extend(found(wave, &decision.finding.indicator, said(&decision.finding.words)));
        row.extend(number(entry.number.as_ref()));
        row.push(Cell::Nothing);
        row.extend(told(decision));
        row
    };
    let mut rows = Vec::new();
    for action in &entry.actions {
        let with = |effect: Option<&'a Effect>| {
            let mut row = begun();
            row.extend(done(action));
            row.extend(effect.map_or([Cell::Nothing; 9], observed));
            row
        };
        if action.effects.is_empty() {
            rows.push(with(None));
        }
        rows.extend(action.effects.iter().map(|effect| with(Some(effect))));
    }
    if rows.is_empty() {
        let mut row = begun();
        row.extend([Cell::Nothing; 20]);
        rows.push(row);
    }
    rows
}

fn open<'a>(wave: &WaveOf<'a>, one: &'a Unanswered) -> Vec<Cell<'a>> {
    let mut row = about(wave, "senza_risposta");
    row.extend(found(wave, &one.priority.indicator, Cell::Nothing));
    row.extend(number(Some(&one.number)));
    row.push(u64::try_from(one.priority.place).map_or(Cell::Nothing, Cell::Whole));
    row.extend([Cell::Nothing; 23]);
    row
}

fn about<'a>(wave: &WaveOf<'a>, what: &'static str) -> Vec<Cell<'a>> {
    vec![
        Cell::of(&wave.organisation.name),
        Cell::of(&wave.project.name),
        Cell::of(&wave.wave.code),
        Cell::of(&wave.wave.wave_type),
        Cell::Text(what),
    ]
}

fn found<'a>(wave: &WaveOf<'a>, indicator: &'a str, words: Cell<'a>) -> [Cell<'a>; 3] {
    let name = wave.framework.indicator(indicator).map(|known| &known.name);
    [Cell::of(indicator), name.map_or(Cell::Nothing, said), words]
}

fn number(number: Option<&Number>) -> [Cell<'static>; 4] {
    let Some(number) = number else { return [Cell::Nothing; 4] };
    let interval = number.value.and(number.interval).ok();
    let [low, high] = limits(interval);
    let reason = number.value.err().map_or(Cell::Nothing, |why| Cell::Text(why.code()));
    [number.value.map_or(Cell::Nothing, Cell::Decimal), low, high, reason]
}

fn limits(interval: Option<Interval>) -> [Cell<'static>; 2] {
    interval.map_or([Cell::Nothing; 2], |found| [Cell::Decimal(found.low), Cell::Decimal(found.high)])
}

fn told(decision: &Decision) -> [Cell<'_>; 3] {
    [Cell::Text(decision.outcome.code()), said(&decision.reason), Cell::Day(day_of(decision.at))]
}

fn done(action: &LogAction) -> [Cell<'_>; 11] {
    let current = &action.action.current;
    [
        said(&current.title),
        Cell::of(&current.owner),
        Cell::of(&current.group),
        Cell::Day(current.due_on),
        said(&current.resources),
        Cell::Text(current.state.code()),
        yes(action.overdue),
        said(&current.state_note),
        said(&current.evidence),
        Cell::of(&current.link),
        yes(action.returns()),
    ]
}

fn observed(effect: &Effect) -> [Cell<'_>; 9] {
    let none = [Cell::Nothing; 6];
    let [wave, points, low, high, verdict, reason] = match &effect.observed {
        Observed::NotYet => none,
        Observed::Change { wave, change: Err(why) } => {
            let [_, points, low, high, verdict, _] = none;
            [Cell::of(wave), points, low, high, verdict, Cell::Text(why.code())]
        }
        Observed::Change { wave, change: Ok(ObservedChange { difference, interval, verdict, .. }) } => {
            let [low, high] = limits(interval.ok());
            [Cell::of(wave), Cell::Decimal(*difference), low, high, Cell::Text(verdict.code()), Cell::Nothing]
        }
    };
    let expected = &effect.expected;
    let aimed = Cell::Decimal(effect.expected_difference());
    [Cell::of(&expected.indicator), aimed, Cell::of(&expected.wave_type), wave, points, low, high, verdict, reason]
}

/// Words, Italian where there are any.
fn said(text: &Text) -> Cell<'_> {
    Cell::of(text.get(Language::It))
}

const fn yes(is: bool) -> Cell<'static> {
    if is { Cell::Text("si") } else { Cell::Text("no") }
}

/// The day of a moment in Italy.
pub(super) fn day_of(at: jiff::Timestamp) -> Date {
    at.to_zoned_datetime(TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC)).date()
}
