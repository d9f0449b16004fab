// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the charts look like with ordinary, with extreme and with no data?

use super::diverging::{BarRow, BarWords, DivergingBars, Shares};
use super::dot_interval::{DotHeadings, DotInterval, DotRow};
use super::figure::{Anchor, Caption, Figure};
use super::funnel::{Funnel, FunnelPoint, FunnelWords};
use super::group_gaps::{GapGroup, GapHeadings, GapRow, GroupGaps};
use super::legend::{Key, Symbol};
use super::reading::{Interval, Point, Range, Reading, Refused};
use super::series::{Series, Tone, Verdict};
use super::slope::{Slope, SlopeLine, SlopeWords, Wave};

const GROUPS: [&str; 8] = [
    "Pubblica amministrazione",
    "Cooperazione sociale",
    "Associazioni ed enti del Terzo settore",
    "Fondazioni",
    "Imprese",
    "Società civile",
    "Persone beneficiarie",
    "Facilitazione",
];
const INDICATORS: [&str; 8] = [
    "Fiducia reciproca",
    "Chiarezza dei ruoli",
    "Tempo e risorse dedicate al lavoro comune",
    "Continuità delle persone coinvolte",
    "Influenza sulle decisioni",
    "Qualità del dialogo tra enti diversi",
    "Peso degli adempimenti amministrativi",
    "Benefici per chi usa il servizio",
];
const WAVES: [&str; 6] =
    ["T0 marzo 2024", "T1 ottobre 2024", "T2 marzo 2025", "T3 ottobre 2025", "T4 marzo 2026", "T5 ottobre 2026"];
const FEW: &str = "meno di 5 risposte";
const TABLE: &str = "I numeri in tabella";

impl DotInterval {
    /// Ordinary; with everything at its worst; one row; none.
    #[must_use]
    pub fn samples() -> Vec<Figure> {
        let charts = [ordinary_dots(), extreme_dots(), dots(vec![dot(0, Some((100.0, 0.0)))]), dots(Vec::new())];
        let caption = caption(
            "Fattori facilitanti, ostacoli e risultati",
            "Otto indicatori su una scala da 0 a 100: la fiducia reciproca è la più alta, il tempo il più basso.",
        );
        figures("punti", &caption, charts, DotInterval::figure)
    }
}

impl GroupGaps {
    /// Ordinary; all equal, with long names; one row with all groups withheld; none.
    #[must_use]
    pub fn samples() -> Vec<Figure> {
        let equal = gaps(&[[Some(50.0); 8], [Some(0.0); 8], [Some(100.0); 8]]);
        let charts = [ordinary_gaps(), equal, gaps(&[[None; 8]]), gaps(&[])];
        let caption = caption(
            "Dove i gruppi vedono cose diverse",
            "Lo scarto più ampio riguarda l'influenza sulle decisioni: 52 punti tra fondazioni e persone beneficiarie.",
        );
        figures("scarti", &caption, charts.into_iter().flatten(), GroupGaps::figure)
    }
}

impl DivergingBars {
    /// Ordinary with one withheld; all at one end, with long questions; none.
    #[must_use]
    pub fn samples() -> Vec<Figure> {
        let ordinary = bars(&[Some([3, 8, 20]), Some([14, 9, 8]), None]);
        let extreme = bars(&[Some([31, 0, 0]), Some([0, 31, 0]), Some([0, 0, 31])]);
        let caption =
            caption("Come si distribuiscono le risposte", "Alla prima domanda quasi tutti rispondono in alto.");
        figures("risposte", &caption, [ordinary, extreme, bars(&[])], DivergingBars::figure)
    }
}

impl Funnel {
    /// Eight projects; everybody at the ends with long names; none.
    #[must_use]
    pub fn samples() -> Vec<Figure> {
        let eight =
            [(71.2, 3.1), (58.4, 5.8), (66.0, 2.4), (49.5, 6.9), (62.3, 4.0), (77.8, 8.2), (55.1, 3.5), (64.7, 2.9)];
        let ends = [(0.0, 30.0), (100.0, 0.1), (100.0, 30.0), (0.0, 0.1), (50.0, 12.0)];
        let caption = caption("I progetti e la loro media", "Nessun progetto sta fuori dai limiti.");
        figures("imbuto", &caption, [funnel(&eight), funnel(&ends), funnel(&[])], Funnel::figure)
    }
}

impl Slope {
    /// Several lines; one line with intervals; eight equal lines over six waves; nobody shown; none.
    #[must_use]
    pub fn samples() -> Vec<Figure> {
        let equal = slopes(6, &[&[Some(50.0); 6] as &[_]; 8], None);
        let nobody = slopes(2, &[&[None, None] as &[_]; 14], None);
        let charts = [ordinary_slopes(), single_slope(), equal, nobody, slopes(2, &[], None)];
        let caption = caption(
            "Che cosa è cambiato",
            "Tra T0 e T3 cresce la fiducia reciproca; il tempo dedicato diminuisce; per il resto il caso non si esclude.",
        );
        figures("variazioni", &caption, charts.into_iter().flatten(), Slope::figure)
    }
}

