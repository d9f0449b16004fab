// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme import`: which lists come in from files, and what do they change?

use std::fs::File;
use std::io::Write;

use super::commands::PlacesOptions;
use super::failure::Failure;
use crate::app::{App, Trial};
use crate::clock::Clock;
use crate::domain::field::{FieldProblem, day};
use crate::domain::place::{Municipality, PlaceChange, PlaceChanges};
use crate::intake::read_places;

/// Municipalities and regions, from the list of ISTAT.
pub(super) fn places(options: &PlacesOptions) -> Result<(), Failure> {
    let location = options.on.location()?;
    let path = options.file.display().to_string();
    let as_of = day("as_of", &options.as_of).map_err(|problem| Failure::Fields(vec![problem]))?;
    let as_of = as_of.ok_or_else(|| Failure::Fields(vec![FieldProblem::new("as_of", "missing")]))?;
    let file = File::open(&options.file).map_err(|source| Failure::Unreadable { path: path.clone(), source })?;
    let import = read_places(file, &path, (as_of, &options.source)).map_err(Failure::List)?;
    let app = App::open(&location, Clock::System)?;
    let (importing, count) = (app.clone(), import.list.municipalities().len());
    let trial = if options.dry_run { Trial::Yes } else { Trial::No };
    let changes = app.store.write_now(move |db| importing.import_places(db, &import, trial))?;
    let mut out = std::io::stdout().lock();
    tell(&mut out, &changes)?;
    match trial {
        Trial::Yes => writeln!(out, "Tried only: nothing was changed. The list has {count} municipalities.")?,
        Trial::No => writeln!(out, "Imported {count} municipalities of {as_of}.")?,
    }
    Ok(())
}

/// What changes, one line each; of a first list only how many there are.
fn tell(out: &mut impl Write, changes: &PlaceChanges) -> std::io::Result<()> {
    const MOST: usize = 40;
    let named = |one: &Municipality| format!("{} {} ({})", one.code, one.full_name(), one.province);
    let both = |one: &PlaceChange| format!("{} -> {}", named(&one.before), named(&one.after));
    let all: [(&str, Vec<String>); 4] = [
        ("added", changes.added.iter().map(named).collect()),
        ("renamed", changes.renamed.iter().map(both).collect()),
        ("moved", changes.moved.iter().map(both).collect()),
        ("no longer listed", changes.removed.iter().map(named).collect()),
    ];
    for (what, lines) in all.iter().filter(|(_, lines)| !lines.is_empty()) {
        writeln!(out, "{what}: {}", lines.len())?;
        for line in lines.iter().filter(|_| lines.len() <= MOST) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}
