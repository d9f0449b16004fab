// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The scores as a table to be read on a screen: one decimal, and the reason where a number is not given.

use std::io::{self, Write};

use crate::domain::comparison::{Change, ChangeFlag};
use crate::domain::score::{Flag, Given, IndicatorScore, Interval, WaveScores};

use super::score_document::ScoredProject;

/// Writes one table per wave and one of changes, project after project.
///
/// # Errors
/// If it cannot be written.
pub fn write(projects: &[ScoredProject], out: &mut impl Write) -> io::Result<()> {
    for project in projects {
        let names = [&project.programme, &project.edition, &project.project];
        let names: Vec<_> = names.into_iter().filter(|name| !name.is_empty()).map(String::as_str).collect();
        if !names.is_empty() {
            writeln!(out, "{}\n", names.join(" / "))?;
        }
        for wave in &project.scores.waves {
            write_wave(wave, out)?;
        }
        write_changes(&project.scores.changes, out)?;
    }
    Ok(())
}

fn write_wave(wave: &WaveScores, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Wave {}: {} responses, view {}", wave.wave, wave.respondents, wave.view.code())?;
    let mut rows =
        vec![["indicator", "group", "n", "N", "mean", "sd", "95% interval", "notes"].map(str::to_owned).to_vec()];
    wave.indicators.iter().for_each(|indicator| rows.extend(indicator_rows(indicator)));
    for pillar in &wave.pillars {
        rows.push(row(pillar.pillar.code(), "", pillar.value, pillar.interval, flags(&pillar.flags, Flag::code)));
    }
    let composite = &wave.composite;
    rows.push(row("composite", "", composite.linear, composite.interval, String::new()));
    write_rows(&rows, out)
}

fn indicator_rows(indicator: &IndicatorScore) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for score in &indicator.groups {
        let mut cells =
            row(&indicator.indicator, &score.group, score.mean, score.interval, flags(&score.flags, Flag::code));
        fill(
            &mut cells,
            [score.valid.to_string(), count(score.listed)],
            score.sd.map_or_else(|_| String::new(), decimal),
        );
        rows.push(cells);
    }
    let overall = &indicator.overall;
    let name = format!("all ({})", overall.voice.code());
    let mut cells =
        row(&indicator.indicator, &name, overall.value(), overall.interval, flags(&overall.flags, Flag::code));
    fill(&mut cells, [overall.valid.to_string(), count(overall.listed)], String::new());
    rows.push(cells);
    rows
}

fn write_changes(changes: &[Change], out: &mut impl Write) -> io::Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "Changes")?;
    let mut rows =
        vec![["indicator", "from", "to", "difference", "95% interval", "pairs", "verdict"].map(str::to_owned).to_vec()];
    for change in changes {
        let mut cells = vec![change.indicator.clone(), change.from.clone(), change.to.clone()];
        match &change.estimate {
            Ok(estimate) => {
                let flags = flags(&estimate.flags, ChangeFlag::code);
                let pairs = estimate.pairs.map_or_else(|reason| reason.code().to_owned(), |pairs| pairs.to_string());
                let verdict = format!("{} {flags}", estimate.verdict.code());
                cells.extend([decimal(estimate.difference), interval(estimate.interval), pairs, verdict]);
            }
            Err(reason) => cells.extend(["–".to_owned(), reason.code().to_owned(), String::new(), String::new()]),
        }
        rows.push(cells);
    }
    write_rows(&rows, out)
}

fn row(name: &str, group: &str, mean: Given<f64>, limits: Given<Interval>, notes: String) -> Vec<String> {
    let (value, limits) = match mean {
        Ok(value) => (decimal(value), interval(limits)),
        Err(reason) => ("–".to_owned(), reason.code().to_owned()),
    };
    let empty = String::new;
    vec![name.to_owned(), group.to_owned(), empty(), empty(), value, empty(), limits, notes]
}

fn fill(cells: &mut [String], [valid, listed]: [String; 2], sd: String) {
    for (place, text) in [(2, valid), (3, listed), (5, sd)] {
        if let Some(cell) = cells.get_mut(place) {
            *cell = text;
        }
    }
}

fn interval(limits: Given<Interval>) -> String {
    match limits {
        Ok(Interval { low, high }) => format!("{} to {}", decimal(low), decimal(high)),
        Err(reason) => reason.code().to_owned(),
    }
}

fn count(listed: Option<u32>) -> String {
    listed.map_or_else(|| "?".to_owned(), |listed| listed.to_string())
}

/// One decimal, half away from zero.
fn decimal(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    format!("{:.1}", if tenths == 0.0 { 0.0 } else { tenths })
}

fn flags<T: Copy>(flags: &[T], code: fn(T) -> &'static str) -> String {
    flags.iter().map(|flag| code(*flag)).collect::<Vec<_>>().join(" ")
}

fn write_rows(rows: &[Vec<String>], out: &mut impl Write) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column| rows.iter().filter_map(|row| row.get(column)).map(|cell: &String| cell.chars().count()).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_half_away_from_zero() {
        assert_eq!((decimal(62.25), decimal(-0.04), decimal(-2.25)), ("62.3".into(), "0.0".into(), "-2.3".into()));
    }

    #[test]
    fn columns_are_aligned() {
        let mut out = Vec::new();
        write_rows(&[vec!["a".into(), "b".into()], vec!["long".into(), "c".into()]], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a     b\nlong  c\n\n");
    }
}