fn figures<C>(
    name: &str,
    caption: &Caption,
    charts: impl IntoIterator<Item = C>,
    figure: impl Fn(&C, &Anchor, &Caption) -> Figure,
) -> Vec<Figure> {
    let numbered = charts.into_iter().enumerate();
    numbered.map(|(index, chart)| figure(&chart, &Anchor::new(&format!("{name}-{index}")), caption)).collect()
}

fn caption(title: &str, sentence: &str) -> Caption {
    Caption {
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        description: "Grafico su una scala da 0 a 100; gli stessi numeri sono nella tabella che segue.".to_owned(),
        table_summary: TABLE.to_owned(),
        table_caption: title.to_owned(),
    }
}

fn reading(value: Option<f64>, half_width: f64) -> Reading {
    let Some(value) = value else { return Reading::Withheld(FEW.to_owned()) };
    let (low, high) = (value - half_width, value + half_width);
    let shown = format!("{:.0}–{:.0}", low.max(0.0), high.min(100.0));
    let interval = if half_width > 0.0 { Interval::new(low, high, shown).ok() } else { None };
    match Point::new(value, format!("{value:.0}")) {
        Ok(point) => Reading::Shown(point, interval),
        Err(refused) => Reading::Withheld(refused.to_string()),
    }
}

fn bars(rows: &[Option<[u64; 3]>]) -> DivergingBars {
    let percent =
        |counts: [u64; 3]| counts.map(|count| format!("{}%", 100 * count / counts.iter().sum::<u64>().max(1)));
    let row = |(place, counts): (usize, &Option<[u64; 3]>)| BarRow {
        label: format!("{}: {}", INDICATORS.get(place).copied().unwrap_or_default(), INDICATORS.join(", ")),
        sublabel: "31 risposte".to_owned(),
        answers: counts.and_then(|counts| Shares::new(counts, percent(counts))).ok_or_else(|| FEW.to_owned()),
    };
    let words = BarWords {
        row: "Domanda".to_owned(),
        sublabel: "Risposte".to_owned(),
        parts: ["i due punti più bassi", "in mezzo", "i due punti più alti"].map(str::to_owned),
    };
    DivergingBars { rows: rows.iter().enumerate().map(row).collect(), words }
}

fn funnel(points: &[(f64, f64)]) -> Funnel {
    let point = |(place, (score, error)): (usize, &(f64, f64))| {
        let label = INDICATORS.get(place).copied().unwrap_or_default().to_owned();
        Some(FunnelPoint {
            label,
            point: Point::new(*score, format!("{score:.0}")).ok()?,
            error: (*error, format!("{error:.1}")),
        })
    };
    let words = FunnelWords {
        axis: "Punteggio, da 0 a 100".to_owned(),
        error: "Quanto è incerto il punteggio: a sinistra di più, a destra di meno".to_owned(),
        row: "Progetto".to_owned(),
        value: "Punteggio".to_owned(),
        lines: ["la media", "limite del 95%", "limite del 99,8%"].map(str::to_owned),
    };
    Funnel { points: points.iter().enumerate().filter_map(point).collect(), mean: 63.2, spread: 6.5, words }
}

fn series(position: usize) -> Tone {
    Tone::Series(Series::at(position))
}

fn dot(position: usize, value: Option<(f64, f64)>) -> DotRow {
    let tone = match position {
        0 | 1 | 3 | 5 => Tone::Facilitators,
        2 | 6 => Tone::Obstacles,
        _ => Tone::Results,
    };
    DotRow {
        label: INDICATORS.get(position).copied().unwrap_or("Altro indicatore").to_owned(),
        sublabel: Some(format!("n {} di 20", 18 - position % 13)),
        tone,
        reading: reading(value.map(|(value, _)| value), value.map_or(0.0, |(_, half_width)| half_width)),
    }
}

fn dots(rows: Vec<DotRow>) -> DotInterval {
    let key = |symbol, label: &str| Key { symbol, label: label.to_owned() };
    DotInterval {
        rows,
        axis: Some("Punteggio da 0 a 100".to_owned()),
        band: None,
        keys: vec![
            key(Symbol::Dot(Tone::Facilitators), "Fattori facilitanti"),
            key(Symbol::Dot(Tone::Obstacles), "Ostacoli"),
            key(Symbol::Dot(Tone::Results), "Risultati"),
            key(Symbol::Interval, "Intervallo al 95%"),
        ],
        headings: DotHeadings {
            row: "Indicatore".to_owned(),
            sublabel: "Risposte".to_owned(),
            value: "Punteggio".to_owned(),
            interval: "Intervallo al 95%".to_owned(),
        },
    }
}

fn ordinary_dots() -> DotInterval {
    let values =
        [(81.0, 7.0), (64.0, 11.0), (34.0, 9.0), (58.0, 16.0), (47.0, 12.0), (72.0, 8.0), (0.0, 0.0), (91.0, 14.0)];
    let row = |(position, value)| dot(position, (position != 6).then_some(value));
    let mut chart = dots(values.into_iter().enumerate().map(row).collect());
    chart.band = Range::new(45.0, 70.0, "Metà centrale dei progetti del programma").ok();
    chart
}

