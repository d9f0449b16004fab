// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme score` on 100,000 × 41 answers, beside merely reading the same file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use insieme::catalogue;
use insieme::cli::score::{self, ScoreOptions};

use crate::fixture::{ITEMS, framework};

const ROWS: usize = 100_000;

pub fn run() {
    let folder = tempfile::tempdir().expect("a folder");
    let responses = folder.path().join("responses.csv");
    write(&responses).expect("the answers are written");
    let start = Instant::now();
    let cells = read(&responses);
    let reading = start.elapsed().as_secs_f64();
    let framework = framework();
    let options = ScoreOptions { responses, ..ScoreOptions::default() };
    let mut document = Vec::new();
    let start = Instant::now();
    score::run(&options, &framework, &catalogue::sha256(&framework), &mut document).expect("a score");
    let scoring = start.elapsed().as_secs_f64();
    println!("insieme score, {ROWS} x {ITEMS} answers in two waves ({cells} cells)");
    println!("  reading the file alone             {reading:>10.3} s");
    println!("  the whole document                 {scoring:>10.3} s   ratio {:.2}", scoring / reading);
}

fn write(path: &Path) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    write!(out, "wave,group,respondent")?;
    (1..=ITEMS).try_for_each(|item| write!(out, ",I{item:02}"))?;
    writeln!(out)?;
    for row in 0..ROWS {
        write!(out, "{},ETS,{}", row % 2 + 1, row / 2)?;
        for item in 0..ITEMS {
            let drawn = (row * 31 + item * 17 + row * item) % 103;
            match drawn {
                0..=2 => write!(out, ",DK")?,
                3 => write!(out, ",NA")?,
                4 => write!(out, ",")?,
                _ => write!(out, ",{}", drawn % 5 + 1)?,
            }
        }
        writeln!(out)?;
    }
    out.flush()
}

fn read(path: &Path) -> usize {
    let mut reader = csv::Reader::from_path(path).expect("the file is there");
    let mut record = csv::ByteRecord::new();
    let mut cells = 0;
    while reader.read_byte_record(&mut record).expect("a row") {
        cells += record.len();
    }
    cells
}