fn extreme_dots() -> DotInterval {
    let labels = [
        "Capacità di coinvolgere le persone che di solito non partecipano ".repeat(5),
        "Precipitevolissimevolmente".repeat(6),
        "協働の質と信頼".repeat(20),
        "Довіра між учасниками спільного проєкту".to_owned(),
        "<b>«Enti» & 'reti'</b> \"in rete\"".to_owned(),
        String::new(),
    ];
    let values =
        [Some((0.0, 12.0)), Some((100.0, 30.0)), Some((50.0, 80.0)), None, Some((0.0, 0.0)), Some((100.0, 0.0))];
    let row = |index: usize| {
        let mut row = dot(index, values.get(index % values.len()).copied().flatten());
        row.label = labels.get(index % labels.len()).cloned().unwrap_or_default();
        row.tone = series(index);
        row
    };
    dots((0..60).map(row).collect())
}

fn gaps(values: &[[Option<f64>; 8]]) -> Result<GroupGaps, Refused> {
    let group = |(position, label): (usize, &&str)| GapGroup { label: (*label).to_owned(), tone: series(position) };
    let row = |(position, values): (usize, &[Option<f64>; 8])| GapRow {
        label: INDICATORS.get(position % INDICATORS.len()).copied().unwrap_or_default().to_owned(),
        sublabel: None,
        readings: values.iter().map(|value| reading(*value, 0.0)).collect(),
        gap: gap(values),
    };
    let headings = GapHeadings {
        row: "Indicatore".to_owned(),
        gap: "Scarto".to_owned(),
        axis: Some("Punteggio medio del gruppo, da 0 a 100".to_owned()),
    };
    GroupGaps::new(
        GROUPS.iter().enumerate().map(group).collect(),
        values.iter().enumerate().map(row).collect(),
        headings,
    )
}

fn gap(values: &[Option<f64>]) -> Option<String> {
    let low = values.iter().flatten().copied().reduce(f64::min)?;
    let high = values.iter().flatten().copied().reduce(f64::max)?;
    Some(format!("{:.0}", high - low))
}

fn ordinary_gaps() -> Result<GroupGaps, Refused> {
    let some = |values: [f64; 8]| values.map(|value| (value >= 0.0).then_some(value));
    gaps(&[
        some([78.0, 74.0, 81.0, 88.0, 70.0, 66.0, 75.0, 80.0]),
        some([62.0, 55.0, 58.0, 71.0, -1.0, 49.0, -1.0, 60.0]),
        some([30.0, 41.0, 28.0, 55.0, 33.0, 35.0, 47.0, 29.0]),
        some([61.0, 60.0, 62.0, 61.0, 63.0, 60.0, 59.0, 61.0]),
        some([68.0, 57.0, 50.0, 82.0, 61.0, 38.0, 30.0, 66.0]),
        some([100.0, 91.0, 88.0, 97.0, 84.0, 79.0, 74.0, 93.0]),
    ])
}

fn slopes(waves: usize, values: &[&[Option<f64>]], verdicts: Option<&[Verdict]>) -> Result<Slope, Refused> {
    let wave = |label: &&str| Wave { label: (*label).to_owned(), position: None };
    let line = |(position, values): (usize, &&[Option<f64>])| SlopeLine {
        label: INDICATORS.get(position % INDICATORS.len()).copied().unwrap_or_default().to_owned(),
        tone: series(position),
        readings: values.iter().map(|value| reading(*value, 9.0)).collect(),
        verdict: verdicts.and_then(|verdicts| verdicts.get(position).copied()),
    };
    let lines = values.iter().enumerate().map(line).collect();
    Slope::new(WAVES.iter().take(waves).map(wave).collect(), lines, slope_words())
}

fn slope_words() -> SlopeWords {
    SlopeWords {
        axis: Some("Punteggio da 0 a 100".to_owned()),
        row: "Indicatore".to_owned(),
        verdict: "Variazione".to_owned(),
        improved: "Migliorato".to_owned(),
        worsened: "Peggiorato".to_owned(),
        uncertain: "Incerto: può essere il caso".to_owned(),
        absent: "Non pubblicabile".to_owned(),
    }
}

fn ordinary_slopes() -> Result<Slope, Refused> {
    use Verdict::{Improved, Uncertain, Worsened};
    slopes(
        4,
        &[
            &[Some(48.0), Some(59.0), Some(70.0), Some(81.0)],
            &[Some(62.0), Some(60.0), Some(66.0), Some(64.0)],
            &[Some(58.0), Some(49.0), Some(41.0), Some(34.0)],
            &[Some(55.0), None, Some(63.0), Some(61.0)],
            &[Some(40.0), Some(44.0), Some(59.0), None],
            &[Some(62.0), Some(66.0), None, Some(72.0)],
        ],
        Some(&[Improved, Uncertain, Worsened, Uncertain, Improved, Improved]),
    )
}

fn single_slope() -> Result<Slope, Refused> {
    slopes(3, &[&[Some(4.0), Some(52.0), Some(95.0)]], Some(&[Verdict::Improved]))
}
